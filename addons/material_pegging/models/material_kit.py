from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import format_date


class MaterialKit(models.Model):
    """Of one open manufacturing order: are its parts there, when will they be, and which one is last (MAT-3, MAT-12).

    Written by the engine only.
    """

    _name = "material.kit"
    _description = "Kit of an Order"
    _order = "date_start, production_id"
    _rec_name = "production_id"
    _log_access = False

    production_id = fields.Many2one("mrp.production", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    product_id = fields.Many2one(related="production_id.product_id")
    date_start = fields.Datetime(string="Start", readonly=True, index=True)
    kit_date = fields.Datetime(
        string="Kit Complete On", readonly=True,
        help="When the last part is there; for a complete kit: since when it is known to be. Empty: nobody knows.")
    kit_rate = fields.Float(
        string="Kit Rate (%)", readonly=True, aggregator="avg", digits=(16, 1),
        help="Component lines wholly reserved or in stock, of all that are still to be consumed.")
    state = fields.Selection([
        ("ready", "Complete"), ("coming", "Complete in Time"), ("late", "Late or Not Confirmed"), ("short", "Short"),
    ], string="Kit", required=True, readonly=True, index=True)
    line_count = fields.Integer(string="Lines", readonly=True, aggregator="sum")
    blocker_count = fields.Integer(string="Lines to Come", readonly=True, aggregator="sum")
    bottleneck_product_id = fields.Many2one(
        "product.product", string="Bottleneck", readonly=True, help="The part that comes last, or never.")
    bottleneck_date = fields.Datetime(readonly=True, help="Empty, with a bottleneck: nobody knows.")
    next_blockers = fields.Json(readonly=True, help="The five parts that come last after the bottleneck.")
    next_blockers_text = fields.Char(string="Then", compute="_compute_next_blockers_text")
    computed_on = fields.Datetime(string="As Of", compute="_compute_computed_on")

    _production_uniq = models.UniqueIndex("(production_id)")

    @api.depends("next_blockers")
    def _compute_next_blockers_text(self):
        names = self._read_names(self._get_next_products())
        for kit in self:
            kit.next_blockers_text = ", ".join(
                f"{names[blocker['product_id']]} ({self._get_day(blocker['date'])})"
                for blocker in kit.next_blockers or () if blocker["product_id"] in names)

    def _compute_computed_on(self):
        self.computed_on = self.env["material.pegging"]._get_as_of()

    def action_view_pegs(self):
        """What covers the parts of this order."""
        return self.production_id.action_view_pegs()

    def action_recompute(self):
        """Compute everything now.

        :raise UserError: another run is under way
        """
        return self.env["material.pegging"].action_refresh()

    def _get_next_products(self):
        return self.env["product.product"].browse({
            blocker["product_id"] for kit in self for blocker in kit.next_blockers or ()})

    @api.model
    def _read_names(self, products):
        """Names by id, read together; of a product that was deleted since the run, none."""
        try:
            return {product.id: product.display_name for product in products}
        except MissingError:
            return {product.id: product.display_name for product in products.exists()}

    def _get_day(self, moment):
        return format_date(self.env, moment) if moment else "?"
