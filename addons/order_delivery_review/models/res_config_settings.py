from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    delivery_needs_contract = fields.Boolean(related="company_id.delivery_needs_contract", readonly=False)
