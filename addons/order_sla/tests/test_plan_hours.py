import random
from bisect import bisect_right
from contextlib import nullcontext
from datetime import datetime, timedelta
from itertools import islice
from unittest.mock import patch

from pytz import utc

from odoo.tests import tagged

from ..tools.moments import to_datetime, to_moment
from .test_resource_calendar import CalendarCommon


@tagged("-at_install", "post_install")
class TestAgainstPlanHours(CalendarCommon):
    """Core's own deadlines as the judge, wherever both answer the same question."""

    #: calendars by random cases
    CASES = 2500
    #: so many cases one is asked of core as it is; for the others core's working intervals, read once, are kept
    UNAIDED = 10
    KNOWN = datetime(2024, 1, 1, tzinfo=utc), datetime(2029, 1, 1, tzinfo=utc)

    def _calendars(self):
        for name, tz, hours, days in (
            ("Shanghai", "Asia/Shanghai", ((8, 12), (13, 17)), "01234"),
            ("Berlin", "Europe/Berlin", ((7.5, 12.25), (13.1, 16.7)), "01234"),
            ("New York shifts", "America/New_York", ((0, 6), (14, 24)), "0123456"),
            ("Lord Howe", "Australia/Lord_Howe", ((9, 17.5),), "135"),
        ):
            calendar = self._new_calendar(name, tz, hours, days)
            rng = random.Random(name)
            for _leave in range(25):
                begin = datetime(2025, 1, 1) + timedelta(hours=rng.randint(0, 24 * 900))
                self.env["resource.calendar.leaves"].create({
                    "name": "Holiday", "calendar_id": calendar.id, "date_from": begin,
                    "date_to": begin + timedelta(hours=rng.choice((4, 24, 72, 240)), seconds=-rng.randint(0, 1))})
            yield calendar

    def test_random_deadlines(self):
        """SLA-1: 10,000 random limits, forwards and backwards, have core's deadline, or the same time is consumed."""
        different, cases = 0, 0
        for calendar in self._calendars():
            rng, time = random.Random(calendar.name), self._time(calendar)
            kept = self._kept_intervals(calendar)
            for case in range(self.CASES):
                start = datetime(2025, 6, 1) + timedelta(minutes=rng.randint(0, 60 * 24 * 600))
                minutes = rng.choice((1, -1)) * rng.choice((15, 60, 240, 480, rng.randint(1, 6000)))
                cases += 1
                with nullcontext() if case % self.UNAIDED == 0 else kept:
                    different += self._compare(calendar, time, start, minutes)
        self.assertEqual(cases, 10000)
        self.assertLess(different, cases // 100)

    def _kept_intervals(self, calendar):
        """Core's ``plan_hours`` goes on with core's intervals, cut out of those of some years: computing each fortnight
        anew, with its queries, is what takes its time."""
        first, last = self.KNOWN
        known = list(calendar._work_intervals_batch(first, last)[False])
        stops = [stop for _start, stop, _meta in known]

        def cut(_calendar, start, stop, **_options):
            self.assertTrue(first <= start < stop <= last)
            intervals = []
            for begin, end, meta in islice(known, bisect_right(stops, start), None):
                if begin >= stop:
                    break
                intervals.append((max(begin, start), min(end, stop), meta))
            return {False: intervals}

        return patch.object(self.registry["resource.calendar"], "_work_intervals_batch", cut)

    def _compare(self, calendar, time, start, minutes):
        """0 if both say the same; 1 if they differ but consume the same; else the test fails."""
        core = calendar.plan_hours(minutes / 60, start, compute_leaves=True)
        moment, seconds = to_moment(start), minutes * 60
        mine = time.advance(moment, seconds)
        theirs = round((core - datetime(1970, 1, 1)).total_seconds())
        if abs(mine - theirs) <= 1:
            return 0
        used = time.worked(moment, theirs)
        self.assertLessEqual(
            abs(used - seconds), 1,
            f"{calendar.name}: {minutes} minutes from {start}: {to_datetime(mine)}, core says {core}, "
            f"which consumes {used} seconds")
        self.assertEqual(time.worked(moment, mine), seconds)
        # Forwards ours is the earliest such moment, backwards the latest: never later for the one who waits.
        self.assertTrue(mine < theirs if minutes > 0 else mine > theirs)
        return 1
