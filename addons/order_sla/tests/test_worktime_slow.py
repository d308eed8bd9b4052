import random
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from odoo.fields import Command
from odoo.tests import tagged

from ..kernel import limits
from ..tools.moments import to_datetime
from .test_resource_calendar import CalendarCommon

#: calendars: zone, a Monday shortly before its clocks change (or not), how often hours alternate
PLACES = [
    ("Asia/Shanghai", date(2026, 2, 9), False), ("Asia/Shanghai", date(2026, 9, 21), True),
    ("Europe/Berlin", date(2026, 3, 23), False), ("Europe/Berlin", date(2026, 10, 19), True),
    ("America/New_York", date(2026, 3, 2), False), ("America/New_York", date(2026, 10, 26), True),
    ("Australia/Lord_Howe", date(2026, 3, 30), False), ("Asia/Beirut", date(2026, 3, 23), False),
    ("Asia/Beirut", date(2026, 10, 19), False), ("Asia/Kolkata", date(2025, 12, 22), True),
]
DAYS = 28


class SlowCalendar:
    """Working time as a list of minutes, each asked on its own: no tables, no bisection in sums, no pytz."""

    def __init__(self, zone, first, lines, holidays, extra_days, two_weeks):
        self.zone, worked = ZoneInfo(zone), set()
        off = set()
        for start, stop in holidays:
            off.update(range(self.wall(*start), self.wall(*stop), 60))
        for day in (first + timedelta(days=n) for n in range(DAYS)):
            weekday = extra_days.get(day, day.weekday())
            parity = (day.toordinal() - 1) // 7 % 2
            minutes = set()
            for line_day, week, start, stop in lines:
                if line_day == weekday and (week == parity or not two_weeks):
                    minutes.update(range(self.wall(day, start), self.wall(day, stop), 60))
            worked |= minutes if day in extra_days else minutes - off
        self.minutes = sorted(worked)
        self.dates = {}
        for minute in self.minutes:
            self.dates.setdefault(datetime.fromtimestamp(minute, self.zone).date(), []).append(minute)

    def wall(self, day, minute):
        """The moment at which the wall shows the time; the later one where two or none do."""
        at = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
        return max(round(at.replace(tzinfo=self.zone, fold=fold).timestamp()) for fold in (0, 1))

    def worked(self, start, stop):
        return 60 * (bisect_left(self.minutes, stop) - bisect_left(self.minutes, start))

    def advance(self, start, minutes, pauses=()):
        left = (one for one in self.minutes[bisect_left(self.minutes, start):]
                if not any(begin <= one < end for begin, end in pauses))
        return next(islice(left, minutes - 1, None)) + 60 if minutes else start

    def retreat(self, end, minutes):
        return self.minutes[bisect_left(self.minutes, end) - minutes] if minutes else end

    def shift_days(self, moment, days):
        """The wall time of the moment on the n-th working date after it (before it), within working time."""
        local = datetime.fromtimestamp(moment, self.zone)
        dates = sorted(self.dates)
        at = bisect_right(dates, local.date()) + days - 1 if days > 0 else bisect_left(dates, local.date()) + days
        day = self.dates[dates[at]]
        wanted = round(self.wall(dates[at], local.hour * 60 + local.minute))
        if wanted in day or wanted - 60 in day:
            return wanted
        return min((one for one in day if one > wanted), default=day[-1] + 60)


@tagged("-at_install", "post_install")
class TestAgainstSlowCalendar(CalendarCommon):
    """Calendars, holidays and make-up days as people and Odoo store them, against counting minutes one by one."""

    QUESTIONS = 150

    def _random_lines(self, rng):
        """(weekday, week, first minute, last minute): shifts up to 24:00 and from 0:00 among them."""
        lines = []
        for weekday in range(7):
            for week in (0, 1):
                if weekday >= 5 and rng.random() < 0.6:
                    continue
                cuts = sorted(rng.sample(range(0, 1441, 5), 4))
                if rng.random() < 0.3:
                    cuts[0] = 0
                if rng.random() < 0.5:
                    cuts[3] = 1440
                lines += [(weekday, week, cuts[0], cuts[1]), (weekday, week, cuts[2], cuts[3])]
        return lines

    def _create(self, zone, lines, two_weeks, rng):
        calendar = self._new_calendar(zone, zone, days="")
        calendar.write({"two_weeks_calendar": two_weeks, "attendance_ids": [Command.create({
            "name": "x", "dayofweek": str(weekday), "week_type": str(week) if two_weeks else False,
            # an import brings hours that are a whole minute but for a rounding error
            "hour_from": start / 60, "hour_to": stop / 60 - rng.choice((0, 0, 1e-5)), "day_period": "morning",
        }) for weekday, week, start, stop in lines]})
        return calendar

    def _random_holidays(self, rng, first, calendar, slow_wall):
        """Time off as pairs of (date, minute), stored in one of the ways in which Odoo and people store an end."""
        holidays = []
        for _holiday in range(rng.randint(3, 6)):
            day = first + timedelta(days=rng.randint(1, DAYS - 4))
            start = (day, rng.choice((0, 0, 720)))
            stop = (day + timedelta(days=rng.randint(0, 2)), rng.choice((1440, 1440, 900)))
            last = slow_wall(*stop)
            if stop[1] == 1440:
                last -= rng.choice((0, 1, 60))  # 0:00 of the next day, 23:59:59, 23:59
            else:
                last -= rng.choice((0, 1))
            self.env["resource.calendar.leaves"].create({
                "name": "Holiday", "calendar_id": calendar.id, "company_id": self.company.id,
                "date_from": to_datetime(slow_wall(*start)), "date_to": to_datetime(last)})
            holidays.append((start, stop))
        return holidays

    def _make(self, zone, first, two_weeks, rng):
        lines = self._random_lines(rng)
        if not two_weeks:
            lines = [line for line in lines if line[1] == 0]
        calendar = self._create(zone, lines, two_weeks, rng)
        wall = SlowCalendar(zone, first, [], [], {}, False).wall
        holidays = self._random_holidays(rng, first, calendar, wall)
        extra = {first + timedelta(days=rng.randint(1, DAYS - 2)): rng.randint(0, 4) for _day in range(2)}
        for day, weekday in extra.items():
            self._new_extra_day(day, str(weekday), calendar_id=calendar.id)
        return calendar, SlowCalendar(zone, first, lines, holidays, extra, two_weeks)

    def test_random_questions(self):
        """SLA-1: 1,500 random limits, days, dates and pauses, as if each minute were counted one by one."""
        asked = 0
        for number, (zone, first, two_weeks) in enumerate(PLACES):
            rng = random.Random(number)
            calendar, slow = self._make(zone, first, two_weeks, rng)
            begin, end = slow.minutes[0], slow.minutes[-1]
            time, tz = self._time(calendar), ZoneInfo(zone)
            for _question in range(self.QUESTIONS):
                # in the middle of the four weeks, so that the answer lies within them
                moment = begin + (end - begin) // 3 // 60 * 60 + 60 * rng.randint(0, (end - begin) // 180)
                with self.subTest(zone=zone, number=number, moment=datetime.fromtimestamp(moment, tz)):
                    self._ask(rng, time, slow, tz, moment)
                asked += 1
        self.assertEqual(asked, 1500)

    def _ask(self, rng, time, slow, tz, moment):
        minutes = rng.choice((0, 1, 30, 60, 480, rng.randint(1, 1500)))
        self.assertEqual(time.advance(moment, 60 * minutes), slow.advance(moment, minutes))
        self.assertEqual(time.retreat(moment, 60 * minutes), slow.retreat(moment, minutes))
        other = moment + 60 * rng.randint(-3000, 3000)
        self.assertEqual(time.worked(min(moment, other), max(moment, other)),
                         slow.worked(min(moment, other), max(moment, other)))
        days = rng.choice((1, -1)) * rng.randint(1, 3)
        self.assertEqual(limits.shifted(time, tz, moment, days, "days"), slow.shift_days(moment, days))
        pauses = []
        for _pause in range(rng.randint(0, 3)):
            start = moment + 60 * rng.randint(-600, 3000)
            pauses.append((start, start + 60 * rng.randint(0, 900)))
        self.assertEqual(limits.deadline(time, tz, moment, minutes / 60, "hours", pauses=pauses),
                         slow.advance(moment, minutes, pauses))
        self.assertEqual(limits.deadline(time, tz, moment, minutes, "minutes", before=True, pauses=pauses),
                         slow.retreat(moment, minutes))
        part = 60 * rng.randint(1, 10) / time.day_seconds
        self.assertEqual(limits.shifted(time, tz, moment, 2 + part, "days"),
                         slow.advance(slow.shift_days(moment, 2), round(part * time.day_seconds) // 60))
