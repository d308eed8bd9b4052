from odoo import api, fields, models
from odoo.fields import Command


class StockGateCount(models.TransientModel):
    """Count what passes the gate, when it is not everything (NCR-5)."""

    _name = "stock.gate.count"
    _description = "Count at the Gate"

    pass_id = fields.Many2one("stock.gate.pass", required=True, readonly=True)
    direction = fields.Selection([("out", "Out"), ("in", "In")], required=True, readonly=True)
    line_ids = fields.One2many("stock.gate.count.line", "count_id", string="Goods")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        gate = self.env["stock.gate.pass"].browse(values.get("pass_id") or self.env.context.get("active_id"))
        if gate and "line_ids" in fields:
            direction = "in" if gate.state == "out" else "out"
            values |= {"pass_id": gate.id, "direction": direction, "line_ids": [Command.create({
                "line_id": line.id, "quantity": line.balance if direction == "in" else line.quantity,
            }) for line in gate.line_ids if direction == "out" or line.balance > 0]}
        return values

    def action_confirm(self):
        """Let out or take in what was counted; see ``stock.gate.pass.action_out`` and ``action_in``."""
        self.ensure_one()
        quantities = {row.line_id.id: row.quantity for row in self.line_ids}
        if self.direction == "in":
            self.pass_id.action_in(quantities)
        else:
            self.pass_id.action_out(quantities)
        return {"type": "ir.actions.act_window_close"}


class StockGateCountLine(models.TransientModel):
    """One kind of goods counted at the gate."""

    _name = "stock.gate.count.line"
    _inherit = ["document.number.mixin"]
    _description = "Goods Counted at the Gate"

    count_id = fields.Many2one("stock.gate.count", required=True, ondelete="cascade", index=True)
    line_id = fields.Many2one("stock.gate.pass.line", required=True)
    name = fields.Char(related="line_id.name")
    lot_name = fields.Char(related="line_id.lot_id.name", string="Lot/Serial", related_sudo=True)
    quantity_on_pass = fields.Float(related="line_id.quantity", string="On the Pass")
    quantity = fields.Float(string="Counted", digits="Product Unit")
