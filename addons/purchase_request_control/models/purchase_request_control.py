from odoo import fields, models


class PurchaseRequestControl(models.Model):
    _name = "purchase.request.control"
    _description = "Purchase Request Control"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
