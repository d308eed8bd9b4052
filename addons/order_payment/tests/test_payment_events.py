from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentEvents(PaymentCommon):

    def test_due_dates_follow_events(self):
        """PAY-1: the down payment is due a week after the order, the rest when the goods are ready and accepted."""
        order = self._order()
        self.assertEqual(order.payment_line_ids.mapped("date_due"), [self.today + timedelta(days=7), False, False])
        order._payment_event("ready", date(2027, 3, 1), "Packing list 7")
        order._payment_event("accepted", date(2027, 4, 30))
        self.assertEqual(order.payment_line_ids.mapped("date_due")[1:], [date(2027, 3, 1), date(2028, 4, 30)])
        order._payment_event("ready", date(2027, 3, 8), "Packing list 8")
        self.assertEqual(order.payment_line_ids[1].date_due, date(2027, 3, 8))
        order._payment_event("accepted", False)
        self.assertFalse(order.payment_line_ids[2].date_due)

    def test_day_is_the_companys(self):
        """PAY-1: a delivery at 17 o'clock UTC is one of the next day in Shanghai."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        order = self._order(payment_line_ids=self._lines(self._line("delivery", 100)))
        order._payment_event("delivered", datetime(2027, 3, 1, 17))
        self.assertEqual(order.payment_line_ids.date_due, date(2027, 3, 2))

    def test_later_event_implies_the_earlier(self):
        """PAY-1: what was delivered was ready, even if nobody has told so."""
        order = self._order()
        order._payment_event("delivered", date(2027, 3, 5))
        self.assertEqual(order.payment_line_ids[1].date_due, date(2027, 3, 5))

    def test_fixed_date(self):
        """PAY-1: a progress payment on a fixed date is due from the confirmation on, not of a quotation."""
        order = self._order(confirm=False, payment_line_ids=self._lines(
            self._line("progress", 100, date=date(2027, 5, 1))))
        self.assertFalse(order.payment_line_ids.date_due)
        order.action_confirm()
        self.assertEqual(order.payment_line_ids.date_due, date(2027, 5, 1))

    def test_people_tell_what_no_document_tells(self):
        """PAY-1: sales and finance tell an acceptance, with the proof; not in the future; it stands in the history."""
        order = self._order()
        for user in (self.sales, self.accountant):
            wizard = self.env["order.payment.happened"].with_user(user).create({
                "order_id": order.id, "event": "accepted", "date": self.today, "source": "Record 12"})
            wizard.action_confirm()
        self.assertRecordValues(order.payment_event_ids, [{"event": "accepted", "source": "Record 12"}])
        self.assertIn("Record 12", order.message_ids[0].body)
        wizard.date = self.today + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "in the future"):
            wizard.action_confirm()
        stranger = self._user("stranger", "base.group_user")
        with self.assertRaises(AccessError):
            order.with_user(stranger)._tell_payment_event("accepted", self.today, "")

    def test_events_have_one_door(self):
        """PAY-1: nobody writes events by hand, not even on the order."""
        order = self._order()
        with self.assertRaises(AccessError):
            self.env["order.payment.event"].with_user(self.manager).create({
                "order_id": order.id, "event": "accepted", "date": self.today})
        with self.assertRaises(AccessError):
            order.with_user(self.manager).write({"payment_event_ids": [(0, 0, {
                "event": "accepted", "date": self.today})]})

    def test_what_holds_a_release(self):
        """PAY-2: down payment and what is due before delivery hold the goods, the retention does not; one sentence."""
        order = self._order()
        self.assertEqual(order._get_payments_due(), order.payment_line_ids[:2])
        self.assertEqual(order._get_payments_due("contract"), order.payment_line_ids[0])
        self.assertIn("not paid yet: Down payment", order._get_payment_problem("contract"))
        order._payment_event("accepted", self.today - timedelta(days=800))
        self.assertEqual(order._get_payments_due(), order.payment_line_ids, "all that is due by now")
        self._pay(order._create_invoices())
        self.assertFalse(order._get_payments_due())
        self.assertEqual(order._get_payment_problem(), "")
