from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.order_review.tests.common import ReviewCommon


@tagged("-at_install", "post_install")
class TestOrderPaymentReview(ReviewCommon):
    """An order of 200: 30 % down, 60 % before delivery, 10 % retention."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.property_payment_term_id = cls.env.ref("order_payment.payment_term_30_60_10")
        cls.company.contract_needs_down_payment = False
        cls.company.order_review_policy = "none"
        cls.today = cls.company._get_today()

    def _signed(self, confirm=True, **values):
        order = self._order(**values)
        if confirm:
            order.action_confirm()
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract", release=False), "Mr. Wang", self.today)
        return order

    def _pay_down(self, order):
        order.date_order -= timedelta(days=10)
        line = order.payment_line_ids[0]
        order.contract_signed_on -= timedelta(days=10)
        line.action_invoice()
        line.invoice_ids.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=line.invoice_ids.ids).create({})._create_payments()
        return line.invoice_ids

    def test_contract_waits_for_the_plans_down_payment(self):
        """PAY-1, PAY-2, QUO-2: with a plan the contract takes effect on its down payment, whatever the setting says."""
        order = self._signed()
        self.assertFalse(order.contract_effective)
        with self.assertRaisesRegex(UserError, "and the down payment"):
            order._check_instructable()
        self.assertEqual(order.payment_line_ids[0].date_due, self.today + timedelta(days=7))
        self._pay_down(order)
        self.assertTrue(order.contract_effective)
        self.assertEqual((order.payment_status, order.payment_line_ids[0].state), ("prepaid", "paid"))
        order._check_instructable()

    def test_invoice_of_two_orders_is_not_received_twice(self):
        """PAY-1, QUO-2: of a paid invoice over two orders each contract counts its own part only."""
        one, other = self._signed(), self._signed()
        invoice = (one | other)._create_invoices(grouped=False)
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({})._create_payments()
        self.assertEqual((invoice.amount_total, one._get_amount_received()), (
            one.amount_total + other.amount_total, one.amount_total))

    def test_plan_without_a_down_payment(self):
        """PAY-1, QUO-2: a plan that has no down payment asks for none, though the company's setting does."""
        self.company.contract_needs_down_payment = True
        kind = self.env.ref("order_payment.order_payment_kind_delivery")
        order = self._signed(payment_line_ids=[(0, 0, {"kind_id": kind.id, "percent": 100})])
        self.assertTrue(order.contract_effective)
        plain = self._signed(payment_term_id=False)
        self.assertFalse(plain.contract_effective, "without a plan the setting holds")

    def test_events_of_the_contract(self):
        """PAY-1: signed is the day of the signature, in effect the day of the effect; not the confirmation."""
        kind = self.env.ref("order_payment.order_payment_kind_progress")
        order = self._order(payment_line_ids=[(0, 0, {
            "kind_id": kind.id, "percent": 50, "event": "effective", "months": 1}), (0, 0, {
                "kind_id": kind.id, "percent": 50, "event": "signed"})])
        order.action_confirm()
        self.assertEqual(order.payment_line_ids.mapped("date_due"), [False, False])
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract", release=False), "Mr. Wang", self.today - timedelta(days=3))
        self.assertEqual(order.payment_line_ids.mapped("date_due"), [
            fields.Date.add(self.today, months=1), self.today - timedelta(days=3)])

    def test_plan_is_reviewed_and_signed(self):
        """REV-3, PAY-1: another plan invalidates review and signature and is named; orders without one stay as they
        were reviewed."""
        self.company.order_review_policy = "all"
        order = self._reviewed()
        self.assertEqual(order.review_stage, "cleared")
        order.payment_line_ids[0].days = 60
        self.assertEqual(order.review_stage, "outdated")
        self.assertIn("60 days after: Contract signed", order.review_change_summary)
        order.payment_line_ids[0].days = 7
        self.assertEqual(order.review_stage, "cleared")
        self.assertIn("payment_line_ids.percent", order._get_scope_dependencies())
        plain = self._order(payment_term_id=False)
        self.assertNotIn("payment_plan", plain._describe_scope()["order"])

    def test_plan_that_is_not_whole_is_not_reviewed(self):
        """PAY-1, INT-2: an order whose plan is not 100 % is not sent to review."""
        order = self._order()
        order.payment_line_ids[0].percent = 20
        with self.assertRaisesRegex(UserError, "comes to 90 %"):
            order.with_user(self.desk).action_request_review()

    def test_revision_outdates_the_signature(self):
        """PAY-1, QUO-2: a revised plan is signed again, unless the customer has agreed to it in writing."""
        order = self._signed()
        self._pay_down(order)
        for agreed in (True, False):
            wizard = self.env["order.payment.revise"].create({
                "order_id": order.id, "reason": "Customer's letter", "customer_agreed": agreed})
            wizard.line_ids[2].months += 1
            wizard.action_confirm()
            self.assertEqual((order.contract_effective, order.contract_outdated), (agreed, not agreed))

    def test_payments_are_seen_where_it_is_decided(self):
        """PAY-2: review and production instruction show each payment's state, without amounts, to who has no sales
        rights."""
        order = self._order()
        review = self._submit(order)
        seen = review.with_user(self.reviewers["production"]).payment_plan_summary
        self.assertIn("Down payment: Open, due: 7 days after: Contract signed", seen)
        self.assertNotIn("60.00", seen)
        self.assertEqual(len(seen.splitlines()), 3)

    def test_who_relied_on_the_payment(self):
        """PAY-1, PAY-2: the down payment's invoice is cancelled after production was instructed: whoever instructed it
        is told, and the contract is no longer in effect."""
        order = self._signed()
        invoice = self._pay_down(order)
        self.env.flush_all()
        order.with_user(self.desk).action_issue_instruction()
        order.instruction_ids.with_user(self.desk).action_issue()
        self.env.cr.flush()
        self.assertIn("Paid", order.instruction_ids.with_user(self.reviewers["production"]).payment_plan_summary)
        invoice._get_reconciled_payments().action_draft()
        invoice.button_draft()
        invoice.button_cancel()
        self.env.cr.flush()
        todos = order.payment_line_ids[0].activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref("order_payment.mail_activity_type_reopened"))
        self.assertEqual(todos.user_id, self.sales | self.desk)
        self.assertFalse(order.contract_effective)
