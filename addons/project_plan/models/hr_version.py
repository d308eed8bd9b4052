from odoo import models


class HrVersion(models.Model):
    _inherit = "hr.version"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            # sudo: who keeps employees need not see the plans
            self.env["project.project"]._people_changed(self.sudo().employee_id.user_id)
        return result
