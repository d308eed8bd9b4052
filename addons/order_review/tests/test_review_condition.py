from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewCondition(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special)
        cls.review = cls._submit(cls.order)
        line = cls._line(cls.review, "engineering")
        line.check_ids.result = "ok"
        line.condition_ids.create({
            "line_id": line.id, "name": "Wiring scheme B", "kind": "technical",
            "owner_id": cls.reviewers["engineering"].id, "date": cls.review.requested_date})
        line.action_conditional()
        cls.promised = cls.review.requested_date + timedelta(days=12)
        cls._line(cls.review, "production").earliest_date = cls.promised
        cls._agree(cls.review, "desk", "quality", "purchasing", "production")

    def _conclude_conditional(self):
        self._conclude(self.review, "conditional", note="Later, scheme B")

    def test_condition_needs_text(self):
        """REV-5: who agrees on conditions writes them down."""
        review = self._submit(self._order())
        line = self._line(review, "production")
        line.check_ids.result = "ok"
        with self.assertRaisesRegex(UserError, "at least one condition"):
            line.action_conditional()

    def test_customer_accepts_by_document(self):
        """REV-4, REV-5: accepted by a recorded document, the date moves and the review stays valid."""
        self._conclude_conditional()
        hour = self.order.commitment_date.time()
        self._record_customer(self.review)
        self.env.flush_all()
        self.assertRecordValues(self.review, [{
            "customer_state": "accepted", "stage": "cleared", "customer_signed_by": "Mr. Wang",
            "customer_recorded_by": self.desk.id}])
        self.assertEqual(self.review.customer_document_id.state, "in_force")
        self.assertEqual(self.review.customer_document_id.kind, "proof")
        self.assertEqual(self.order._get_requested_date(), self.promised)
        self.assertEqual(self.order.commitment_date.time(), hour)
        self.assertEqual(self.order.review_stage, "cleared")
        self.order.action_confirm()

    def test_customer_refuses(self):
        """REV-5, REV-7: refused by the customer, the order returns with the reason; the next round keeps this one."""
        self._conclude_conditional()
        with self.assertRaisesRegex(UserError, "why"):
            self._record_customer(self.review, "refused")
        self._record_customer(self.review, "refused", note="Too late")
        self.assertEqual(self.order.review_stage, "returned")
        self.assertEqual(set(self.review.condition_ids.mapped("state")), {"void"})
        self.assertIn("Too late", self.order.activity_ids.filtered(lambda a: a.user_id == self.sales)[-1].note)
        second = self._submit(self.order)
        self.assertEqual(second.previous_round_ids, self.review)
        self.assertEqual(self.review.conclusion, "conditional")

    def test_acceptance_needs_a_proof(self):
        """REV-5: without signature or document there is no acceptance."""
        self._conclude_conditional()
        with self.assertRaisesRegex(UserError, "signature or a document"):
            self._record_customer(self.review, datas=False)

    def test_answer_is_recorded_by_desk_or_salesperson(self):
        """REV-5: the salesperson of the order may record the answer, another one may not."""
        self._conclude_conditional()
        other = self._user("other_sales", "sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            self._record_customer(self.review, user=other)
        self._record_customer(self.review, user=self.sales)
        self.assertEqual(self.review.customer_recorded_by, self.sales)

    def test_document_of_another_order_is_refused(self):
        """REV-5: the proof belongs to the order."""
        self._conclude_conditional()
        proof = self._document(self._order(), "proof", "Letter")
        with self.assertRaisesRegex(UserError, "another order"):
            self._record_customer(self.review, datas=False, document_id=proof.id)

    def test_second_answer_is_refused(self):
        """REV-5: the customer answers once."""
        self._conclude_conditional()
        self._record_customer(self.review)
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            self._record_customer(self.review, "refused", note="Not feasible")

    def test_changed_order_is_not_accepted(self):
        """REV-5, REV-11: the customer cannot accept conditions of an order that has changed."""
        self._conclude_conditional()
        self.order.order_line.product_uom_qty = 40
        with self.assertRaises(UserError):
            self._record_customer(self.review)

    def test_conditions_are_followed_until_fulfilled(self):
        """REV-5: a condition is a commitment with owner and date, fulfilled by its owner."""
        self._conclude_conditional()
        condition = self.review.condition_ids.filtered(lambda c: c.kind == "technical")
        self.assertFalse(condition.is_commitment)
        with self.assertRaises(UserError):
            condition.with_user(self.reviewers["engineering"]).action_fulfill()
        self._record_customer(self.review)
        self.assertTrue(condition.is_commitment)
        with self.assertRaises(AccessError):
            condition.with_user(self.reviewers["quality"]).action_fulfill()
        condition.with_user(self.reviewers["engineering"]).action_fulfill()
        self.assertRecordValues(condition, [{
            "state": "fulfilled", "fulfilled_by": self.reviewers["engineering"].id}])
        with self.assertRaises(UserError):
            condition.sudo().write({"state": "open"})

    def test_internal_conditions_need_no_customer(self):
        """REV-5: accepted with internal conditions only, they are commitments all the same."""
        review = self._submit(self._order())
        line = self._line(review, "production")
        line.check_ids.result = "ok"
        line.condition_ids.create({"line_id": line.id, "name": "Overtime approved"})
        line.action_conditional()
        self._agree(review, "desk")
        self._conclude(review, "accept")
        self.assertEqual(review.stage, "cleared")
        self.assertTrue(line.condition_ids.is_commitment)

    def test_returned_round_voids_its_conditions(self):
        """REV-7: the conditions of a returned round bind nobody."""
        self._conclude(self.review, "return", note="Not feasible")
        self.assertEqual(set(self.review.condition_ids.mapped("state")), {"void"})
