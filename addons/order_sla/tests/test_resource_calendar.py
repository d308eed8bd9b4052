from datetime import date, datetime, timedelta

from psycopg2 import IntegrityError
from pytz import timezone, utc

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import BaseCommon

from ..kernel.worktime import NoWorkingTime


class CalendarCommon(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "SLA Calendars"})
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.calendar = cls._new_calendar("Shanghai")

    @classmethod
    def _new_calendar(cls, name, tz="Asia/Shanghai", hours=((8, 12), (13, 17)), days="01234", **values):
        lines = [Command.create({
            "name": f"{day} {start}", "dayofweek": day, "hour_from": start, "hour_to": stop,
            "day_period": "morning" if stop <= 12 else "afternoon"}) for day in days for start, stop in hours]
        return cls.env["resource.calendar"].create({
            "name": name, "tz": tz, "company_id": cls.company.id, "attendance_ids": [Command.clear(), *lines],
        } | values)

    @classmethod
    def _new_leave(cls, start, stop, calendar=None, **values):
        zone = timezone((calendar or cls.calendar).tz)
        begin, end = (zone.localize(datetime.strptime(text, "%Y-%m-%d %H:%M")).astimezone(utc).replace(tzinfo=None)
                      for text in (start, stop))
        return cls.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": (calendar or cls.calendar).id, "company_id": cls.company.id,
            "date_from": begin, "date_to": end, **values})

    @classmethod
    def _new_extra_day(cls, day, dayofweek="0", **values):
        return cls.env["resource.calendar.extra.day"].create({
            "name": "Make-up day", "date": day, "dayofweek": dayofweek, "company_id": cls.company.id, **values})

    def _time(self, calendar=None):
        return (calendar or self.calendar)._sla_work_time(self.company)

    def _at(self, text, tz="Asia/Shanghai"):
        return round(timezone(tz).localize(datetime.strptime(text, "%Y-%m-%d %H:%M")).timestamp())

    def _hours(self, day, calendar=None, tz="Asia/Shanghai"):
        """Working hours of a date, as wall-clock text."""
        spans = self._time(calendar).spans(self._at(f"{day} 00:00", tz), 50)
        end = self._at(f"{day} 00:00", tz) + 86400
        zone = timezone(tz)
        return " ".join(
            f"{datetime.fromtimestamp(start, zone):%H:%M}-{datetime.fromtimestamp(stop, zone):%H:%M}"
            for start, stop in spans if start < end)


@tagged("-at_install", "post_install")
class TestResourceCalendar(CalendarCommon):
    def test_week(self):
        """SLA-1: working hours are those of the calendar, in its time zone."""
        self.assertEqual(self._hours("2026-03-02"), "08:00-12:00 13:00-17:00")
        self.assertEqual(self._hours("2026-03-07"), "")

    def test_public_holiday(self):
        """SLA-1: a general time off is no working time; half a day of it is half a day."""
        self._new_leave("2026-03-03 00:00", "2026-03-03 23:59")
        self._new_leave("2026-03-04 12:00", "2026-03-04 18:00")
        self.assertEqual(self._hours("2026-03-03"), "")
        self.assertEqual(self._hours("2026-03-04"), "08:00-12:00")

    def test_time_off_of_one_employee_does_not_matter(self):
        """SLA-1: only general time off changes the working time of the company."""
        resource = self.env["resource.resource"].create({"name": "Li", "calendar_id": self.calendar.id})
        self._time().advance(self._at("2026-03-02 09:00"), 1)
        table = self._time().table(self._at("2026-03-02 09:00"))
        self._new_leave("2026-03-03 00:00", "2026-03-03 23:59", resource_id=resource.id)
        self.assertEqual(self._hours("2026-03-03"), "08:00-12:00 13:00-17:00")
        self.assertIs(self._time().table(self._at("2026-03-02 09:00")), table, "the table is still the cached one")

    def test_worked_time_off_counts_as_work(self):
        """SLA-1: time off of the kind "other" (training) is working time."""
        self._new_leave("2026-03-03 00:00", "2026-03-03 23:59", time_type="other")
        self.assertEqual(self._hours("2026-03-03"), "08:00-12:00 13:00-17:00")

    def test_time_off_of_another_company(self):
        """SLA-1: a holiday of another company, without a calendar, is not ours."""
        other = self.env["res.company"].create({"name": "Other"})
        leave = self._new_leave("2026-03-03 00:00", "2026-03-03 23:59")
        leave.calendar_id = False
        self.assertEqual(self._hours("2026-03-03"), "")
        leave.company_id = other
        self.assertEqual(self._hours("2026-03-03"), "08:00-12:00 13:00-17:00")

    def test_extra_day_on_a_weekend(self):
        """SLA-1: a make-up day is worked, by the hours of the weekday it replaces."""
        self._new_extra_day("2026-02-28", "0")
        self.assertEqual(self._hours("2026-02-28"), "08:00-12:00 13:00-17:00")
        self.assertEqual(self._hours("2026-03-01"), "")

    def test_extra_day_wins_over_a_holiday(self):
        """SLA-1: a make-up day within a week of holidays is worked."""
        self._new_leave("2026-02-16 00:00", "2026-02-23 23:59")
        self._new_extra_day("2026-02-18", "0")
        self.assertEqual(self._hours("2026-02-17"), "")
        self.assertEqual(self._hours("2026-02-18"), "08:00-12:00 13:00-17:00")

    def test_extra_day_replaces_the_hours_of_its_date(self):
        """SLA-1: a Wednesday worked like a Friday has the Friday's hours, no more."""
        self.calendar.attendance_ids.filtered(lambda line: line.dayofweek == "4" and line.hour_from == 13).hour_to = 15
        self._new_extra_day("2026-03-04", "4")
        self.assertEqual(self._hours("2026-03-04"), "08:00-12:00 13:00-15:00")

    def test_extra_day_of_one_calendar(self):
        """SLA-1: an extra day can be for one calendar; there it wins over that of the company."""
        other = self._new_calendar("Other", hours=((9, 11),))
        self._new_extra_day("2026-02-28", "0", calendar_id=other.id)
        self.assertEqual(self._hours("2026-02-28"), "")
        self.assertEqual(self._hours("2026-02-28", other), "09:00-11:00")
        self._new_extra_day("2026-02-28", "0")
        self.assertEqual(self._hours("2026-02-28"), "08:00-12:00 13:00-17:00")

    def test_extra_day_changes_at_once(self):
        """SLA-4: tables are forgotten when an extra day comes, moves, is archived or goes."""
        day = self._new_extra_day("2026-02-28")
        self.assertTrue(self._hours("2026-02-28"))
        day.date = "2026-03-01"
        self.assertFalse(self._hours("2026-02-28"))
        self.assertTrue(self._hours("2026-03-01"))
        day.active = False
        self.assertFalse(self._hours("2026-03-01"))
        day.active = True
        self.assertTrue(self._hours("2026-03-01"))
        day.unlink()
        self.assertFalse(self._hours("2026-03-01"))

    def test_calendar_changes_at_once(self):
        """SLA-4: tables are forgotten when hours, holidays or the time zone change."""
        self.assertEqual(self._hours("2026-03-02"), "08:00-12:00 13:00-17:00")
        line = self.calendar.attendance_ids[0]
        line.hour_from = 9
        self.assertEqual(self._hours("2026-03-02"), "09:00-12:00 13:00-17:00")
        line.unlink()
        self.assertEqual(self._hours("2026-03-02"), "13:00-17:00")
        leave = self._new_leave("2026-03-02 00:00", "2026-03-02 15:00")
        self.assertEqual(self._hours("2026-03-02"), "15:00-17:00")
        leave.date_to = leave.date_to - timedelta(hours=1)
        self.assertEqual(self._hours("2026-03-02"), "14:00-17:00")
        leave.unlink()
        self.assertEqual(self._hours("2026-03-02"), "13:00-17:00")
        self.calendar.tz = "Europe/Berlin"
        self.assertEqual(self._hours("2026-03-02", tz="Europe/Berlin"), "13:00-17:00")

    def test_two_weeks_calendar(self):
        """SLA-1: calendars of two weeks, also on extra days."""
        calendar = self._new_calendar("Two weeks", days="")
        even = self.env["resource.calendar.attendance"].get_week_type(date(2026, 3, 2))
        calendar.write({"two_weeks_calendar": True, "attendance_ids": [Command.create({
            "name": "x", "dayofweek": "0", "hour_from": 8 + week, "hour_to": 12, "week_type": str(week),
            "day_period": "morning"}) for week in (0, 1)]})
        self.assertEqual(self._hours("2026-03-02", calendar), f"{8 + even:02}:00-12:00")
        self.assertEqual(self._hours("2026-03-09", calendar), f"{9 - even:02}:00-12:00")
        self._new_extra_day("2026-03-08", "0", calendar_id=calendar.id)
        self.assertEqual(self._hours("2026-03-08", calendar), f"{8 + even:02}:00-12:00")

    def test_flexible_calendar(self):
        """SLA-1: flexible hours lie around noon, as Odoo lays them, weeks beginning on the same weekday."""
        calendar = self.env["resource.calendar"].create({
            "name": "Flexible", "tz": "Asia/Shanghai", "company_id": self.company.id, "schedule_type": "flexible",
            "hours_per_day": 8, "full_time_required_hours": 40})
        self.assertEqual(self._hours("2026-03-03", calendar), "08:00-16:00")
        table = calendar._sla_work_table(self.company.id, 2025, 2027)
        week = table.worked(self._at("2026-03-02 00:00"), self._at("2026-03-09 00:00"))
        self.assertEqual(week, 40 * 3600)
        self._new_extra_day("2026-03-08", "0", calendar_id=calendar.id)
        self.assertEqual(self._hours("2026-03-08", calendar), "08:00-16:00")

    def test_duration_based_calendar(self):
        """SLA-1: hours given as durations lie around noon."""
        calendar = self._new_calendar("Durations", hours=((8, 12),))
        calendar.duration_based = True
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "0").duration_hours = 3
        self.assertEqual(self._hours("2026-03-02", calendar), "09:00-12:00")

    def test_around_the_clock(self):
        """SLA-1: days of 24 hours join without a gap."""
        calendar = self._new_calendar("Always", hours=((0, 24),), days="0123456")
        table = calendar._sla_work_table(self.company.id, 2026, 2026)
        self.assertEqual(table.worked(self._at("2026-03-02 00:00"), self._at("2026-03-09 00:00")), 7 * 86400)
        self._new_extra_day("2026-03-08", "0", calendar_id=calendar.id)
        table = calendar._sla_work_table(self.company.id, 2026, 2026)
        self.assertEqual(table.worked(self._at("2026-03-02 00:00"), self._at("2026-03-09 00:00")), 7 * 86400)

    def test_empty_calendar(self):
        """SLA-4: a calendar without hours says so, at once."""
        calendar = self._new_calendar("Empty", days="")
        self.assertRaises(NoWorkingTime, self._time(calendar).advance, self._at("2026-03-02 09:00"), 60)

    def test_only_extra_days(self):
        """SLA-1: a calendar may consist of extra days only if they have hours to work by."""
        calendar = self._new_calendar("Mondays", days="0")
        self._new_leave("2025-01-01 00:00", "2027-12-31 23:59", calendar)
        self._new_extra_day("2026-03-07", "0", calendar_id=calendar.id)
        self.assertEqual(self._time(calendar).advance(self._at("2026-03-02 09:00"), 3600), self._at("2026-03-07 09:00"))

    def test_table_costs_few_queries_and_is_cached(self):
        """SLA-1: three years of intervals cost a constant number of queries, a second look costs none."""
        for day in range(1, 29):
            self._new_extra_day(f"2026-02-{day:02}")
        self._new_leave("2026-03-03 00:00", "2026-03-03 23:59")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.calendar._sla_work_table(self.company.id, 2025, 2027)
        with self.assertQueryCount(0):
            self.calendar._sla_work_table(self.company.id, 2025, 2027)

    def test_table_does_not_depend_on_the_reader(self):
        """SLA-4: the cached table is the same whoever looks first."""
        self._new_leave("2026-03-03 00:00", "2026-03-03 23:59")
        self._new_extra_day("2026-03-07")
        reader = self.env["res.users"].create({
            "name": "Reader", "login": "sla_calendar_reader", "company_id": self.company.id,
            "company_ids": self.company.ids, "group_ids": [Command.set(self.env.ref("base.group_portal").ids)]})
        calendar = self.calendar.with_user(reader).with_context(tz="America/New_York", employee_timezone="UTC")
        table = calendar._sla_work_table(self.company.id, 2025, 2027)
        self.env.registry.clear_cache("stable")
        mine = self.calendar._sla_work_table(self.company.id, 2025, 2027)
        self.assertEqual((table.starts, table.stops), (mine.starts, mine.stops))

    def test_one_extra_day_a_date(self):
        """SLA-1: a date is an extra working day once."""
        self._new_extra_day("2026-02-28")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._new_extra_day("2026-02-28")
