from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_delivery.tests.common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryPayment(DeliveryCommon):
    """An order of 4,040: 60 % before delivery, the rest a month after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._planned()
        cls.before, cls.after = cls.order.payment_line_ids

    @classmethod
    def _planned(cls, **values):
        kind = "order_payment.order_payment_kind_"
        return cls._order(payment_line_ids=[
            Command.create({"kind_id": cls.env.ref(f"{kind}before_delivery").id, "percent": 60}),
            Command.create({"kind_id": cls.env.ref(f"{kind}delivery").id, "percent": 40, "months": 1})], **values)

    def _pay(self, line):
        line.action_invoice()
        line.invoice_ids.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=line.invoice_ids.ids).create({})._create_payments()
        return line.invoice_ids

    def _allow(self, notice):
        notice.action_ask_override("Customer pays on Friday")
        notice.with_user(self.head).action_allow("An old customer")

    def test_no_release_with_payment_due(self):
        """DLV-1, PAY-2: without the payment before delivery the notice is not released; paid, it is; the sentence
        says no amounts, and what is due later holds nothing."""
        notice = self._notice(self.order, release=False)
        with self.assertRaisesRegex(UserError, "not paid yet: Before delivery: Due.* → sales") as caught:
            notice.action_release()
        self.assertNotIn("On delivery", str(caught.exception))
        self.assertNotRegex(str(caught.exception), r"2[,.]?424")
        self._pay(self.before)
        notice.action_release()
        self.assertEqual(notice.state, "released")

    def test_allowed_all_the_same(self):
        """DLV-1: whoever heads the order desk allows it with a reason, not the one who asks; for this payment only."""
        notice = self._notice(self.order, release=False)
        notice.action_ask_override("Customer pays on Friday")
        with self.assertRaises(AccessError):
            notice.action_allow("I am in a hurry")
        notice.with_user(self.head).action_allow("An old customer")
        notice.action_release()
        self.assertEqual(notice.sudo().override_codes, [f"payment:{self.before.id}"])
        self.assertGreater(self.before.amount_open, 0, "it is asked for all the same")
        self.order._payment_event("delivered", self.order.company_id._get_today().replace(year=2020))
        with self.assertRaisesRegex(UserError, "not paid yet: On delivery"):
            self._ship(notice)

    def test_released_is_ready(self):
        """DLV-1, PAY-1: goods that nobody has reserved are ready when they are ordered to leave, all of them."""
        order = self._planned()
        order.picking_ids.do_unreserve()
        self.env["order.payment.event"].search([("order_id", "=", order.id)]).unlink()
        notice = self._notice(order, release=False)
        self._allow(notice)
        self.assertFalse(order.payment_line_ids[0].date_due)
        notice.action_release()
        self.assertEqual(order.payment_line_ids[0].date_due, order.company_id._get_today())
        self.assertEqual(order.payment_event_ids.source, notice.name)

    def test_who_released_is_told(self):
        """PAY-2, DLV-1: the money goes back after the release: whoever released is told, and the goods are held up."""
        invoice = self._pay(self.before)
        notice = self._notice(self.order, release=False)
        notice.with_user(self.head).action_release()
        self.env.flush_all()
        invoice._get_reconciled_payments().action_draft()
        invoice.button_draft()
        invoice.button_cancel()
        self.env.cr.flush()
        todos = self.before.activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref("order_payment.mail_activity_type_reopened"))
        self.assertEqual(todos.user_id, self.seller | self.head)
        self.assertTrue(self.before.with_user(self.head).has_access("read"), "what he is asked about he can open")
        with self.assertRaisesRegex(UserError, "not paid yet: Before delivery"):
            self._ship(notice)

    def test_queries(self):
        """DLV-1: the payments of five notices are read in as many queries as those of one."""
        notices = self.env["delivery.notice"].browse([
            self._notice(self._planned(), release=False).id for _number in range(5)])
        counts = []
        for some in (notices[:1], notices):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._get_standing_problems()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_order_without_a_plan(self):
        """DLV-1: an order without a payment plan is released as ever, and told nothing."""
        order = self._order()
        notice = self._notice(order)
        self.assertEqual((notice.state, len(order.payment_event_ids)), ("released", 0))
