from odoo.addons.base.tests.common import BaseCommon


class OrderChangeMrpCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["order.change.mrp"].create({"name": "First", "company_id": cls.env.company.id})
