from odoo import api, models
from odoo.fields import Domain


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
        concerned = [Domain("company_id", "in", companies.ids)] if companies else []
        if calendars:
            concerned += [Domain("resource_calendar_id", "in", calendars.ids),
                          Domain("company_id.resource_calendar_id", "in", calendars.ids)]
        self.env["project.plan.load"]._refresh_centres(Domain.OR(concerned))
        return result

    @api.model
    def _cron_reschedule(self):
        """What should have been done by now and was not lies on the weeks that come."""
        self.env["project.plan.load"]._refresh_centres([])
        return super()._cron_reschedule()
