from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    expedite_department_id = fields.Many2one(related="company_id.expedite_department_id", readonly=False)
