from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sla_general_manager_id = fields.Many2one(related="company_id.sla_general_manager_id", readonly=False)
    sla_official_year_ids = fields.One2many(related="company_id.sla_official_year_ids")
    sla_missing_official_years = fields.Char(related="company_id.sla_missing_official_years")
