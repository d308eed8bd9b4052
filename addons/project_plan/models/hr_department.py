from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env["project.project"]._get_plans_by_items(
                [("plan_department_id", "in", self.ids)])._reschedule_later()
        return result
