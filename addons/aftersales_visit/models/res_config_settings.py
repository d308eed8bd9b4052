from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    service_hour_cost = fields.Monetary(related="company_id.service_hour_cost", readonly=False)
