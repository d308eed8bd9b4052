from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def unlink(self):
        plans = self.env["project.project"]._get_plans_by_calendar(self)
        result = super().unlink()
        plans._reschedule_later()
        return result
