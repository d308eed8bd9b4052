from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    delivery_needs_contract = fields.Boolean(
        string="Contract in Effect", default=True, help="Goods leave only when the order's contract is in effect.")
