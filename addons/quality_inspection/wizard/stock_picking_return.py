from odoo import models
from odoo.fields import Command


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    def _process_line(self, new_picking):
        """Goods that quality has released are returned from stock, no longer from the inspection area."""
        result = super()._process_line(new_picking)
        receipt = self.move_id
        if result and receipt.quality_release_location_id:
            # sudo: a storekeeper may return goods without rights on their inspection
            inspections = receipt.sudo().quality_inspection_ids
            if not sum(inspections.mapped("quantity_open")):
                back = new_picking.move_ids.filtered(lambda move: move.origin_returned_move_id == receipt)
                back.write({"move_orig_ids": [Command.clear()]})
        return result
