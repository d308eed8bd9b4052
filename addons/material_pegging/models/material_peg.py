from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ..kernel.pegging import KINDS


class MaterialPeg(models.Model):
    """So much of a demand is covered by this supply, then: what the last run of the engine found (MAT-12)."""

    _name = "material.peg"
    _description = "Peg"
    _inherit = ["document.quantity.mixin"]
    _order = "demand_date, demand_move_id, date_available, id"
    _rec_name = "product_id"
    _auto = False
    _quantity_unit = "uom_id"
    _depends = {
        "stock.move": [
            "company_id", "date", "location_id", "picking_id", "priority", "production_id", "purchase_line_id",
            "raw_material_production_id", "sale_line_id", "state"],
        "stock.picking": ["name", "partner_id"],
        "mrp.production": ["name"],
        "purchase.order": ["name"],
        "purchase.order.line": ["order_id"],
        "sale.order.line": ["order_id"],
        "sale.order": ["partner_id"],
    }

    demand_move_id = fields.Many2one("stock.move", string="Demand", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    production_id = fields.Many2one("mrp.production", string="For Order", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="For Transfer", readonly=True)
    sale_line_id = fields.Many2one("sale.order.line", string="For Sales Line", readonly=True)
    sale_order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Receiver", readonly=True, help="Who the demand delivers to.")
    quantity = fields.Float(
        readonly=True, digits="Product Unit", help="In the product's unit.")
    uom_id = fields.Many2one(related="product_id.uom_id")
    demand_date = fields.Datetime(string="Needed On", readonly=True)
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")], readonly=True)
    kind = fields.Selection([
        ("reserved", "Reserved"), ("stock", "Stock"), ("incoming", "Incoming"), ("draft", "Not Confirmed"),
        ("missing", "Missing"),
    ], string="Covered By", readonly=True, help="Not confirmed: a request for quotation or a draft order.")
    supply_move_id = fields.Many2one("stock.move", string="Supply", readonly=True)
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True)
    purchase_order_id = fields.Many2one("purchase.order", readonly=True)
    supply_production_id = fields.Many2one("mrp.production", string="Made By", readonly=True)
    supply_name = fields.Char(string="Supply", readonly=True)
    date_available = fields.Datetime(
        string="Available On", readonly=True,
        help="Empty: missing, or made by an order that misses parts itself. For what is here: the time of the run.")
    days_late = fields.Float(readonly=True, aggregator="max", digits=(16, 1))
    is_late = fields.Boolean(string="Late", readonly=True, help="The supply comes after it is needed.")
    computed_on = fields.Datetime(string="As Of", readonly=True, help="When this was computed.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row.id, row.demand_id AS demand_move_id, row.product_id, m.company_id, place.warehouse_id,
                   m.raw_material_production_id AS production_id, m.picking_id, m.sale_line_id,
                   sold.order_id AS sale_order_id, COALESCE(ordered.partner_id, pick.partner_id) AS partner_id,
                   row.quantity, m.date AS demand_date, m.priority,
                   (%(kinds)s::varchar[])[row.kind + 1] AS kind,
                   supply.id AS supply_move_id, bought.id AS purchase_line_id,
                   bought.order_id AS purchase_order_id, supply.production_id AS supply_production_id,
                   COALESCE(buying.name, making.name, bringing.name) AS supply_name,
                   CASE row.date_available WHEN '-infinity' THEN run.computed_on WHEN 'infinity' THEN NULL
                        ELSE row.date_available END AS date_available,
                   CASE WHEN row.date_available < 'infinity' AND row.date_available > m.date
                        THEN EXTRACT(epoch FROM row.date_available - m.date)::float8 / 86400 ELSE 0 END AS days_late,
                   row.kind IN (%(incoming)s, %(draft)s) AND row.date_available > m.date AS is_late, run.computed_on
              FROM material_peg_row row
        CROSS JOIN (SELECT MAX(computed_on) AS computed_on FROM material_pegging_run) run
              JOIN stock_move m ON m.id = row.demand_id AND m.state NOT IN ('done', 'cancel')
              JOIN stock_location place ON place.id = m.location_id
         LEFT JOIN stock_move supply ON supply.id = row.source_id AND row.source_id > 0
         LEFT JOIN purchase_order_line bought ON bought.id = COALESCE(supply.purchase_line_id, -row.source_id)
         LEFT JOIN purchase_order buying ON buying.id = bought.order_id
         LEFT JOIN mrp_production making ON making.id = supply.production_id
         LEFT JOIN stock_picking bringing ON bringing.id = supply.picking_id
         LEFT JOIN stock_picking pick ON pick.id = m.picking_id
         LEFT JOIN sale_order_line sold ON sold.id = m.sale_line_id
         LEFT JOIN sale_order ordered ON ordered.id = sold.order_id
            """, kinds=list(KINDS), incoming=KINDS.index("incoming"), draft=KINDS.index("draft"))

    @api.depends("product_id", "quantity")
    def _compute_display_name(self):
        for peg in self:
            peg.display_name = f"{peg.product_id.display_name or ''}: {peg.quantity:g}"

    def action_view_demand(self):
        """The order or transfer that wants it."""
        self.ensure_one()
        return (self.production_id or self.picking_id or self.demand_move_id).get_formview_action()

    def action_view_supply(self):
        """The order or transfer that brings it; nothing where it is at hand or missing."""
        self.ensure_one()
        supply = self.purchase_order_id or self.supply_production_id or self.supply_move_id.picking_id
        return supply.get_formview_action() if supply else False

    def action_recompute(self):
        """Compute everything now.

        :raise UserError: another run is under way
        """
        return self.env["material.pegging"].action_refresh()

    @api.model
    def action_open(self, late=False):
        """Demands and what covers them; or late supplies and whom they delay."""
        if late:
            action = self._get_action([("is_late", "=", True)], self.env._("Late supplies"))
            return action | {"context": action["context"] | {"search_default_by_supply": 1}}
        return self._get_action([], self.env._("Demands and what covers them"))

    @api.model
    def _get_action(self, domain, name):
        """Pegs in a window whose title says as of when they were computed."""
        as_of = self.env["material.pegging"]._get_as_of()
        if as_of:
            time = format_datetime(self.env, as_of, dt_format="MM-dd HH:mm")
            title = self.env._("%(name)s, as of %(time)s", name=name, time=time)
        else:
            title = self.env._("%(name)s, not computed yet", name=name)
        action = self.env["ir.actions.act_window"]._for_xml_id("material_pegging.material_peg_action")
        return action | {"name": title, "display_name": title, "domain": domain,
                         "context": {"display_default_code": False}}

    @api.model
    def _get_served_action(self, pegs):
        action = self._get_action([("id", "in", pegs.ids)], self.env._("What waits for it"))
        return action | {"context": action["context"] | {"search_default_late": 1}}

    @api.model
    def _get_served(self, moves=None, lines=None):
        """All that waits for these supplies, through the orders that use them, down to the deliveries.

        :param moves: stock moves that bring something
        :param lines: purchase order lines that are not confirmed
        """
        return self.browse(id_ for id_, in self.env.execute_query(SQL(
            """
            WITH RECURSIVE served (id, production_id, demand_id) AS (
                SELECT id, production_id, demand_id FROM material_peg_row
                 WHERE source_id = ANY(%(sources)s) AND source_id <> 0
                 UNION
                SELECT peg.id, peg.production_id, peg.demand_id
                  FROM served
            CROSS JOIN LATERAL (
                       SELECT id FROM stock_move WHERE production_id = NULLIF(served.production_id, 0)
                        UNION ALL SELECT served.demand_id WHERE served.production_id = 0
                        UNION ALL
                       SELECT move_dest_id FROM stock_move_move_rel WHERE move_orig_id = served.demand_id) next
                  JOIN material_peg_row peg ON peg.source_id = next.id AND peg.source_id > 0)
            SELECT id FROM served
            """, sources=[*(moves.ids if moves else ()), *(-id_ for id_ in (lines.ids if lines else ()))])))
