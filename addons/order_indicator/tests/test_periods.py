from datetime import date

from odoo.tests import BaseCase

from ..kernel.periods import KINDS, LINE, Span, compared, months


class TestPeriods(BaseCase):
    def test_running_period_is_compared_with_as_much_of_the_former_one(self):
        """EVA-2: eighteen days of March with eighteen of February, as many days of a week or quarter."""
        today = date(2026, 3, 18)
        for kind, current, former in (
                ("week", (date(2026, 3, 16), date(2026, 3, 19)), (date(2026, 3, 9), date(2026, 3, 12))),
                ("month", (date(2026, 3, 1), date(2026, 3, 19)), (date(2026, 2, 1), date(2026, 2, 19))),
                ("quarter", (date(2026, 1, 1), date(2026, 3, 19)), (date(2025, 10, 1), date(2025, 12, 17))),
                ("year", (date(2026, 1, 1), date(2026, 3, 19)), (date(2025, 1, 1), date(2025, 3, 19)))):
            with self.subTest(kind):
                found = compared(kind, today)
                self.assertEqual((found.current, found.former), (Span(*current), Span(*former)))

    def test_former_month_that_is_shorter_is_taken_whole(self):
        """EVA-2: 31 March is compared with the whole of February, 29 February with the 28th of the year before."""
        self.assertEqual(compared("month", date(2026, 3, 31)).former, Span(date(2026, 2, 1), date(2026, 3, 1)))
        self.assertEqual(compared("year", date(2028, 2, 29)).former, Span(date(2027, 1, 1), date(2027, 3, 1)))

    def test_complete_periods_follow_each_other(self):
        """EVA-2: the last month against the one before it, over the turn of a year, too."""
        found = compared("last_month", date(2026, 1, 5))
        self.assertEqual(found.current, Span(date(2025, 12, 1), date(2026, 1, 1)))
        self.assertEqual(found.former, Span(date(2025, 11, 1), date(2025, 12, 1)))

    def test_line_ends_with_the_period_and_has_no_gaps(self):
        """RPT-2: twelve periods, each beginning where the one before ends, up to the day."""
        for kind in KINDS:
            for today in (date(2026, 3, 18), date(2026, 1, 1), date(2028, 2, 29)):
                with self.subTest(kind, today=today):
                    found = compared(kind, today)
                    self.assertEqual(len(found.line), LINE)
                    self.assertEqual(found.line[-1].stop, found.current.stop)
                    for before, after in zip(found.line, found.line[1:], strict=False):
                        self.assertEqual(before.stop, after.start)

    def test_days_are_their_part_of_a_month(self):
        """EVA-2: a whole month is one, a quarter three, 18 days of March 18/31, a week over a month's end its parts."""
        for start, stop, wanted in (
                (date(2026, 2, 1), date(2026, 3, 1), 1), (date(2026, 1, 1), date(2026, 4, 1), 3),
                (date(2026, 3, 1), date(2026, 3, 19), 18 / 31), (date(2026, 2, 23), date(2026, 3, 2), 6 / 28 + 1 / 31)):
            with self.subTest(start=start):
                self.assertAlmostEqual(months(Span(start, stop)), wanted)
