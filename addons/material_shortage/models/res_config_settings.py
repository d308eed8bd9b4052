from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shortage_planner_id = fields.Many2one(related="company_id.shortage_planner_id", readonly=False)
    shortage_buyer_id = fields.Many2one(related="company_id.shortage_buyer_id", readonly=False)
    shortage_engineering_department_id = fields.Many2one(
        related="company_id.shortage_engineering_department_id", readonly=False)
    shortage_quality_department_id = fields.Many2one(
        related="company_id.shortage_quality_department_id", readonly=False)
    shortage_group_manager_id = fields.Many2one(related="company_id.shortage_group_manager_id", readonly=False)
    shortage_horizon_days = fields.Integer(related="company_id.shortage_horizon_days", readonly=False)
    shortage_check_days = fields.Integer(related="company_id.shortage_check_days", readonly=False)
    shortage_swap_policy = fields.Selection(related="company_id.shortage_swap_policy", readonly=False)
