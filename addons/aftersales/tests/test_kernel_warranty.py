from datetime import date

from odoo.tests import BaseCase

from ..kernel import warranty
from ..kernel.warranty import Term

USUAL = Term(12, "commissioning", 6)


class TestWarrantyKernel(BaseCase):
    def test_begins_with_its_event(self):
        """AFT-4: from commissioning, from delivery, and at the latest so many months after delivery."""
        for term, commissioned, first, last in (
            (USUAL, date(2026, 3, 1), date(2026, 3, 1), date(2027, 3, 1)),
            (USUAL, date(2026, 12, 1), date(2026, 7, 15), date(2027, 7, 15)),
            (USUAL, None, date(2026, 7, 15), date(2027, 7, 15)),
            (Term(12, "commissioning", 0), None, None, None),
            (Term(24, "delivery", 0), None, date(2026, 1, 15), date(2028, 1, 15)),
            (Term(1, "delivery", 0), date(2026, 3, 1), date(2026, 1, 15), date(2026, 2, 15)),
        ):
            with self.subTest(term, commissioned=commissioned):
                delivered = date(2026, 1, 15)
                self.assertEqual(warranty.begin(term, delivered, commissioned), first)
                self.assertEqual(warranty.end(term, delivered, commissioned), last)

    def test_ends_of_months(self):
        """AFT-4: a month that is shorter ends on its last day."""
        self.assertEqual(warranty.end(Term(1, "delivery", 0), date(2026, 1, 31), None), date(2026, 2, 28))
        self.assertEqual(warranty.end(Term(12, "delivery", 0), date(2024, 2, 29), None), date(2025, 2, 28))

    def test_judged_by_the_day(self):
        """AFT-4: covered to the last day, longer by the repairs; before it begins too; unknown without term or
        delivery."""
        delivered, commissioned = date(2026, 1, 15), date(2026, 3, 1)
        for term, begun, extension, day, expected in (
            (USUAL, commissioned, 0, date(2027, 3, 1), "in"),
            (USUAL, commissioned, 0, date(2027, 3, 2), "out"),
            (USUAL, commissioned, 9, date(2027, 3, 10), "in"),
            (USUAL, commissioned, 9, date(2027, 3, 11), "out"),
            (Term(12, "commissioning", 0), None, 0, date(2040, 1, 1), "in"),
            (USUAL, None, 0, date(2026, 2, 1), "in"),
            (None, commissioned, 0, date(2026, 4, 1), "unknown"),
        ):
            with self.subTest(term, day=day):
                self.assertEqual(warranty.judge(term, delivered, begun, extension, day), expected)
        self.assertEqual(warranty.judge(USUAL, None, None, 0, date(2026, 2, 1)), "unknown")
