from odoo import models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def _sla_leaves_changed(self):
        """A work center that stands still can do less; the slots of its work orders are no time off."""
        result = super()._sla_leaves_changed()
        off = self.sudo().filtered(lambda leave: leave.time_type == "leave")  # sudo: as in _refresh_centres
        if off.resource_id:
            self.env["project.plan.load"]._refresh_centres([("resource_id", "in", off.resource_id.ids)])
        return result
