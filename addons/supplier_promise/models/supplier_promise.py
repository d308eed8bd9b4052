from odoo import fields, models


class SupplierPromise(models.Model):
    _name = "supplier.promise"
    _description = "Supplier Promise"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
