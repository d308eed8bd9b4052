from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.configured import filter_configured


class OrderClassCriterion(models.Model):
    """A reason to propose an order as non-regular (INT-5)."""

    _name = "order.class.criterion"
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
        limit = fields.Datetime.now() - relativedelta(years=self.years)
        return any(product.last_order_date and product.last_order_date < limit
                   for product in products.product_tmpl_id)


def safe_eval_empty(domain):
    return not (domain or "").strip() or (domain or "").replace(" ", "") == "[]"
