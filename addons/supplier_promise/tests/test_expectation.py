from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.expectation import Said, expected_parts
from ..tools.said import parse_date, parse_number

D0, D1, D2, D3 = (date(2031, 3, day) for day in (1, 5, 10, 20))


@tagged("-at_install", "post_install")
class TestExpectation(BaseCase):
    def test_parts(self):
        """PUR-6: the last word counts; a part leaves the rest at its date; what came was to come first."""
        cases = (
            (10, 0, [], []),
            (10, 0, [Said(10, D2, D1, True)], [(10, D2)]),
            (10, 0, [Said(6, D1, D2, False)], [(6, D1), (4, D2)]),
            (10, 0, [Said(6, D1, D2, False), Said(4, D3, D2, False)], [(6, D1), (4, D3)]),
            (10, 0, [Said(6, D1, D2, False), Said(6, D3, D2, False)], [(4, D1), (6, D3)]),
            (10, 0, [Said(6, D1, D2, False), Said(10, D3, D2, True)], [(10, D3)]),
            (10, 6, [Said(6, D1, D2, False)], [(4, D2)]),
            (10, 4, [Said(6, D0, D2, True)], [(6, D0)]),
            (10, 10, [Said(10, D1, D2, True)], []),
            (12, 0, [Said(10, D1, D2, True)], [(12, D1)]),
            (10, 0, [Said(6, D1, D2, False), Said(6, D1, D2, False)], [(10, D1)]),
        )
        for ordered, received, said, expected in cases:
            with self.subTest(said=said, received=received):
                self.assertEqual(expected_parts(ordered, received, said), expected)

    def test_dates_as_people_write_them(self):
        """PUR-4: dates year first, in Chinese too; what is none is none."""
        for text in ("2031-03-05", "2031/3/5", "2031.3.5", "2031年3月5日", " 2031-3-05 "):
            self.assertEqual(parse_date(text), D1, text)
        for text in ("", None, "05/03/2031", "2031-13-01", "2031-02-30", "tomorrow", "31-03-05", "0000-01-01"):
            self.assertIsNone(parse_date(text), text)

    def test_numbers_as_people_write_them(self):
        """PUR-4: thousands and full-width digits; what is none is none."""
        for text, number in (("1200.5", 1200.5), ("1,200.5", 1200.5), ("１２", 12.0), ("-3", -3.0), (" 7 ", 7.0)):
            self.assertEqual(parse_number(text), number, text)
        for text in ("", None, "nan", "inf", "1e9", "1,2", "12 pcs", "9" * 400, "0x10", "1_000"):
            self.assertIsNone(parse_number(text), text)
