from odoo import fields, models


class OrderReviewOverride(models.TransientModel):
    _name = "order.review.override"
    _description = "Release without Review"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_override(self):
        """Release the order; see ``sale.order._override_review``."""
        self.ensure_one()
        self.order_id._override_review(self.reason)
        return {"type": "ir.actions.act_window_close"}
