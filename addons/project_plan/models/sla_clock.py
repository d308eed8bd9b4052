from odoo import api, models


class SlaClock(models.Model):
    _inherit = "sla.clock"

    @api.model
    def _wake_later(self, calendars=None, companies=None):
        """Whatever changes working time reaches the clocks through here; the plans that count by it move with it."""
        result = super()._wake_later(calendars, companies)
        self.env["project.project"]._working_time_changed(calendars, companies)
        return result
