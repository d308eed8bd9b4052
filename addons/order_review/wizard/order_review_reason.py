from odoo import fields, models


class OrderReviewReason(models.AbstractModel):
    """A step of an order that needs a reason in words."""

    _name = "order.review.reason"
    _description = "Reason for a Step of an Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Do it; the order's own method checks right, state and reason."""
        self.ensure_one()
        self._take_step()
        return {"type": "ir.actions.act_window_close"}

    def _take_step(self):
        raise NotImplementedError
