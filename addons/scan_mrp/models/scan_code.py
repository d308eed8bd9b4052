from odoo import api, models
from odoo.fields import Domain


class ScanCode(models.AbstractModel):
    _inherit = "scan.code"

    @api.model
    def _get_sources(self, reading):
        sources = super()._get_sources(reading)
        texts = {text for text in (reading.text, reading.order) if text}
        return {**sources, "production": ("mrp.production", Domain("name", "in", texts))}
