from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_special_material = fields.Boolean(
        string="Special Material", help="Followed over its whole way: requested, ordered, promised, sent, received, "
        "inspected.")
