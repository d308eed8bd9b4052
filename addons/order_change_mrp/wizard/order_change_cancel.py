from odoo import api, fields, models
from odoo.fields import Command


class OrderChangeCancel(models.TransientModel):
    """Before a sales order is cancelled: what was procured for it, and what becomes of it."""

    _name = "order.change.cancel"
    _description = "Cancel an Order with What Was Procured for It"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many(
        "order.change.cancel.line", "cancel_id", compute="_compute_line_ids", store=True, readonly=True)

    @api.depends("order_id")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard.order_id._get_supply_of_cancelled() if wizard.order_id else []
            wizard.line_ids = [Command.clear()] + [
                Command.create(wizard._prepare_line(supply)) for supply in rows]

    def _prepare_line(self, supply):
        words = supply.record._describe_change_of_supply(supply)
        return {"document_name": words["name"], "what": words["what"], "obstacle": words.get("obstacle")}

    def action_cancel_order(self):
        """Cancel the order; what was not begun goes with it, for the rest its planner or buyer is asked.

        :raise AccessError: no right to change the order
        """
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id.with_context(order_change_follow=True, order_change_ask=False).action_cancel()
        return {"type": "ir.actions.act_window_close"}


class OrderChangeCancelLine(models.TransientModel):
    _name = "order.change.cancel.line"
    _description = "What Becomes of What Was Procured"

    cancel_id = fields.Many2one("order.change.cancel", required=True, ondelete="cascade")
    document_name = fields.Char(string="Document", readonly=True)
    what = fields.Text(string="What happens to it", readonly=True)
    obstacle = fields.Text(string="Why it cannot be changed", readonly=True)
