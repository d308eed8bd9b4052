from odoo.addons.base.tests.common import BaseCommon


class SupplierPromiseCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["supplier.promise"].create({"name": "First", "company_id": cls.env.company.id})
