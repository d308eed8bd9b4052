from odoo import fields, models


class OrderReviewHandback(models.TransientModel):
    _name = "order.review.handback"
    _description = "Hand Back to Sales"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_hand_back(self):
        """Hand the order back; see ``sale.order._hand_back``."""
        self.ensure_one()
        self.order_id._hand_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
