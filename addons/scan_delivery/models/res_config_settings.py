from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    loading_check_required = fields.Boolean(related="company_id.loading_check_required", readonly=False)
