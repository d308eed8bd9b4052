from datetime import date, datetime, timedelta

from pytz import timezone

from odoo.tests import tagged

from ..kernel.worktime import NoWorkingTime, midnight
from .test_resource_calendar import CalendarCommon


@tagged("-at_install", "post_install")
class TestCalendarEnds(CalendarCommon):
    """Where a shift or a time off ends, in all the ways in which Odoo and people store an end."""

    def test_day_off_is_off_to_its_last_second(self):
        """SLA-1: a day off stored up to 23:59:59, as Odoo does, or to 23:59 leaves no work before midnight."""
        calendar = self._new_calendar("Always", hours=((0, 12), (12, 24)), days="0123456")
        leave = self._new_leave("2026-03-03 00:00", "2026-03-03 23:59", calendar)
        for seconds in (0, 59, 60):
            leave.date_to = leave.date_to.replace(second=0) + timedelta(seconds=seconds)
            with self.subTest(stored=leave.date_to):
                table = self._time(calendar)
                begin, end = self._at("2026-03-03 00:00"), self._at("2026-03-04 00:00")
                self.assertEqual(table.worked(begin, end), 0)
                self.assertEqual(table.worked(begin, end + 3600), 3600)
                self.assertEqual(table.advance_days(begin - 3600, 1, timezone(calendar.tz)), end + 23 * 3600)
        leave.date_to = self._new_leave("2026-03-10 00:00", "2026-03-10 11:59", calendar).date_to
        self.assertEqual(self._time(calendar).worked(begin, end), 0, "a week off, until 11:59 of the next Tuesday")

    def test_half_a_day_off_ends_with_its_second(self):
        """SLA-1: up to 11:59:59 is up to noon; up to 11:59 leaves the minute, and 0:00 is the beginning of a date."""
        leave = self._new_leave("2026-03-03 00:00", "2026-03-03 11:59")
        noon = self._at("2026-03-03 12:00")
        self.assertEqual(self._time().worked(noon - 7200, noon), 60)
        leave.date_to += timedelta(seconds=59)
        self.assertEqual(self._time().worked(noon - 7200, noon), 0)
        self._new_leave("2026-03-04 00:00", "2026-03-05 00:00")
        self.assertEqual((self._hours("2026-03-04"), self._hours("2026-03-05")), ("", "08:00-12:00 13:00-17:00"))

    def test_time_off_until_further_notice(self):
        """SLA-4: a time off that ends in the year 9999 ends all work, and no calculation."""
        self._new_leave("2026-03-03 00:00", "2026-03-04 00:00").date_to = datetime(9999, 12, 31, 23, 59, 59)
        self.assertEqual(self._hours("2026-03-02"), "08:00-12:00 13:00-17:00")
        self.assertEqual(self._hours("2026-03-03"), "")
        self.assertRaises(NoWorkingTime, self._time().advance, self._at("2026-03-03 09:00"), 60)

    def test_hours_that_are_almost_whole(self):
        """SLA-4: 16.99999 is 17:00 and 23.9999 is 24:00, though Odoo's own intervals fail on them."""
        calendar = self._new_calendar("Imported", hours=((7.999999, 11.9999999), (12.99999, 16.99999), (17.5, 23.9999)))
        self.assertEqual(self._hours("2026-03-02", calendar), "08:00-12:00 13:00-17:00 17:30-00:00")
        lines = calendar.attendance_ids.filtered(lambda line: line.dayofweek == "1")
        lines[0].write({"hour_from": -3, "hour_to": 8.5})
        lines[1].write({"hour_from": 12, "hour_to": 12})
        lines[2].write({"hour_from": 22, "hour_to": 30})
        self.assertEqual(self._hours("2026-03-03", calendar), "00:00-08:30 22:00-00:00")

    def test_days_on_which_the_clocks_change(self):
        """SLA-1: a shift to 24:00 ends with the date, also where midnight itself is skipped or comes twice."""
        for tz, day, hours in (("Europe/Berlin", "2026-03-29", 23), ("Europe/Berlin", "2026-10-25", 25),
                               ("Asia/Beirut", "2026-03-28", 24), ("Asia/Beirut", "2026-03-29", 23),
                               ("America/Havana", "2026-03-08", 23), ("America/Havana", "2026-10-31", 25)):
            with self.subTest(tz=tz, day=day):
                calendar = self._new_calendar(tz + day, tz, hours=((0, 24),), days="0123456")
                zone, ordinal = timezone(tz), date.fromisoformat(day).toordinal()
                worked = self._time(calendar).worked(midnight(ordinal, zone), midnight(ordinal + 1, zone))
                self.assertEqual(worked, hours * 3600)
