from odoo import models


class StockMove(models.Model):
    """The gate of deliveries: every way of validating a transfer ends here (DLV-1)."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        leaving = self._check_delivery_gate()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        leaving._note_shipped()
        return done

    def _check_delivery_gate(self):
        """Whether what leaves for customers may leave.

        :raise UserError: no released notice, more or less than it says, or something stands against it
        :return: the notices by which it leaves, as superuser
        """
        none = self.env["delivery.notice"].sudo()  # sudo: the store sees what stands against it, nothing else
        open_moves = self.filtered(lambda move: move.state not in ("done", "cancel"))
        pickings = open_moves.sudo().picking_id
        bound = pickings.filtered(lambda picking: picking._is_bound_by_notice())
        for picking in bound:
            picking._check_notice_released()
        if notices := bound.delivery_notice_id:
            notices._check_goods({
                move: move._get_leaving_quantity() for move in bound.move_ids & open_moves.sudo()})
            notices._check_problems()
        return none | pickings.delivery_notice_id.filtered(lambda notice: notice.state == "released")

    def _get_leaving_quantity(self):
        """What Odoo is about to move, in the unit of the move: only what is picked."""
        if not self.picked:
            return 0.0
        return sum(line.product_uom_id._compute_quantity(line.quantity, self.product_uom, round=False)
                   for line in self.move_line_ids if line.picked)
