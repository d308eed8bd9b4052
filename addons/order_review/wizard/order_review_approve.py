from odoo import fields, models


class OrderReviewApprove(models.TransientModel):
    _name = "order.review.approve"
    _description = "Top Management's Decision"

    review_id = fields.Many2one("order.review", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(related="review_id.approval_reason")
    decision = fields.Selection(
        [("approved", "Approve"), ("rejected", "Return to sales")], required=True, default="approved")
    note = fields.Text(string="Reason or remark")

    def action_confirm(self):
        """Decide; see ``order.review.action_approve`` and ``action_reject_approval``."""
        self.ensure_one()
        if self.decision == "approved":
            self.review_id.action_approve(self.note)
        else:
            self.review_id.action_reject_approval(self.note)
        return {"type": "ir.actions.act_window_close"}
