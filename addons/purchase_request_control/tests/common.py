from odoo.addons.base.tests.common import BaseCommon


class PurchaseRequestControlCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["purchase.request.control"].create({"name": "First", "company_id": cls.env.company.id})
