from odoo import models


class OrderReviewOverride(models.TransientModel):
    _name = "order.review.override"
    _inherit = ["order.review.reason"]
    _description = "Release without Review"

    def _take_step(self):
        self.order_id._override_review(self.reason)
