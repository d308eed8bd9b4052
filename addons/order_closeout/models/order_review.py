from odoo import api, fields, models
from odoo.fields import Domain

SHOWN = 10


class OrderReview(models.Model):
    """Lessons of earlier orders stand before whoever reviews the next one of the kind (EVA-1)."""

    _inherit = "order.review"

    lesson_ids = fields.Many2many(
        "order.evaluation.measure", string="Lessons of earlier orders", compute="_compute_lesson_ids")

    @api.depends("order_id", "order_class")
    @api.depends_context("uid")
    def _compute_lesson_ids(self):
        for review in self:
            review.lesson_ids = self.env["order.evaluation.measure"].search(
                review._get_lesson_domain(), order="id desc", limit=SHOWN)

    def _get_lesson_domain(self):
        """Lessons of concluded evaluations: of orders of the same class, or with products of the same category."""
        alike = Domain("evaluation_id.order_class", "=", self.order_class)
        # sudo: which categories were reviewed is no secret of the order's
        if categories := self.sudo().item_ids.product_id.categ_id:
            alike |= Domain("evaluation_id.category_ids", "in", categories.ids)
        return (
            Domain("feeds", "!=", False) & Domain("evaluation_id.state", "=", "concluded")
            & Domain("company_id", "=", self.company_id.id) & Domain("evaluation_id.order_id", "!=", self.order_id.id)
            & alike)
