from odoo import api, fields, models
from odoo.exceptions import UserError

CLASSES = [("all", "All orders"), ("regular", "Regular"), ("non_regular", "Non-regular")]


class OrderReviewTemplate(models.Model):
    _name = "order.review.template"
    _inherit = ["document.number.mixin"]
    _description = "Review Template"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    order_class = fields.Selection(CLASSES, required=True, default="all")
    category_ids = fields.Many2many(
        "product.category", string="Product categories",
        help="Only for orders with a product of these categories or below. Empty: any product.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", default=lambda self: self.env.company,
        help="Empty: all companies.")
    line_ids = fields.One2many("order.review.template.line", "template_id", string="Departments", copy=True)

    @api.model
    def _find_for(self, order, order_class):
        """The template for an order: own company first, then class, then category (REV-6).

        :raise UserError: no template fits.
        """
        candidates = self.sudo().search([  # configuration, the same for all who may ask for a review
            ("company_id", "in", [order.company_id.id, False]), ("order_class", "in", [order_class, "all"])])
        categories = order._get_review_lines().product_id.categ_id
        fitting = candidates.filtered(lambda template: template._fits(categories))
        if not fitting:
            raise UserError(self.env._(
                "No review template fits order %(order)s. Create one under Order Review > Configuration > "
                "Review Templates, or remove the product categories of an existing one.", order=order.name))
        return fitting.sorted(lambda template: (
            not template.company_id, not template.category_ids, template.order_class == "all",
            template.sequence, template.id))[0]

    def _fits(self, categories):
        """Whether one of the product categories is among the template's or below them."""
        allowed = set(self.category_ids.ids)
        return not allowed or any(
            allowed & {int(node) for node in (category.parent_path or "").split("/") if node}
            for category in categories)

    def _prepare_review_lines(self, order):
        """Values of the department lines of a round (REV-2, REV-6).

        :raise UserError: a line has no department in the order's company.
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._(
                "Review template \"%(template)s\" has no departments. Add them under Order Review > "
                "Configuration > Review Templates.", template=self.name))
        missing = self.line_ids.filtered(lambda line: not line._get_department(order.company_id))
        if missing:
            raise UserError(self.env._(
                "Review template \"%(template)s\" is a template without departments: nobody in %(company)s "
                "plays the part of %(roles)s. Set their departments under Order Review > Configuration > "
                "Review Roles, or directly in the template.",
                template=self.name, company=order.company_id.name,
                roles=", ".join(missing.mapped("display_name"))))
        return [line._prepare_review_line(order) for line in self.line_ids]
