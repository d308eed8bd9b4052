from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_review_policy = fields.Selection(
        [("all", "Every order"), ("non_regular", "Non-regular orders only"), ("none", "No order")],
        string="Orders to review before confirmation", required=True, default="all",
        help="Orders that cannot be confirmed before their review is concluded.")
    contract_needs_down_payment = fields.Boolean(
        string="Contract takes effect on the down payment",
        help="A signed contract takes effect only when the order's prepayment is paid.")
