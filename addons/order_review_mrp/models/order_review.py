from odoo import models


class OrderReview(models.Model):
    _inherit = "order.review"
