from odoo.addons.base.tests.common import BaseCommon


class MaterialShortageCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["material.shortage"].create({"name": "First", "company_id": cls.env.company.id})
