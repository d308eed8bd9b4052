from odoo import fields, models


class OrderReviewCriterion(models.Model):
    _name = "order.review.criterion"
    _inherit = ["document.number.mixin"]
    _description = "Review Criterion"
    _order = "sequence, id"

    name = fields.Char(string="Criterion", required=True, translate=True)
    description = fields.Text(translate=True, help="What is to be examined, and how.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    required = fields.Boolean(default=True, help="The opinion cannot be signed before this is answered.")
    role_id = fields.Many2one("order.review.role", index="btree_not_null")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
