from odoo import api, models
from odoo.fields import Domain

from odoo.addons.warehouse_scan.models.scan_code import OPEN


class ScanCode(models.AbstractModel):
    _inherit = "scan.code"

    @api.model
    def _get_sources(self, reading):
        sources = super()._get_sources(reading)
        texts = {text for text in (reading.text, reading.order) if text}
        return {**sources, "notice": ("stock.picking", Domain("delivery_notice_id.name", "in", texts) & Domain(
            "state", "in", OPEN))}
