from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    shortage_count = fields.Integer(string="Missing Part Count", compute="_compute_shortage_count")

    def _compute_shortage_count(self):
        counts = dict(self.env["material.shortage"].sudo()._read_group(  # sudo: how many there are belongs to it
            [("picking_id", "in", self.ids), ("state", "!=", "closed")], ["picking_id"], ["__count"]))
        for picking in self:
            picking.shortage_count = counts.get(picking._origin.sudo(), 0)

    def action_view_shortages(self):
        """Open the missing parts of these transfers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("material_shortage.material_shortage_action")
        return {**action, "domain": [("picking_id", "in", self.ids)],
                "context": {"search_default_open": 1, "create": False}}

    def action_report_shortage(self):
        """Report a missing part at picking, for the order that is picked for where there is one (MAT-10)."""
        self.ensure_one()
        orders = self._get_fed_productions()
        if len(orders) == 1:
            return self.env["material.shortage.report"]._get_action(production=orders)
        return self.env["material.shortage.report"]._get_action(picking=self)

    def _get_fed_productions(self):
        """Manufacturing orders whose components are picked here."""
        moves = self.move_ids
        return moves.browse(moves._rollup_move_dests()).raw_material_production_id
