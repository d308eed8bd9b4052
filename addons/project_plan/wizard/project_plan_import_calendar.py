from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.fields import Command

from odoo.addons.order_sla.kernel.worktime import midnight
from odoo.addons.order_sla.tools.moments import to_datetime

from ..kernel.mspdi import Fault


class Hours(NamedTuple):
    """Working hours to be made of a calendar."""

    vals: dict        #: of resource.calendar
    extra_days: list  #: values of resource.calendar.extra.day, without the calendar
    remarks: list     #: Fault


class ProjectPlanImport(models.TransientModel):
    """Calendars of a project file as working hours, with days off and make-up days."""

    _inherit = "project.plan.import"

    def _create_calendars(self, file):
        for hours in self._prepare_calendars(file):
            calendar = self.env["resource.calendar"].create(hours.vals)
            self.env["resource.calendar.extra.day"].create([
                {**vals, "calendar_id": calendar.id} for vals in hours.extra_days])

    def _prepare_calendars(self, file):
        """Hours for the calendars of the file whose name is not known yet.

        :raise AccessError: the user may not make working hours
        """
        if not self.take_calendars:
            return []
        for model in ("resource.calendar", "resource.calendar.leaves", "resource.calendar.extra.day"):
            self.env[model].check_access("create")
        known = self.env["resource.calendar"].search([("company_id", "in", [self.company_id.id, False])]).mapped("name")
        calendars = {calendar.uid: calendar for calendar in file.plan.calendars}
        return [self._prepare_calendar(file, calendar, calendars) for calendar in file.plan.calendars
                if calendar.name and calendar.name not in known]

    def _prepare_calendar(self, file, calendar, calendars):
        week = {day: _get_week_hours(calendar, calendars, day) for day in range(7)}
        leaves, extra_days, remarks = [], [], []
        for exception in _get_exceptions(calendar, calendars):
            if not exception.hours:
                leaves.append(self._prepare_leave(file, calendar, exception))
            elif alike := [day for day, hours in week.items() if hours == exception.hours]:
                extra_days += self._prepare_extra_days(calendar, exception, alike[0])
            else:
                remarks.append(Fault(calendar.line, "own_hours", calendar.name, str(exception.first)))
        attendances = [Command.create({
            "name": f"{calendar.name} {day + 1}", "dayofweek": str(day), "hour_from": start / 3600,
            "hour_to": stop / 3600, "day_period": "morning" if start < 43200 else "afternoon"})
            for day, hours in week.items() for start, stop in hours]
        return Hours({
            "name": calendar.name, "company_id": self.company_id.id, "tz": str(file.zone),
            "attendance_ids": [Command.clear(), *attendances],
            "global_leave_ids": [Command.create(vals) for vals in leaves]}, extra_days, remarks)

    def _prepare_leave(self, file, calendar, exception):
        return {
            "name": exception.name or calendar.name, "company_id": self.company_id.id,
            "date_from": to_datetime(midnight(exception.first.toordinal(), file.zone)),
            "date_to": to_datetime(midnight(exception.last.toordinal() + 1, file.zone) - 1)}

    def _prepare_extra_days(self, calendar, exception, day):
        """The dates of an exception, worked like a day of the week."""
        count = min((exception.last - exception.first).days + 1, 31)
        return [{
            "name": exception.name or calendar.name, "date": exception.first + timedelta(days=number),
            "dayofweek": str(day), "company_id": self.company_id.id} for number in range(count)]


def _get_week_hours(calendar, calendars, day):
    """Hours of a weekday: the calendar's own, else its base's."""
    seen = set()
    while calendar and calendar.uid not in seen:
        seen.add(calendar.uid)
        if day in calendar.days:
            return calendar.days[day]
        calendar = calendars.get(calendar.base)
    return []


def _get_exceptions(calendar, calendars):
    """Exceptions of the calendar, and its base's that it does not replace."""
    found, seen = [], set()
    while calendar and calendar.uid not in seen:
        seen.add(calendar.uid)
        found += [exception for exception in calendar.exceptions
                  if not any(exception.first <= other.last and other.first <= exception.last for other in found)]
        calendar = calendars.get(calendar.base)
    return found
