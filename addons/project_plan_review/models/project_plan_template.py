from odoo import api, fields, models


class ProjectPlanTemplate(models.Model):
    _inherit = "project.plan.template"

    product_category_ids = fields.Many2many(
        "product.category", string="Product Categories",
        help="The instruction's plan is made from the first template for the category of its products, or of a parent "
             "of it. Left empty: for all products of this kind of plan.")

    @api.model
    def _find_for(self, plan_kind, products, company):
        """The template for what is to be made: for a category of the products first, then for all of its kind.

        :param str plan_kind: complete_set, regular, nonregular
        :param products: product.product
        :return: project.plan.template, empty where none fits
        """
        templates = self.search([("plan_kind", "=", plan_kind), ("company_id", "in", [company.id, False])])
        categories = {int(id_) for path in products.categ_id.mapped("parent_path") for id_ in path.split("/") if id_}
        return (templates.filtered(lambda template: categories.intersection(template.product_category_ids.ids))
                or templates.filtered(lambda template: not template.product_category_ids))[:1]
