from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.configured import ORDERED, filter_configured, search_configured


class OrderClassCriterion(models.Model):
    """A reason to propose an order as non-regular (INT-5)."""

    _name = "order.class.criterion"
    _inherit = ["document.number.mixin", "order.intake.rule"]
    _description = "Criterion for Non-regular Orders"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    kind = fields.Selection(
        [("order", "The order matches"), ("product", "A product matches"),
         ("dormant", "A product was not ordered for years")],
        required=True, default="order")
    domain = fields.Char(default="[]")
    years = fields.Integer(string="Years without order", default=3)

    _years_positive = models.Constraint("CHECK(years > 0)", "The years without order must be at least one.")

    @api.constrains("kind", "domain")
    def _check_domain(self):
        models_by_kind = {"order": "sale.order", "product": "product.product"}
        for criterion in self.filtered(lambda criterion: criterion.kind in models_by_kind):
            if safe_eval_empty(criterion.domain):
                raise ValidationError(self.env._(
                    "Criterion \"%(name)s\" would make every order non-regular: give it a condition.",
                    name=criterion.name))
            self.env["order.intake.check"]._validate_domain(
                criterion.domain, models_by_kind[criterion.kind], criterion.name)

    @api.model
    def _get_hits(self, orders):
        """Criteria that each order meets: {order: criteria}."""
        criteria = self.sudo().search_fetch(  # configuration, the same for everybody
            [("active", "=", True)], ["kind", "domain", "years", "company_id"])
        hits = {}
        for order in orders:
            hits[order] = criteria.filtered(
                lambda criterion, order=order: criterion.company_id.id in (False, order.company_id.id)
                and criterion._is_met_by(order)).sudo(False)
        return hits

    def _is_met_by(self, order):
        products = order._get_review_lines().product_id
        if self.kind == "order":
            return bool(filter_configured(order, self.domain, order.company_id))
        if self.kind == "product":
            return bool(filter_configured(products, self.domain, order.company_id))
        products = products.with_context(allowed_company_ids=order.company_id.ids)  # the order's, not the reader's
        limit = self._get_dormant_since()
        return any(product.last_order_date and product.last_order_date < limit
                   for product in products.product_tmpl_id)

    def _get_dormant_since(self):
        return fields.Datetime.now() - relativedelta(years=self.years)

    def _get_order_domain(self):
        """Orders that meet the criterion, see ``search_configured``; None where the order itself has to be asked."""
        self.ensure_one()
        if self.kind == "order":
            return search_configured(self.env["sale.order"], self.domain)
        if self.kind == "product":
            products = search_configured(self.env["product.product"], self.domain)
            return products if products is None else self._on_products(products)
        return Domain.OR(
            Domain("company_id", "=", company.id) & self._on_products(Domain("product_tmpl_id", "any", self.env[
                "product.template"].with_context(allowed_company_ids=company.ids)._search_last_order_date(
                    "<", self._get_dormant_since())))
            for company in self.company_id or self.env["res.company"].search([]))

    @api.model
    def _on_products(self, products):
        return Domain("order_line", "any", ORDERED & Domain("product_id", "any", products))


def safe_eval_empty(domain):
    return not (domain or "").strip() or (domain or "").replace(" ", "") == "[]"
