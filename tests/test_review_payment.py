"""Online payment as a door by which a sales order can be confirmed."""
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.addons.order_review.tests.common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewPaymentDoor(ReviewCommon, AccountPaymentCommon, HttpCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.company_id = False

    def _paid(self, order, amount):
        transaction = self._create_transaction(
            "redirect", amount=amount, reference=f"{order.name}-{amount}", state="done", partner_id=order.partner_id.id,
            currency_id=order.currency_id.id, sale_order_ids=[Command.set(order.ids)])
        with mute_logger("odoo.addons.sale.models.payment_transaction"):
            transaction._post_process()
        self.env.invalidate_all()
        return transaction

    def test_payment_does_not_confirm(self):
        """REV-11, PAY-2: an online payment is kept, the order waits for its review, sales is told."""
        order = self._order(require_payment=True, prepayment_percent=1.0, require_signature=False)
        transaction = self._paid(order, order.amount_total)
        self.assertTrue(transaction.is_post_processed)
        self.assertIn(order.state, ("draft", "sent"))
        self.assertIn("not reviewed yet", " ".join(order.message_ids.mapped("body")))
        self.assertTrue(order.activity_ids.filtered(lambda activity: activity.user_id == self.sales))
        self.assertEqual(order.payment_status, "paid")

    def test_payment_confirms_a_reviewed_order(self):
        """REV-11: once the review is through, the payment confirms as usual."""
        order = self._order(require_payment=True, prepayment_percent=1.0, require_signature=False)
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "accept")
        self._paid(order, order.amount_total)
        self.assertEqual(order.state, "sale")

    def test_down_payment_does_not_confirm(self):
        """REV-11, QUO-2: the down payment of a quotation in review does not confirm it."""
        order = self._order(require_payment=True, prepayment_percent=0.3, require_signature=False)
        review = self._submit(order)
        self._paid(order, order.amount_total * 0.3)
        self.assertIn(order.state, ("draft", "sent"))
        self._agree(review)
        self._conclude(review, "accept")
        self.assertEqual(order.review_stage, "cleared", "the payment is no change of what was reviewed")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_payment_is_not_begun_before_the_review(self):
        """REV-11: the portal begins no payment for a quotation that its review holds."""
        order = self._order(require_payment=True, prepayment_percent=1.0, require_signature=False)
        order.action_quotation_sent()
        with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
            self.make_jsonrpc_request(f"/my/orders/{order.id}/transaction", {
                "access_token": order._portal_ensure_token(), "provider_id": self.provider.id,
                "payment_method_id": self.payment_method_id, "token_id": None, "amount": order.amount_total,
                "flow": "direct", "tokenization_requested": False, "landing_route": "/"})
        self.assertFalse(order.sudo().transaction_ids)
