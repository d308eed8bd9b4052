from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    gate_pass_ids = fields.One2many("stock.gate.pass", "picking_id", string="Gate Passes")
    gate_pass_count = fields.Integer(compute="_compute_gate_pass_count")

    def _compute_gate_pass_count(self):
        # sudo: the count belongs to the transfer
        found = dict(self.env["stock.gate.pass"].sudo()._read_group(
            [("picking_id", "in", self.ids)], ["picking_id"], ["__count"]))
        for picking in self:
            picking.gate_pass_count = found.get(picking._origin.sudo(), 0)

    def action_view_gate_passes(self):
        """Open the gate passes of this transfer."""
        self.ensure_one()
        return self.gate_pass_ids._get_records_action(name=self.env._("Gate Passes"))
