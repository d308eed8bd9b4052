from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Whether a return is one for good may be known after it has come."""
        result = super().write(vals)
        if "to_refund" in vals:
            self.filtered(lambda move: move.state == "done").picking_id.sale_id._tell_delivered()
        return result

    def _action_assign(self, force_qty=False):
        result = super()._action_assign(force_qty=force_qty)
        # as long as one of these waits for goods, nobody has to look at the rest of its order
        waiting = self.filtered(lambda move: move.location_dest_id.usage == "customer" and move.state not in (
            "assigned", "done", "cancel"))
        (self.picking_id.sale_id - waiting.picking_id.sale_id)._tell_ready()
        return result
