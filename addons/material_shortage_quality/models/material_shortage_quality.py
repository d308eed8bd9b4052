from odoo import fields, models


class MaterialShortageQuality(models.Model):
    _name = "material.shortage.quality"
    _description = "Material Shortage Quality"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
