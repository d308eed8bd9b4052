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
        pickings = open_moves.sudo().picking_id.filtered(lambda picking: picking.delivery_notice_id or (
            picking.company_id.delivery_notice_required and picking.location_dest_id.usage == "customer"
            and picking.location_id.usage in ("internal", "transit") and picking._get_sold_order()))
        if not pickings:
            return none
        for picking in pickings:
            picking._check_notice_released()
        notices = pickings.delivery_notice_id
        leaving = {move: move._get_leaving_quantity() for move in pickings.move_ids & open_moves.sudo()}
        notices._check_goods(leaving)
        notices._check_problems()
        return notices

    def _get_leaving_quantity(self):
        """What Odoo is about to move, in the unit of the move: only what is picked."""
        if not self.picked:
            return 0.0
        return sum(line.product_uom_id._compute_quantity(line.quantity, self.product_uom, round=False)
                   for line in self.move_line_ids if line.picked)
