from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReviewCommon
from .test_contract import PICTURE


@tagged("post_install", "-at_install")
class TestSignature(ReviewCommon):
    """The customer's signature is bound to what he signed (QUO-2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._reviewed()

    def _sign(self, order):
        """As the portal does."""
        order.sudo().write({"signed_by": "Mr. Wang", "signed_on": fields.Datetime.now(), "signature": PICTURE})

    def _register(self, order):
        order.with_user(self.desk)._register_contract(
            self._document(order, "contract", "Contract"), "Mr. Wang", self.company._get_today())

    def _review_anew(self, order):
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "accept")

    def _assert_contract(self, order, effective):
        self.env.flush_all()
        self.assertRecordValues(order, [{"contract_effective": effective, "contract_outdated": not effective}])

    def test_changed_order_is_signed_again(self):
        """QUO-2, REV-11: an order that changed after its signature is not in effect, reviewed anew or not, until it is
        signed again; the portal asks for it."""
        order = self._reviewed(require_signature=True)
        order.action_quotation_sent()
        self._sign(order)
        self._assert_contract(order, True)
        self.assertFalse(order._has_to_be_signed())
        order.order_line.price_unit = 150.0
        self._assert_contract(order, False)
        self.assertFalse(order._has_to_be_signed(), "not before its review")
        self._review_anew(order)
        self._assert_contract(order, False)
        self.assertTrue(order._has_to_be_signed())
        self._sign(order)
        self._assert_contract(order, True)
        self.assertFalse(order._has_to_be_signed())

    def test_paper_contract_of_a_changed_order(self):
        """QUO-2, INS-1: a confirmed order that changed is not instructed before its contract is registered anew."""
        order = self.order
        order.action_confirm()
        self._register(order)
        self._assert_contract(order, True)
        order.order_line.product_uom_qty = 5
        self._review_anew(order)
        self._assert_contract(order, False)
        with self.assertRaisesRegex(UserError, "since the customer signed"):
            order.with_user(self.desk).action_issue_instruction()
        self._register(order)
        self._assert_contract(order, True)
        order.with_user(self.desk).action_issue_instruction()

    def test_undone_change(self):
        """QUO-2: a change that is undone leaves the contract in effect, since the same day."""
        order = self.order
        with freeze_time("2026-03-02 01:00:00"):
            self._register(order)
            self.env.flush_all()
        since = order.contract_effective_on
        order.order_line.price_unit = 150.0
        self._assert_contract(order, False)
        order.order_line.price_unit = 100.0
        self._assert_contract(order, True)
        self.assertEqual((order.contract_effective_on, since.year), (since, 2026))

    def test_terms_are_signed_opinions_of_the_house_are_not(self):
        """QUO-2: what binds both parties is signed; what the house thinks of the order is not."""
        order = self.order
        self._register(order)
        order.write({"is_reputation_critical": True, "project_background": "Another"})
        self._assert_contract(order, True)
        order.payment_term_id = self.env["account.payment.term"].create({"name": "90 days"})
        self._assert_contract(order, False)

    def test_accepted_date_leaves_the_contract_in_effect(self):
        """REV-5, QUO-2: the promise date that the customer has accepted does not undo what he signed."""
        order = self._order()
        self._register(order)
        review = self._submit(order)
        self._line(review, "production").earliest_date = review.requested_date + timedelta(days=10)
        self._agree(review)
        self._conclude(review, "conditional")
        self._record_customer(review)
        self.assertEqual(order._get_requested_date(), review.promise_date)
        self._assert_contract(order, True)

    def test_accepted_change_leaves_the_contract_in_effect(self):
        """REV-5, QUO-2: a changed order whose conditions the customer has accepted in writing is his contract."""
        order = self.order
        self._register(order)
        order.order_line.product_uom_qty = 5
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": "Two tranches"}])
        self._assert_contract(order, False)
        self._record_customer(review)
        self._assert_contract(order, True)

    def test_acceptance_is_no_first_signature(self):
        """REV-5, QUO-2: who accepts conditions has not signed the contract yet."""
        order = self._order()
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": "Two tranches"}])
        self._record_customer(review)
        self.assertRecordValues(order, [{
            "contract_effective": False, "contract_outdated": False, "contract_digest": False}])

    def test_binding_is_closed_to_users(self):
        """QUO-2: who computes the fingerprint of the changed order himself cannot put it into effect."""
        order = self.order
        self._register(order)
        order.order_line.price_unit = 1.0
        for vals in ({"contract_digest": order._contract_digest()}, {"contract_outdated": False}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.with_user(self.sales).write(vals)
        self._assert_contract(order, False)
