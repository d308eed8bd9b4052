from odoo import api, models


class ProjectPlanWeek(models.Model):
    _inherit = "project.plan.week"

    @api.model
    def _on_week_begun(self, company):
        super()._on_week_begun(company)
        self.env["project.plan.unshipped"]._ask_for(company)
