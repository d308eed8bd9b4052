from odoo import fields, models


class OrderReviewMrp(models.Model):
    _name = "order.review.mrp"
    _description = "Order Review Mrp"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
