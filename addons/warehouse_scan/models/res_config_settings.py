from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    scan_prefix = fields.Char(related="company_id.scan_prefix", readonly=False)
    scan_suffix = fields.Char(related="company_id.scan_suffix", readonly=False)
