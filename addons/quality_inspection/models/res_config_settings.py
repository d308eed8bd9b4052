from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of quality, per company."""
    _inherit = "res.config.settings"

    quality_department_id = fields.Many2one(related="company_id.quality_department_id", readonly=False)
    quality_own_decision = fields.Boolean(related="company_id.quality_own_decision", readonly=False)
    quality_repeat_days = fields.Integer(related="company_id.quality_repeat_days", readonly=False)
    quality_gate_own_approval = fields.Boolean(related="company_id.quality_gate_own_approval", readonly=False)
    quality_hourly_cost = fields.Monetary(
        related="company_id.quality_hourly_cost", readonly=False, currency_field="quality_currency_id")
    quality_currency_id = fields.Many2one(related="company_id.currency_id", string="Quality Currency")
    quality_report_rate = fields.Float(related="company_id.quality_report_rate", readonly=False)
    quality_urgent_hours = fields.Integer(related="company_id.quality_urgent_hours", readonly=False)
