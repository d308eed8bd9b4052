from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    plan_week_day = fields.Selection(related="company_id.plan_week_day", readonly=False)
    plan_week_hour = fields.Float(related="company_id.plan_week_hour", readonly=False)
    plan_objection_days = fields.Float(related="company_id.plan_objection_days", readonly=False)
    plan_desk_department_id = fields.Many2one(related="company_id.plan_desk_department_id", readonly=False)
