from odoo import models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def _sla_leaves_changed(self):
        """A work center that stands still can do less; the slots of its work orders are no time off."""
        result = super()._sla_leaves_changed()
        # sudo: loads follow whoever changed something
        if self.sudo().filtered(lambda leave: leave.time_type == "leave").resource_id:
            self.env["project.plan.load"]._centres_moved()
        return result
