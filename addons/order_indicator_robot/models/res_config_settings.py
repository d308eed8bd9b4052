from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    indicator_robot_id = fields.Many2one(related="company_id.indicator_robot_id", readonly=False)
    indicator_robot_reader_id = fields.Many2one(related="company_id.indicator_robot_reader_id", readonly=False)
