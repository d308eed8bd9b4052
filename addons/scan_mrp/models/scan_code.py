from odoo import api, models
from odoo.fields import Domain


class ScanCode(models.AbstractModel):
    _inherit = "scan.code"

    @api.model
    def _get_sources(self, reading):
        sources = super()._get_sources(reading)
        texts = {text for text in (reading.text, reading.order) if text}
        # whoever may not read operations has no code of theirs
        works = Domain("workorder_ids.barcode", "in", texts) if self.env["mrp.workorder"].has_access("read") \
            else Domain.FALSE
        return {
            **sources, "production": ("mrp.production", Domain("name", "in", texts)),
            # the barcode that mrp gives to an operation of an order
            "work": ("mrp.production", works)}
