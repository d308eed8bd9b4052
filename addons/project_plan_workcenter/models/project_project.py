from odoo import api, models


class ProjectProject(models.Model):
    """What moves the load of work centers beside their orders: plans, working time, and time itself (PLN-3)."""

    _inherit = "project.project"

    def _load_changed(self):
        """Work orders that nobody has planned lie where the plan expects them."""
        result = super()._load_changed()
        self.env["project.plan.load"]._refresh_later(self)
        return result

    @api.model
    def _working_time_changed(self, calendars=None, companies=None):
        result = super()._working_time_changed(calendars, companies)
        self.env["project.plan.load"]._centres_moved()
        return result

    @api.model
    def _cron_reschedule(self):
        """What should have been done by now and was not lies on the weeks that come."""
        self.env["project.plan.load"]._centres_moved()
        return super()._cron_reschedule()
