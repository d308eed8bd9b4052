from odoo import api, fields, models

from ..models.order_change import APPROVER


class OrderChangeClose(models.TransientModel):
    _name = "order.change.close"
    _description = "Why the Change Is Not Made"

    change_id = fields.Many2one("order.change", required=True, readonly=True, ondelete="cascade")
    operation = fields.Selection(
        [("cancel", "Withdrawn"), ("reject", "Not approved")], compute="_compute_operation", store=True,
        readonly=False, required=True, precompute=True)
    reason = fields.Text(required=True)

    @api.depends("change_id")
    def _compute_operation(self):
        for wizard in self:
            approves = wizard.change_id.next_step == "approve" and self.env.user.has_group(APPROVER)
            wizard.operation = "reject" if approves else "cancel"

    def action_close(self):
        """Close the change with the reason; see ``order.change.action_reject`` and ``action_cancel``."""
        self.ensure_one()
        if self.operation == "reject":
            self.change_id.action_reject(self.reason)
        else:
            self.change_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
