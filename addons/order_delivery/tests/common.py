from odoo.addons.base.tests.common import BaseCommon


class OrderDeliveryCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["order.delivery"].create({"name": "First", "company_id": cls.env.company.id})
