from odoo.addons.base.tests.common import BaseCommon


class MaterialShortageQualityCommon(BaseCommon):
    """A company with one record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.env["material.shortage.quality"].create({"name": "First", "company_id": cls.env.company.id})
