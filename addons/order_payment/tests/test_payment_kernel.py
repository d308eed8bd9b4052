from datetime import date

from odoo.tests import BaseCase

from ..kernel import payment_plan


def cents(amount):
    return round(amount, 2)


class TestPaymentKernel(BaseCase):

    def test_last_share_takes_what_rounding_leaves(self):
        """PAY-1: the shares of 100.01 add up to 100.01, whatever the shares."""
        for percents in ((30, 60, 10), (33.33, 33.33, 33.34), (50, 50), (100,)):
            amounts = payment_plan.shares(100.01, [(percent, None) for percent in percents], cents)
            self.assertEqual(cents(sum(amounts)), 100.01)
        self.assertEqual(payment_plan.shares(100.01, [(30, None), (60, None), (10, None)], cents), [30.0, 60.01, 10.0])

    def test_shares_share_what_fixed_amounts_leave(self):
        """PAY-1: an invoiced line of 30 stays when 100 become 120; the others share 90 as they shared 70."""
        amounts = payment_plan.shares(120, [(30, 30), (60, None), (10, None)], cents)
        self.assertEqual(amounts, [30, 77.14, 12.86])

    def test_only_fixed_amounts_do_not_follow(self):
        """PAY-1: a plan of fixed amounts stays what it is."""
        self.assertEqual(payment_plan.shares(120, [(0, 40), (0, 60)], cents), [40, 60])

    def test_money_is_laid_over_the_lines_in_their_order(self):
        """PAY-1: 70 over lines of 30, 60 and 10 pays the first and 40 of the second; 110 leaves 10 over."""
        self.assertEqual(payment_plan.pour(70, [30, 60, 10]), ([30, 40, 0], 0))
        self.assertEqual(payment_plan.pour(110, [30, 60, 10]), ([30, 60, 10], 10))
        self.assertEqual(payment_plan.pour(-5, [30, 60, 10]), ([0, 0, 0], 0))

    def test_fixed_amounts_above_the_order_leave_nothing(self):
        """PAY-1: an invoiced line of 30 in an order that is now 20 leaves the others nothing, and not less."""
        self.assertEqual(payment_plan.shares(20, [(30, 30), (60, None), (10, None)], cents), [30, 0, 0])
        self.assertEqual(payment_plan.shares(-20, [(50, None), (50, None)], cents), [-10, -10])

    def test_money_is_taken_back_from_the_end(self):
        """PAY-1: 50 back of 30, 60 and 10: the last and 40 of the one before; more than there is leaves nothing."""
        self.assertEqual(payment_plan.take_back(50, [30, 60, 10]), [30, 20, 0])
        self.assertEqual(payment_plan.take_back(500, [30, 60, 10]), [0, 0, 0])

    def test_months_end_with_the_month(self):
        """PAY-1: a month after 31 January is 28 February; days are counted after the months."""
        self.assertEqual(payment_plan.due_date(date(2027, 1, 31), 1, 0), date(2027, 2, 28))
        self.assertEqual(payment_plan.due_date(date(2027, 1, 31), 12, 30), date(2028, 3, 1))

    def test_age(self):
        """PAY-1: what is due today is of the youngest class, what is due tomorrow of none."""
        day = date(2027, 3, 1)
        for due, expected in ((date(2027, 3, 2), "later"), (day, "30"), (date(2027, 1, 30), "30"),
                              (date(2027, 1, 29), "60"), (date(2026, 11, 30), "older")):
            self.assertEqual(payment_plan.age(due, day), expected, due)
