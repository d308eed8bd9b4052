from odoo import fields, models


class OrderCloseout(models.Model):
    _name = "order.closeout"
    _description = "Order Closeout"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
