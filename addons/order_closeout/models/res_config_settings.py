from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_evaluation_from = fields.Date(related="company_id.order_evaluation_from", readonly=False)
