from odoo import api, models
from odoo.fields import Domain

from odoo.addons.warehouse_scan.models.scan_code import OPEN


class ScanCode(models.AbstractModel):
    _inherit = "scan.code"

    @api.model
    def _get_sources(self, reading):
        sources = super()._get_sources(reading)
        texts = {text for text in (reading.text, reading.order) if text}
        lots = {text for text in (reading.lot, reading.serial, reading.text) if text}
        # the replacement of rejected goods comes with the number of the order that they were bought by
        model, origin = sources["origin"]
        replaced = Domain("move_ids", "any", [
            ("quality_replaced_disposition_id", "!=", False), ("purchase_line_id.order_id.name", "in", list(texts))])
        sources["origin"] = model, origin | replaced & Domain("state", "in", OPEN)
        waiting = Domain("state", "in", ("draft", "pending", "in_progress"))
        return {
            **sources,
            "note": ("stock.picking", Domain("delivery_note_ref", "in", texts) & Domain("state", "in", OPEN)),
            "inspection": ("quality.inspection", Domain("name", "in", texts)),
            "inspected": ("quality.inspection", waiting & (
                Domain("lot_id.name", "in", lots) | Domain("lot_ids.name", "in", lots)
                | Domain("picking_id.name", "in", texts))),
        }
