from odoo import api, models


class StockMoveLine(models.Model):
    """What is corrected after the goods have left stays within the notice (DLV-1)."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._correct_shipped()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"quantity", "product_uom_id", "move_id", "picking_id"}:
            self._correct_shipped()
        return result

    def _correct_shipped(self):
        done = self.filtered(lambda line: line.state == "done" and line.picking_id.sudo().delivery_notice_id)
        if done:
            # sudo: the store corrects its books, the notice follows
            done.move_id.sudo().picking_id.delivery_notice_id._note_corrected(done.move_id.sudo())
