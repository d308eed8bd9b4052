from datetime import date

from odoo.tests import BaseCase

from ..kernel import limits
from ..kernel.worktime import ElapsedTable, WorkTime
from .test_worktime import SHANGHAI, at, weeks


class TestLimits(BaseCase):
    """From a limit to the deadline and the moments of its steps: the kernel alone."""

    def setUp(self):
        super().setUp()
        self.table = weeks(date(2026, 3, 2), 6)

    def _deadline(self, anchor, value, unit, **options):
        pauses = [(at(a), at(b)) for a, b in options.pop("pauses", ())]
        return limits.deadline(self.table, SHANGHAI, at(anchor), value, unit, pauses=pauses, **options)

    def test_units(self):
        """SLA-1: a limit in minutes, hours or days."""
        self.assertEqual(self._deadline("2026-03-02 16:30", 45, "minutes"), at("2026-03-03 08:15"))
        self.assertEqual(self._deadline("2026-03-02 16:30", 8, "hours"), at("2026-03-03 16:30"))
        self.assertEqual(self._deadline("2026-03-02 16:30", 3, "days"), at("2026-03-05 16:30"))

    def test_decimals(self):
        """SLA-1: 2.75 hours are 165 minutes, 0.5 minutes 30 seconds, half a day is half of a day's hours."""
        self.assertEqual(self._deadline("2026-03-02 16:30", 2.75, "hours"), at("2026-03-03 10:15"))
        self.assertEqual(self._deadline("2026-03-02 16:30", 0.5, "minutes"), at("2026-03-02 16:30") + 30)
        self.assertEqual(self._deadline("2026-03-02 16:30", 0.1, "hours"), at("2026-03-02 16:36"))
        self.assertEqual(self._deadline("2026-03-03 09:00", 2.5, "hours", before=True), at("2026-03-02 15:30"))
        time = WorkTime(lambda _first, _last: self.table, 8 * 3600)
        for start, days, expected in (("2026-03-02 09:00", 0.5, "2026-03-02 14:00"),
                                      ("2026-03-06 16:00", 1.25, "2026-03-10 09:00"),
                                      ("2026-03-10 09:00", -1.25, "2026-03-06 16:00")):
            self.assertEqual(limits.shifted(time, SHANGHAI, at(start), days, "days"), at(expected))
        self.assertEqual(limits.shifted(ElapsedTable, SHANGHAI, at("2026-03-02 09:00"), 1.5, "days"),
                         at("2026-03-03 21:00"))

    def test_bounds(self):
        """SLA-4: what no clock can count is told apart, whatever number or date it is."""
        for value, unit, wrong in ((3650, "days", False), (3651, "days", True), (87600, "hours", False),
                                   (87601, "hours", True), (10 ** 400, "minutes", True), (-(10 ** 9), "hours", True),
                                   (float("nan"), "hours", True), (float("inf"), "days", True), (0, "days", False)):
            self.assertEqual(limits.is_too_long(value, unit), wrong, (value, unit))
        today = date(2026, 3, 2)
        for year, wrong in ((2026, False), (2046, False), (2047, True), (9999, True), (2006, False), (1, True)):
            self.assertEqual(limits.is_far(date(year, 12, 31), today), wrong, year)

    def test_before_a_date(self):
        """SLA-1: five working days before the close of work of the planned arrival."""
        self.assertEqual(self._deadline("2026-03-20 17:00", 5, "days", before=True), at("2026-03-13 17:00"))
        self.assertEqual(self._deadline("2026-03-20 17:00", 8, "hours", before=True), at("2026-03-20 08:00"))

    def test_before_a_date_pauses_do_not_count(self):
        """SLA-1: what must be ready before a date must be so, waiting or not; the date itself may move."""
        self.assertEqual(self._deadline(
            "2026-03-20 17:00", 5, "days", before=True, pauses=[("2026-03-09 09:00", "2026-03-11 09:00")]),
            at("2026-03-13 17:00"))

    def test_days_with_a_pause(self):
        """SLA-1, PLN-16: what a pause takes from a limit in days is given back as working time."""
        self.assertEqual(self._deadline("2026-03-02 09:00", 2, "days", pauses=[
            ("2026-03-02 10:00", "2026-03-02 12:00")]), at("2026-03-04 11:00"))
        self.assertEqual(self._deadline("2026-03-02 09:00", 2, "days", pauses=[
            ("2026-03-05 10:00", "2026-03-05 12:00")]), at("2026-03-04 09:00"))

    def test_elapsed(self):
        """SLA-1: clock time, with pauses."""
        moment = at("2026-03-06 16:00")
        self.assertEqual(limits.deadline(ElapsedTable, SHANGHAI, moment, 48, "hours"), at("2026-03-08 16:00"))
        self.assertEqual(limits.deadline(
            ElapsedTable, SHANGHAI, moment, 48, "hours", pauses=[(moment + 60, moment + 3660)]),
            at("2026-03-08 17:00"))
        self.assertEqual(limits.deadline(
            ElapsedTable, SHANGHAI, moment, 2, "days", pauses=[(moment + 60, moment + 3660)]),
            at("2026-03-08 17:00"))

    def test_step_moments(self):
        """SLA-1: steps before and after the deadline, in the clock's own time."""
        due = at("2026-03-03 08:30")
        step = limits.step_moment
        self.assertEqual(step(self.table, SHANGHAI, due, 1, "hours", "before"), at("2026-03-02 16:30"))
        self.assertEqual(step(self.table, SHANGHAI, due, 0, "hours", "after"), due)
        self.assertEqual(step(self.table, SHANGHAI, due, 1, "days", "after"), at("2026-03-04 08:30"))

    def test_reminders_before_the_start(self):
        """SLA-1: of reminders that lie before the clock's start only the last one is given, and at once."""
        steps = {1: (100, "before"), 2: (200, "before"), 3: (350, "before"), 4: (400, "after"), 5: (500, "after")}
        self.assertEqual(limits.due_steps(steps, 250, 400), {2: 200, 3: 350, 4: 400, 5: 500})
        self.assertEqual(limits.due_steps(steps, 50, 400), {1: 100, 2: 200, 3: 350, 4: 400, 5: 500})

    def test_no_reminder_of_a_deadline_that_has_passed(self):
        """SLA-1: a clock that begins after its deadline reminds of nothing, it escalates."""
        steps = {1: (100, "before"), 4: (400, "after"), 5: (500, "after")}
        self.assertEqual(limits.due_steps(steps, 450, 400), {4: 400, 5: 500})
