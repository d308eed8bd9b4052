from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ProductTemplate(models.Model):
    _inherit = "product.template"

    production_status = fields.Selection(
        [("active", "In production"), ("discontinued", "Discontinued")],
        required=True, default="active")
    design_class = fields.Selection(
        [("standard", "Standard design"), ("variant", "Simple change of the drawings"),
         ("new_design", "Needs new design"), ("complete_set", "Complete set"),
         ("non_standard", "Non-standard product")],
        string="Design", required=True, default="standard",
        help="Decides whether an order for this product is proposed as non-regular.")
    supply_origin = fields.Selection(
        [("own", "Own production"), ("outside", "Purchased part"), ("group", "Group-internal supply")],
        required=True, default="own")
    last_order_date = fields.Datetime(
        compute="_compute_last_order_date", search="_search_last_order_date",
        help="Date of the last confirmed order for this product in the companies you work in.")

    @api.depends_context("allowed_company_ids")
    def _compute_last_order_date(self):
        dates = dict(self.env.execute_query(SQL(
            "%s AND product.product_tmpl_id IN %s GROUP BY product.product_tmpl_id",
            self._last_order_date_sql(), tuple(self._origin.ids) or (0,))))
        for product in self:
            product.last_order_date = dates.get(product._origin.id, False)

    @api.model
    def _search_last_order_date(self, operator, value):
        if operator == "in":  # empty: never ordered
            return Domain("id", "not in", self._get_ordered_since(None)) if False in value else NotImplemented
        if operator not in (">", ">=", "<", "<="):
            return NotImplemented
        since = self._get_ordered_since(value, ">=" if operator in (">=", "<") else ">")
        if operator in (">", ">="):
            return Domain("id", "in", since)
        return Domain("id", "in", self._get_ordered_since(None)) & Domain("id", "not in", since)

    @api.model
    def _last_order_date_sql(self):
        """Select of template and date of the last confirmed order, open at the end of its WHERE."""
        for model, names in (("sale.order", ["state", "date_order", "company_id"]),
                             ("sale.order.line", ["order_id", "product_id"])):
            self.env[model].flush_model(names)
        return SQL(
            """SELECT product.product_tmpl_id, max(sale.date_order)
                 FROM sale_order_line line
                 JOIN sale_order sale ON sale.id = line.order_id
                 JOIN product_product product ON product.id = line.product_id
                WHERE sale.state = 'sale' AND sale.company_id IN %s""",
            tuple(self.env.companies.ids) or (0,))

    @api.model
    def _get_ordered_since(self, moment, comparison=">="):
        """Ids of the templates whose last confirmed order is not before ``moment`` (None: any order)."""
        having = SQL("HAVING max(sale.date_order) %s %s", SQL(comparison), moment) if moment else SQL()
        rows = self.env.execute_query(SQL(
            "%s GROUP BY product.product_tmpl_id %s", self._last_order_date_sql(), having))
        return [row[0] for row in rows]
