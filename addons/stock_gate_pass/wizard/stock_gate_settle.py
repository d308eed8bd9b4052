from odoo import fields, models


class StockGateSettle(models.TransientModel):
    """Why goods do not come back (NCR-5)."""

    _name = "stock.gate.settle"
    _description = "Settle What Does Not Come Back"

    pass_id = fields.Many2one(
        "stock.gate.pass", required=True, readonly=True, default=lambda self: self.env.context.get("active_id"))
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Strike the balance; see ``stock.gate.pass.action_settle``."""
        self.ensure_one()
        self.pass_id.action_settle(self.reason)
        return {"type": "ir.actions.act_window_close"}
