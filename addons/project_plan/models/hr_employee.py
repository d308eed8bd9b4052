from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        if not {"active", "user_id", "company_id"}.intersection(vals):
            return super().write(vals)
        users = self.sudo().user_id  # sudo: who keeps employees need not see the plans
        result = super().write(vals)
        self.env["project.project"]._people_changed(users | self.sudo().user_id)  # sudo: as above
        return result
