from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    purchase_self_approval = fields.Boolean(related="company_id.purchase_self_approval", readonly=False)
    purchase_merge_needs = fields.Boolean(related="company_id.purchase_merge_needs", readonly=False)
    purchase_plan_required = fields.Boolean(related="company_id.purchase_plan_required", readonly=False)
    purchase_lead_working = fields.Boolean(related="company_id.purchase_lead_working", readonly=False)
    horizon_effect = fields.Char(string="Effect of the Horizon", compute="_compute_horizon_effect")

    @api.depends("horizon_days")
    def _compute_horizon_effect(self):
        """What the horizon does, in words: Odoo's default of 365 days buys a year ahead."""
        today = fields.Date.context_today(self)
        for settings in self:
            days = int(settings.horizon_days)
            settings.horizon_effect = self.env._(
                "With a supplier who needs 10 days, the run of today buys what is missing until %(date)s; a need on "
                "that day is bought %(days)s days earlier than it has to be.", days=days,
                date=format_date(self.env, today + timedelta(days=10 + days)))
