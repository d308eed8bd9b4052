from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    service_file_size = fields.Integer(related="company_id.service_file_size", readonly=False)
    service_code_years = fields.Integer(related="company_id.service_code_years", readonly=False)
    warranty_extends = fields.Boolean(related="company_id.warranty_extends", readonly=False)
