from collections import defaultdict
from datetime import date
from functools import partial

from pytz import timezone, utc

from odoo import api, models
from odoo.tools import ormcache

from ..kernel import layout
from ..kernel.worktime import WorkTable, WorkTime, midnight
from ..tools.moments import to_datetime, to_moment


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @api.model_create_multi
    def create(self, vals_list):
        calendars = super().create(vals_list)
        calendars._sla_calendars_changed()
        return calendars

    def write(self, vals):
        result = super().write(vals)
        if self._sla_calendar_fields().intersection(vals):
            self._sla_calendars_changed()
        return result

    def unlink(self):
        # sudo: who changes working hours need not see the clocks that count by them, nor the time off
        clocks = self.env["sla.clock"].sudo().search([("calendar_id", "in", self.ids), ("is_open", "=", True)])
        leaves = self.env["resource.calendar.leaves"].sudo().search([("calendar_id", "in", self.ids)])  # sudo: as above
        result = super().unlink()
        self.env.registry.clear_cache("stable")
        leaves.exists()._sla_leaves_changed()  # without their calendar they are now off for the whole company
        clocks._wake()
        return result

    @api.model
    def _sla_calendar_fields(self):
        """Fields of a calendar that its working intervals depend on."""
        return {"tz", "attendance_ids", "attendance_ids_1st_week", "attendance_ids_2nd_week", "global_leave_ids",
                "leave_ids", "two_weeks_calendar", "schedule_type", "flexible_hours", "duration_based",
                "full_time_required_hours", "hours_per_day", "company_id"}

    def _sla_calendars_changed(self):
        """Forget the tables and have the open clocks that count by these calendars computed anew (SLA-4)."""
        self.env.registry.clear_cache("stable")
        self.env["sla.clock"]._wake_later(calendars=self)

    def _sla_work_time(self, company):
        """Working time of the calendar for a company: see :class:`WorkTime`. No calendar: None."""
        if not self:
            return None
        self.ensure_one()
        _tz, seconds = self._sla_zone_and_day()
        return WorkTime(partial(self._sla_work_table, company.id), seconds)

    @ormcache("self.id", cache="stable")
    def _sla_zone_and_day(self):
        """Name of the calendar's time zone, and the length of a day in seconds; cached until it changes."""
        calendar = self.sudo()  # the length of a day is the same for everybody
        return calendar.tz, round((calendar.hours_per_day or 24) * 3600)

    @ormcache("self.id", "company_id", "first_year", "last_year", cache="stable")
    def _sla_work_table(self, company_id, first_year, last_year):
        """Cumulated working intervals of whole years (UTC), public holidays and extra working days applied.

        Time off of a single employee does not matter here. Constant number of queries; cached until a calendar,
        a general time off or an extra working day changes.

        :param company_id: whose general time off and extra working days count
        :return: WorkTable, in integer seconds since the epoch
        """
        self.ensure_one()
        # The table is the same for everybody: a reader's rights on calendars and time off do not change it.
        calendar = self.sudo().with_context(lang=None, active_test=True)
        tz = timezone(calendar.tz)
        begin, end = date(first_year, 1, 1), date(last_year + 1, 1, 1)
        first, last = (midnight(day.toordinal(), utc) for day in (begin, end))
        intervals = layout.laid_out(
            calendar._sla_weeks(), begin.toordinal() - 1, end.toordinal(), tz,
            off=calendar._sla_time_off(company_id, first, last, tz), extra=calendar._sla_extra_days(company_id))
        return WorkTable(((max(start, first), min(stop, last)) for start, stop in intervals), first, last)

    def _sla_weeks(self):
        """The calendar's hours for :func:`layout.laid_out`: those of the first and of the second week."""
        if self.flexible_hours:
            return [layout.flexible_hours(self.hours_per_day, self.full_time_required_hours)] * 2
        weeks = [defaultdict(list), defaultdict(list)]
        for line in self.attendance_ids.filtered(lambda line: line._is_work_period()):
            hours = layout.seconds_of(line.hour_from), layout.seconds_of(line.hour_to)
            for week_type, week in enumerate(weeks):
                if not self.two_weeks_calendar or int(line.week_type) == week_type:
                    week[int(line.dayofweek)].append(hours)
        return weeks

    def _sla_time_off(self, company_id, first, last, tz):
        """Moments between first and last in which nobody works, as pairs: the general time off of the calendar."""
        leaves = self.env["resource.calendar.leaves"].search_fetch([
            ("time_type", "=", "leave"), ("resource_id", "=", False), ("company_id", "in", [company_id, False]),
            ("calendar_id", "in", [self.id, False]), ("date_from", "<", to_datetime(last)),
            ("date_to", ">=", to_datetime(first)),
        ], ["date_from", "date_to"])
        # cut first: a time off "until further notice" ends in years that no time zone knows
        return [
            (to_moment(leave.date_from), layout.end_of_time_off(min(to_moment(leave.date_to), last), tz))
            for leave in leaves]

    def _sla_extra_days(self, company_id):
        """Weekday by whose hours a date is worked, by the date's ordinal."""
        extra_days = self.env["resource.calendar.extra.day"].search_fetch(
            [("company_id", "=", company_id), ("calendar_id", "in", [False, self.id])],
            ["date", "dayofweek"], order="calendar_id NULLS FIRST, id")
        return {day.date.toordinal(): int(day.dayofweek) for day in extra_days}  # one of this very calendar wins
