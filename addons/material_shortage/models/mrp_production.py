from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    shortage_ids = fields.One2many("material.shortage", "production_id", string="Missing Parts")
    shortage_count = fields.Integer(string="Missing Part Count", compute="_compute_shortage_count")

    def _compute_shortage_count(self):
        counts = dict(self.env["material.shortage"].sudo()._read_group(  # sudo: how many there are belongs to the order
            [("production_id", "in", self.ids), ("state", "!=", "closed")], ["production_id"], ["__count"]))
        for production in self:
            production.shortage_count = counts.get(production._origin.sudo(), 0)

    def action_view_shortages(self):
        """Open the missing parts of these orders."""
        action = self.env["ir.actions.act_window"]._for_xml_id("material_shortage.material_shortage_action")
        return {**action, "domain": [("production_id", "in", self.ids)],
                "context": {"search_default_open": 1, "create": False}}

    def action_report_shortage(self):
        """Report a missing part from where one stands (MAT-10)."""
        self.ensure_one()
        return self.env["material.shortage.report"]._get_action(production=self)
