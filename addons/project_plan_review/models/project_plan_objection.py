from odoo import models


class ProjectPlanObjection(models.Model):
    _inherit = "project.plan.objection"

    def _get_order_desk(self):
        """The desk that issued the instruction is told as well."""
        desk = self.project_id.plan_order_id.sudo().desk_department_id  # sudo: which desk it is is no secret
        return super()._get_order_desk() | desk._get_next_manager(self.company_id)
