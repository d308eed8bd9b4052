from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.calendar_id._sla_calendars_changed()
        return lines

    def write(self, vals):
        calendars = self.calendar_id
        result = super().write(vals)
        if {"dayofweek", "hour_from", "hour_to", "duration_hours", "calendar_id", "day_period", "week_type",
                "display_type"}.intersection(vals):
            (calendars | self.calendar_id)._sla_calendars_changed()
        return result

    def unlink(self):
        calendars = self.calendar_id
        result = super().unlink()
        calendars.exists()._sla_calendars_changed()
        return result
