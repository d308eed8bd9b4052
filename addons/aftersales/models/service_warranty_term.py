from odoo import api, fields, models

from ..kernel.warranty import Term


class ServiceWarrantyTerm(models.Model):
    """What warranty is given: by contract, by product, by category, or to all (AFT-4)."""

    _name = "service.warranty.term"
    _inherit = ["document.number.mixin"]
    _description = "Warranty Term"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade")
    order_id = fields.Many2one(
        "sale.order", string="Contract", check_company=True, index="btree_not_null", ondelete="cascade",
        help="Agreed in this order; goes before every other term.")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", check_company=True, index="btree_not_null", ondelete="cascade")
    categ_id = fields.Many2one(
        "product.category", string="Product Category", index="btree_not_null", ondelete="cascade",
        help="And the categories below it.")
    months = fields.Integer(required=True, default=12)
    start = fields.Selection(
        [("delivery", "Delivery"), ("commissioning", "Commissioning")], string="Begins With", required=True,
        default="commissioning")
    latest_months = fields.Integer(
        string="Begins at the Latest", default=6,
        help="Months after delivery; 0: no limit. 12 months from commissioning, no more than 18 from delivery: 6.")

    _months_range = models.Constraint("CHECK(months BETWEEN 1 AND 600)", "A warranty has 1 to 600 months.")
    _latest_months_range = models.Constraint(
        "CHECK(latest_months BETWEEN 0 AND 600)", "A warranty begins at most 600 months after delivery.")

    def _as_term(self):
        """What the kernel calculates with; None where there is no term."""
        return Term(self.months, self.start, self.latest_months) if self else None

    @api.model
    def _find_for(self, company, pairs):
        """The terms of several deliveries, with one query.

        :param pairs: list of (product.product, sale.order)
        :return: list of service.warranty.term, empty ones where nothing was agreed
        """
        # sudo: what is agreed is shown to whoever reads the serial number
        terms = self.sudo().search([("company_id", "=", company.id)])
        return [terms._choose(product, order) for product, order in pairs]

    def _choose(self, product, order):
        """The one that is closest: contract, product, nearest category, all."""
        path = [int(number) for number in (product.categ_id.parent_path or "").split("/") if number]

        def rank(term):
            return (term.order_id == order and bool(order), term.product_tmpl_id == product.product_tmpl_id,
                    path.index(term.categ_id.id) + 1 if term.categ_id else 0)

        fitting = self.filtered(lambda term: (
            (not term.order_id or term.order_id == order)
            and (not term.product_tmpl_id or term.product_tmpl_id == product.product_tmpl_id)
            and (not term.categ_id or term.categ_id.id in path)))
        return max(fitting, key=rank, default=self.browse())
