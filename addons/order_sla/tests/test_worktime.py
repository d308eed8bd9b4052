import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytz

from odoo.tests import BaseCase

from ..kernel.pauses import deadline_with_pauses, used
from ..kernel.worktime import (
    ElapsedTable,
    NoWorkingTime,
    OutOfTable,
    WorkTable,
    WorkTime,
    local_date,
    merged,
    midnight,
)

SHANGHAI = pytz.timezone("Asia/Shanghai")
BERLIN = pytz.timezone("Europe/Berlin")


def at(text, tz=SHANGHAI):
    """Moment of a wall-clock time."""
    return round(tz.localize(datetime.strptime(text, "%Y-%m-%d %H:%M")).timestamp())


def weeks(first, count, tz=SHANGHAI, hours=((8, 12), (13, 17)), off=()):
    """Table of so many weeks of Monday to Friday, from a Monday on."""
    intervals = []
    for day in range(7 * count):
        current = first + timedelta(days=day)
        if current.weekday() < 5 and current not in off:
            begin = midnight(current.toordinal(), tz)
            intervals += [(begin + start * 3600, begin + stop * 3600) for start, stop in hours]
    return WorkTable(intervals, at(f"{first} 00:00", tz), at(f"{first + timedelta(days=7 * count)} 00:00", tz))


class TestWorkTable(BaseCase):
    """The kernel alone: no registry, no database."""

    def setUp(self):
        super().setUp()
        self.table = weeks(date(2026, 3, 2), 4)

    def test_advance_within_and_across_breaks(self):
        """SLA-1: working hours skip breaks, nights and weekends."""
        for start, hours, expected in [
            ("2026-03-02 09:00", 1, "2026-03-02 10:00"),
            ("2026-03-02 11:00", 2, "2026-03-02 14:00"),
            ("2026-03-02 16:00", 8, "2026-03-03 16:00"),
            ("2026-03-06 16:00", 4, "2026-03-09 11:00"),
            ("2026-03-07 12:00", 1, "2026-03-09 09:00"),
            ("2026-03-02 05:00", 8, "2026-03-02 17:00"),
        ]:
            with self.subTest(start=start, hours=hours):
                self.assertEqual(self.table.advance(at(start), hours * 3600), at(expected))

    def test_advance_ends_with_the_working_day(self):
        """SLA-1: a limit that is used up at the close of work ends there, not after the night."""
        self.assertEqual(self.table.advance(at("2026-03-06 13:00"), 4 * 3600), at("2026-03-06 17:00"))
        self.assertEqual(self.table.advance(at("2026-03-06 13:00"), 4 * 3600 + 1), at("2026-03-09 08:00") + 1)

    def test_advance_zero_stays(self):
        """SLA-1: no time to pass is the start itself, also outside working time."""
        self.assertEqual(self.table.advance(at("2026-03-07 12:00"), 0), at("2026-03-07 12:00"))
        self.assertEqual(self.table.retreat(at("2026-03-07 12:00"), 0), at("2026-03-07 12:00"))

    def test_retreat(self):
        """SLA-1: backwards it is the latest moment from which the time remains."""
        for end, hours, expected in [
            ("2026-03-03 09:00", 1, "2026-03-03 08:00"),
            ("2026-03-03 09:00", 2, "2026-03-02 16:00"),
            ("2026-03-03 08:00", 1, "2026-03-02 16:00"),
            ("2026-03-08 12:00", 8, "2026-03-06 08:00"),
            ("2026-03-09 10:00", 2, "2026-03-09 08:00"),
        ]:
            with self.subTest(end=end, hours=hours):
                self.assertEqual(self.table.retreat(at(end), hours * 3600), at(expected))

    def test_negative_durations_turn_round(self):
        """SLA-1: a negative advance is a retreat."""
        moment = at("2026-03-04 10:00")
        self.assertEqual(self.table.advance(moment, -7200), self.table.retreat(moment, 7200))
        self.assertEqual(self.table.retreat(moment, -7200), self.table.advance(moment, 7200))

    def test_worked_is_signed(self):
        """SLA-2: overdue time is negative remaining time."""
        early, late = at("2026-03-06 16:00"), at("2026-03-09 09:00")
        self.assertEqual(self.table.worked(early, late), 7200)
        self.assertEqual(self.table.worked(late, early), -7200)
        self.assertEqual(self.table.worked(at("2026-03-07 01:00"), at("2026-03-08 23:00")), 0)

    def test_days_keep_the_time_on_the_clock(self):
        """SLA-1: working days count dates; the hour stays, within that date's working time."""
        for start, days, expected in [
            ("2026-03-02 09:00", 1, "2026-03-03 09:00"),
            ("2026-03-06 15:00", 1, "2026-03-09 15:00"),
            ("2026-03-02 12:30", 1, "2026-03-03 13:00"),   # in the break: the next interval
            ("2026-03-02 20:00", 2, "2026-03-04 17:00"),   # after hours: the close of work
            ("2026-03-02 06:00", 1, "2026-03-03 08:00"),   # before hours: their begin
            ("2026-03-07 10:00", 1, "2026-03-09 10:00"),   # from a Saturday
            ("2026-03-03 09:00", -1, "2026-03-02 09:00"),
            ("2026-03-09 15:00", -1, "2026-03-06 15:00"),
            ("2026-03-20 17:00", -5, "2026-03-13 17:00"),
        ]:
            with self.subTest(start=start, days=days):
                self.assertEqual(self.table.advance_days(at(start), days, SHANGHAI), at(expected))
                self.assertEqual(self.table.retreat_days(at(start), -days, SHANGHAI), at(expected))

    def test_days_across_a_change_of_summer_time(self):
        """SLA-1: the hour on the wall stays when summer time begins or ends."""
        table = weeks(date(2026, 3, 23), 4, BERLIN)
        before, after = at("2026-03-27 15:00", BERLIN), at("2026-03-30 15:00", BERLIN)
        self.assertEqual(after - before, 3 * 86400 - 3600)
        self.assertEqual(table.advance_days(before, 1, BERLIN), after)
        self.assertEqual(table.advance_days(after, -1, BERLIN), before)

    def test_night_shift_counts_to_both_dates(self):
        """SLA-1: an interval across midnight belongs to two dates."""
        table = WorkTable([(at("2026-03-02 22:00"), at("2026-03-03 06:00"))],
                          at("2026-03-01 00:00"), at("2026-03-05 00:00"))
        self.assertEqual(table.advance_days(at("2026-03-01 23:00"), 1, SHANGHAI), at("2026-03-02 23:00"))
        self.assertEqual(table.advance_days(at("2026-03-01 05:00"), 2, SHANGHAI), at("2026-03-03 05:00"))

    def test_time_zone_of_the_standard_library(self):
        """SLA-1: zoneinfo and pytz mean the same."""
        moment = at("2026-03-26 15:00", BERLIN)
        table = weeks(date(2026, 3, 23), 4, BERLIN)
        ours, theirs = (table.advance_days(moment, 3, tz) for tz in (BERLIN, ZoneInfo("Europe/Berlin")))
        self.assertEqual(ours, theirs)

    def test_close_of_work(self):
        """SLA-1: a date counts as its close of work; an idle date as that of the working date before."""
        self.assertEqual(self.table.close_of_work(date(2026, 3, 6).toordinal(), SHANGHAI), at("2026-03-06 17:00"))
        self.assertEqual(self.table.close_of_work(date(2026, 3, 8).toordinal(), SHANGHAI), at("2026-03-06 17:00"))

    def test_spans_cut_the_running_interval(self):
        """SLA-2: the widget gets what is left of the running interval and the next ones."""
        self.assertEqual(self.table.spans(at("2026-03-06 14:00"), 2), [
            [at("2026-03-06 14:00"), at("2026-03-06 17:00")], [at("2026-03-09 08:00"), at("2026-03-09 12:00")]])
        self.assertEqual(self.table.spans(at("2026-03-07 14:00"), 1),
                         [[at("2026-03-09 08:00"), at("2026-03-09 12:00")]])

    def test_beyond_the_table_is_said(self):
        """SLA-4: a table never guesses what lies beyond it."""
        for question in (
            lambda: self.table.advance(at("2026-03-27 16:00"), 7200),
            lambda: self.table.retreat(at("2026-03-02 09:00"), 7200),
            lambda: self.table.worked(at("2026-03-02 09:00"), at("2026-04-02 09:00")),
            lambda: self.table.advance_days(at("2026-03-27 16:00"), 1, SHANGHAI),
            lambda: self.table.retreat_days(at("2026-03-02 16:00"), 1, SHANGHAI),
            lambda: self.table.close_of_work(date(2026, 4, 2).toordinal(), SHANGHAI),
            lambda: WorkTable([]).advance(0, 1),
        ):
            self.assertRaises(OutOfTable, question)

    def test_intervals_in_any_order_and_overlapping(self):
        """SLA-1: the table sorts and merges what it is given."""
        self.assertEqual(merged([(5, 9), (1, 3), (3, 4), (8, 12), (20, 20)]), [[1, 4], [5, 12]])
        self.assertEqual(WorkTable([(5, 9), (1, 3), (8, 12)]).total, 9)

    def test_random_tables_against_counting_seconds(self):
        """SLA-1: 2,000 random questions answered as if each second were counted one by one."""
        rng = random.Random(19)
        for _case in range(400):
            working = [rng.random() < 0.5 for _second in range(rng.randint(5, 60))]
            table = WorkTable([(i, i + 1) for i, works in enumerate(working) if works], 0, len(working))
            for _question in range(5):
                self._compare(table, working, rng.randint(0, len(working)), rng.randint(1, len(working)))

    def _compare(self, table, working, moment, seconds):
        after = [i for i in range(moment, len(working)) if working[i]]
        before = [i for i in range(moment) if working[i]]
        if len(after) >= seconds:
            self.assertEqual(table.advance(moment, seconds), after[seconds - 1] + 1)
        else:
            self.assertRaises(OutOfTable, table.advance, moment, seconds)
        if len(before) >= seconds:
            self.assertEqual(table.retreat(moment, seconds), before[-seconds])
        else:
            self.assertRaises(OutOfTable, table.retreat, moment, seconds)
        self.assertEqual(table.position(moment), len(before))


class TestPauses(BaseCase):
    def setUp(self):
        super().setUp()
        self.table = weeks(date(2026, 3, 2), 4)
        self.start = at("2026-03-02 09:00")

    def _deadline(self, *pauses, hours=8):
        return deadline_with_pauses(self.table.advance, self.table.worked, self.start, hours * 3600,
                                    [(at(a), at(b)) for a, b in pauses])

    def test_pause_adds_its_working_time(self):
        """SLA-1, PLN-16: waiting does not count, but only working time is lost by it."""
        self.assertEqual(self._deadline(("2026-03-02 10:00", "2026-03-02 12:00")), at("2026-03-03 11:00"))
        self.assertEqual(self._deadline(("2026-03-02 17:00", "2026-03-03 08:00")), at("2026-03-03 09:00"))
        self.assertEqual(self._deadline(("2026-03-02 16:00", "2026-03-05 09:00")), at("2026-03-05 11:00"))

    def test_pause_after_the_deadline_changes_nothing(self):
        """SLA-1: a limit that is used up cannot be stretched afterwards."""
        self.assertEqual(self._deadline(("2026-03-03 09:00", "2026-03-04 09:00")), at("2026-03-03 09:00"))

    def test_several_pauses(self):
        """SLA-1: each pause counts once, also when they overlap or one falls into the time that another has won."""
        overlapping = self._deadline(("2026-03-02 10:00", "2026-03-02 12:00"), ("2026-03-02 11:00", "2026-03-02 14:00"))
        self.assertEqual(overlapping, self._deadline(("2026-03-02 10:00", "2026-03-02 14:00")))
        self.assertEqual(self._deadline(
            ("2026-03-02 10:00", "2026-03-02 12:00"), ("2026-03-03 10:00", "2026-03-03 14:00")),
            at("2026-03-03 15:00"))

    def test_limit_of_nothing_is_not_moved(self):
        """SLA-1: where there is no time to lose none is given back, also if the start lies in a pause."""
        for pause in (("2026-03-02 08:00", "2026-03-02 15:00"), ("2026-03-02 09:00", "2026-03-04 15:00")):
            self.assertEqual(self._deadline(pause, hours=0), self.start)

    def test_pause_before_the_start_does_not_count(self):
        """SLA-1: only what is lost after the start is given back."""
        self.assertEqual(self._deadline(("2026-03-02 08:00", "2026-03-02 10:00")), at("2026-03-03 10:00"))

    def test_used_time(self):
        """SLA-3: the time used is the working time less the pauses."""
        pauses = [(at("2026-03-02 10:00"), at("2026-03-02 12:00"))]
        self.assertEqual(used(self.table.worked, self.start, at("2026-03-02 15:00"), pauses), 3 * 3600)
        self.assertEqual(used(self.table.worked, self.start, at("2026-03-02 11:00"), pauses), 3600)

    def test_random_pauses_keep_the_budget(self):
        """SLA-1: whatever the pauses, the time used up at the deadline is the limit."""
        rng = random.Random(7)
        for _case in range(1000):
            pauses = []
            for _pause in range(rng.randint(0, 3)):
                begin = self.start + rng.randint(0, 3 * 86400)
                pauses.append((begin, begin + rng.randint(60, 86400)))
            limit = rng.randint(60, 12 * 3600)
            deadline = deadline_with_pauses(self.table.advance, self.table.worked, self.start, limit, pauses)
            self.assertEqual(used(self.table.worked, self.start, deadline, pauses), limit)


class TestElapsedTable(BaseCase):
    def test_clock_time(self):
        """SLA-1: clock time runs around the clock."""
        moment = at("2026-03-06 16:00")
        self.assertEqual(ElapsedTable.advance(moment, 86400), at("2026-03-07 16:00"))
        self.assertEqual(ElapsedTable.retreat(moment, 86400), at("2026-03-05 16:00"))
        self.assertEqual(ElapsedTable.worked(moment, moment - 60), -60)
        self.assertEqual(ElapsedTable.close_of_work(date(2026, 3, 6).toordinal(), SHANGHAI), at("2026-03-07 00:00"))
        self.assertEqual(ElapsedTable.spans(moment, 5), [])

    def test_days_across_a_change_of_summer_time(self):
        """SLA-1: a day later is the same hour on the wall, not 24 hours later."""
        moment = at("2026-03-28 15:00", BERLIN)
        self.assertEqual(ElapsedTable.advance_days(moment, 1, BERLIN), moment + 23 * 3600)
        self.assertEqual(ElapsedTable.retreat_days(moment + 23 * 3600, 1, BERLIN), moment)
        self.assertEqual(ElapsedTable.advance_days(moment, 0, BERLIN), moment)


class TestWorkTime(BaseCase):
    def _load(self, first, last):
        self.loaded.append((first, last))
        monday = date(first, 1, 1) + timedelta(days=-date(first, 1, 1).weekday())
        return weeks(monday, (last - first + 1) * 53 + 1) if self.hours else WorkTable(
            [], at(f"{first}-01-01 00:00"), at(f"{last}-12-31 00:00"))

    def setUp(self):
        super().setUp()
        self.loaded, self.hours = [], True

    def test_one_table_answers_what_is_near(self):
        """SLA-4: a small table is loaded once for ordinary questions."""
        time = WorkTime(self._load)
        time.advance(at("2026-03-02 09:00"), 3600)
        time.retreat(at("2026-12-02 09:00"), 3600)
        time.worked(at("2025-06-02 09:00"), at("2027-06-02 09:00"))
        time.spans(at("2026-03-02 09:00"), 3)
        time.close_of_work(date(2026, 3, 6).toordinal(), SHANGHAI)
        self.assertEqual(self.loaded, [(2025, 2027)])

    def test_far_answers_widen_the_table(self):
        """SLA-4: a limit of 10,000 working hours is found, in a wider table."""
        time = WorkTime(self._load)
        far = time.advance(at("2026-03-02 09:00"), 10000 * 3600)
        self.assertEqual(time.worked(at("2026-03-02 09:00"), far), 10000 * 3600)
        self.assertEqual(self.loaded, [(2025, 2027), (2020, 2032)])
        self.assertEqual(time.advance_days(at("2026-03-02 09:00"), 5, SHANGHAI), at("2026-03-09 09:00"))
        self.assertEqual(time.retreat_days(at("2026-03-09 09:00"), 5, SHANGHAI), at("2026-03-02 09:00"))

    def test_no_working_time_ends_at_once(self):
        """SLA-4: an empty calendar is an answer, not an endless loop."""
        self.hours = False
        time = WorkTime(self._load)
        self.assertRaises(NoWorkingTime, time.advance, at("2026-03-02 09:00"), 1)
        self.assertRaises(NoWorkingTime, time.retreat_days, at("2026-03-02 09:00"), 1, SHANGHAI)
        self.assertEqual(time.worked(at("2026-03-02 09:00"), at("2026-03-03 09:00")), 0)
        self.assertLessEqual(len(self.loaded), 3)

    def test_too_little_working_time_ends_too(self):
        """SLA-4: more time than the horizon holds is not searched for without end."""
        time = WorkTime(self._load)
        self.assertRaises(NoWorkingTime, time.advance, at("2026-03-02 09:00"), 10 ** 9)
        self.assertLessEqual(len(self.loaded), 4)

    def test_moments_too_far_apart_are_refused_at_once(self):
        """SLA-4: a year 3026 is not laid out for minutes, and a year 9999 ends in no OverflowError."""
        time = WorkTime(self._load)
        for far in (at("2207-03-02 09:00"), at("3026-03-02 09:00"), at("9999-12-30 00:00"), at("1026-03-02 09:00")):
            self.assertRaises(NoWorkingTime, time.worked, at("2026-03-02 09:00"), far)
        for far in (at("9999-12-30 00:00"), at("0001-02-01 00:00")):
            self.assertRaises(NoWorkingTime, WorkTime(self._load).advance, far, 60)
        self.assertEqual(self.loaded, [])
        self.assertEqual(time.worked(at("2026-03-02 09:00"), at("2026-03-02 10:00")), 3600, "it still answers")

    def test_dates_of_moments(self):
        """SLA-1: dates are those of the time zone."""
        self.assertEqual(local_date(at("2026-03-02 00:00"), SHANGHAI), date(2026, 3, 2).toordinal())
        self.assertEqual(midnight(date(2026, 3, 2).toordinal(), SHANGHAI), at("2026-03-02 00:00"))
        self.assertEqual(datetime.fromtimestamp(at("2026-03-02 00:00"), timezone.utc).hour, 16)
