from datetime import date, datetime, time, timedelta
from functools import partial

from pytz import timezone, utc

from odoo import api, models
from odoo.tools import ormcache
from odoo.tools.date_utils import float_to_time

from ..kernel.worktime import WorkTable, WorkTime, merged, midnight


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
        # sudo: who changes working hours need not see the clocks that count by them
        clocks = self.env["sla.clock"].sudo().search([("calendar_id", "in", self.ids), ("is_open", "=", True)])
        result = super().unlink()
        self.env.registry.clear_cache("stable")
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
        return WorkTime(partial(self._sla_work_table, company.id))

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
        calendar = self.sudo().with_context(lang=None, active_test=True, employee_timezone=None)
        tz = timezone(calendar.tz)
        # From a Monday on, local time: flexible hours are laid out week by week from where one begins to ask.
        monday = date(first_year, 1, 1)
        monday -= timedelta(days=monday.weekday() + 7)
        begin = tz.localize(datetime.combine(monday, time.min))
        end = utc.localize(datetime(last_year + 1, 1, 8))
        leaves_domain = [("time_type", "=", "leave"), ("company_id", "in", [company_id, False])]
        intervals = [
            (round(start.timestamp()), round(stop.timestamp()))
            for start, stop, _meta in calendar._work_intervals_batch(begin, end, domain=leaves_domain, tz=tz)[False]
        ]
        intervals = calendar._sla_apply_extra_days(intervals, company_id, monday, end.date(), tz)
        first, last = (midnight(date(year, 1, 1).toordinal(), utc) for year in (first_year, last_year + 1))
        return WorkTable(((max(start, first), min(stop, last)) for start, stop in intervals), first, last)

    def _sla_apply_extra_days(self, intervals, company_id, first, last, tz):
        """Replace the working intervals of the dates that are extra working days."""
        extra_days = self.env["resource.calendar.extra.day"].search_fetch([
            ("company_id", "=", company_id), ("calendar_id", "in", [False, self.id]),
            ("date", ">=", first), ("date", "<", last),
        ], ["date", "dayofweek"], order="calendar_id NULLS FIRST, id")
        if not extra_days:
            return intervals
        weekday_of = {day.date: int(day.dayofweek) for day in extra_days}  # one of this very calendar wins
        bounds, added = [], []
        for day, weekday in sorted(weekday_of.items()):
            begin, end = midnight(day.toordinal(), tz), midnight(day.toordinal() + 1, tz)
            bounds.append((begin, end))
            added += [(max(start, begin), min(stop, end)) for start, stop in self._sla_hours_on(day, weekday, tz)]
        return _without(intervals, bounds) + added

    def _sla_hours_on(self, day, weekday, tz):
        """Working intervals that a date has when it is worked like the given weekday, in seconds (UTC)."""
        if self.flexible_hours:
            noon = midnight(day.toordinal(), tz) + 43200
            half = round(self.hours_per_day * 1800)
            return [(noon - half, noon + half)]
        week_type = str(self.env["resource.calendar.attendance"].get_week_type(day))
        attendances = self.attendance_ids.filtered(
            lambda line: line._is_work_period() and int(line.dayofweek) == weekday
            and (not self.two_weeks_calendar or line.week_type == week_type))
        return [
            (_wall(day, line.hour_from, tz), _wall(day, line.hour_to, tz))
            for line in attendances
        ]


def _wall(day, hour, tz):
    """Moment at which the wall clock shows the hour; 24:00 is the end of the day, as in Odoo's own intervals."""
    moment = float_to_time(hour)
    if moment == time.max:
        return midnight(day.toordinal() + 1, tz)
    return round(tz.localize(datetime.combine(day, moment)).timestamp())


def _without(intervals, holes):
    """Intervals less the holes; both sorted and disjoint after merging."""
    result, holes = [], merged(holes)
    for start, stop in merged(intervals):
        for hole_start, hole_stop in holes:
            if hole_stop <= start or hole_start >= stop:
                continue
            if hole_start > start:
                result.append((start, hole_start))
            start = max(start, hole_stop)
        if start < stop:
            result.append((start, stop))
    return result
