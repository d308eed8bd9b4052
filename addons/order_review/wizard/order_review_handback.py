from odoo import models


class OrderReviewHandback(models.TransientModel):
    _name = "order.review.handback"
    _inherit = ["order.review.reason"]
    _description = "Hand Back to Sales"

    def _take_step(self):
        self.order_id._hand_back(self.reason)
