from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class MaterialKit(models.Model):
    """The kitting board: what each order misses, who brings it, one click to it (MAT-3)."""

    _inherit = "material.kit"

    planner = fields.Char(compute="_compute_board")
    quantity = fields.Float(related="production_id.product_qty")
    origin = fields.Char(related="production_id.origin", string="Order or Project")
    production_state = fields.Selection(related="production_id.state", string="Order Status")
    light = fields.Selection(
        [("red", "Missing"), ("amber", "Late"), ("green", "Complete")], compute="_compute_light",
        search="_search_light",
        help="Green: all parts are there, or come in time. Amber: some come too late. Red: some come never.")
    shortage_count = fields.Integer(
        string="Chased", compute="_compute_board",
        help="Missing parts that somebody has been asked to bring. Those of orders far ahead are asked for when their "
             "start comes within the horizon of the settings.")

    @api.depends("state")
    def _compute_light(self):
        for kit in self:
            kit.light = LIGHTS.get(kit.state, False)

    def _search_light(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", [state for state, light in LIGHTS.items() if light in value])

    def web_read(self, specification):
        """A page of any length in the same number of queries: the ORM by itself goes a thousand rows at a time."""
        # sudo: as related fields read them; whoever sees the board need not see orders
        self.sudo().production_id.fetch()
        shown = [self._fields[name] for name in specification if name in self._fields]
        for field in {field.compute: field for field in shown if field.compute and not field.store}.values():
            field.compute_value(self)
        return super().web_read(specification)

    def _compute_board(self):
        """What a page of the board shows of the orders: one query, and one for all products of the page."""
        self.env.flush_all()
        found = {production_id: values for production_id, *values in self.env.execute_query(SQL(
            """
            SELECT production.id, partner.name, (SELECT count(*) FROM material_shortage shortage
                WHERE shortage.production_id = production.id AND shortage.state != 'closed')
            FROM mrp_production production LEFT JOIN res_users planner ON planner.id = production.user_id
                LEFT JOIN res_partner partner ON partner.id = planner.partner_id
            WHERE production.id = ANY(%s)
            """, list(self.production_id.ids)))}
        for kit in self:
            kit.planner, kit.shortage_count = found.get(kit.production_id.id, (False, 0))
        # sudo: names as every list shows them; read together, for all columns
        self._read_names((self.product_id | self.bottleneck_product_id | self._get_next_products()).sudo())

    def action_view_missing(self):
        """Open what the order misses and who brings it; nothing is missing: what covers its parts."""
        self.ensure_one()
        if not self.shortage_count:
            return self.production_id.action_view_pegs()
        return self.production_id.action_view_shortages()

    def action_open_production(self):
        """Open the manufacturing order."""
        self.ensure_one()
        return self.production_id._get_records_action()


LIGHTS = {"ready": "green", "coming": "green", "late": "amber", "short": "red"}
