from odoo import fields, models


class OrderReview(models.Model):
    _inherit = "order.review"

    payment_plan_summary = fields.Text(related="order_id.payment_plan_summary", related_sudo=True)
