from odoo import models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def _sla_leaves_changed(self):
        """Time off of one person moves what that person must do in the plans, and what waits for it; nothing else."""
        result = super()._sla_leaves_changed()
        # sudo: who enters a leave need not see the plans
        users = self.sudo().resource_id.user_id
        self.env["project.project"]._people_changed(users)
        return result
