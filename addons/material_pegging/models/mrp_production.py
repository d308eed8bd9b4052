from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    kit_id = fields.Many2one("material.kit", compute="_compute_kit", compute_sudo=True, search="_search_kit_id")
    kit_rate = fields.Float(
        string="Kit Rate (%)", compute="_compute_kit", compute_sudo=True, search="_search_kit_rate",
        digits=(16, 1),
        help="Component lines wholly reserved or in stock, of all that are still to be consumed.")
    kit_date = fields.Datetime(
        string="Kit Complete On", compute="_compute_kit", compute_sudo=True, search="_search_kit_date")
    kit_state = fields.Selection([
        ("ready", "Complete"), ("coming", "Complete in Time"), ("late", "Late or Not Confirmed"), ("short", "Short"),
    ], string="Kit", compute="_compute_kit", compute_sudo=True, search="_search_kit_state")

    # Who may read an order may see whether its kit is complete: the fields are computed, and searched, for everybody.
    def _compute_kit(self):
        kits = {kit.production_id.id: kit for kit in self.env["material.kit"].search_fetch(
            [("production_id", "in", self.ids)], ["production_id", "kit_rate", "kit_date", "state"])}
        for production in self:
            kit = kits.get(production._origin.id, self.env["material.kit"])
            production.kit_id = kit
            production.kit_rate = kit.kit_rate
            production.kit_date = kit.kit_date
            production.kit_state = kit.state

    def _search_kit_id(self, operator, value):
        return self._search_kit("id", operator, value)

    def _search_kit_rate(self, operator, value):
        return self._search_kit("kit_rate", operator, value)

    def _search_kit_date(self, operator, value):
        return self._search_kit("kit_date", operator, value)

    def _search_kit_state(self, operator, value):
        return self._search_kit("state", operator, value)

    def _search_kit(self, name, operator, value):
        """Orders by their kit; "has none" finds those without a kit, too: closed ones, and drafts."""
        if operator == "in" and False in value or operator == "not in" and False not in value:
            opposite = self._search_kit(name, "not in" if operator == "in" else "in", value)
            return ["!", *opposite]
        # sudo: whoever may read an order may find it by its kit
        kits = self.env["material.kit"].sudo()._search([(name, operator, value)])
        return [("id", "in", kits.subselect("production_id"))]

    def write(self, vals):
        if not {"date_start", "date_finished", "priority", "product_qty"}.isdisjoint(vals):
            for column in ("raw_material_production_id", "production_id"):
                self.env["material.pegging"]._touch(f"stock_move:{column}", self.ids)
        return super().write(vals)

    def action_view_pegs(self):
        """What covers the parts of these orders, and when."""
        return self.env["material.peg"]._get_action(
            [("production_id", "in", self.ids)], self.env._("Parts of %(order)s", order=", ".join(self.mapped("name"))))
