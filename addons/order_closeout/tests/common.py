from odoo.addons.base.tests.common import BaseCommon


class OrderCloseoutCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["order.closeout"].create({"name": "First", "company_id": cls.env.company.id})
