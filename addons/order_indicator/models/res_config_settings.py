from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    indicator_digest_day = fields.Selection(related="company_id.indicator_digest_day", readonly=False)
