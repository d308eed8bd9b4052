from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    process_card_required = fields.Boolean(
        string="Process Card", tracking=True,
        help="Manufacturing orders of this product get a process card when they are confirmed.")
