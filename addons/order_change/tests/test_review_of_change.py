from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestReviewOfChange(OrderChangeCommon):

    def test_delivery_is_reviewed_by_few_structure_by_all(self):
        """CHG-3, CHG-4: a date asks the departments of a regular order, another structure those of a non-regular."""
        for line, order_class, roles in (
                (self._date(5), "regular", {"desk", "production"}),
                (self._new(), "non_regular", {"desk", "engineering", "quality", "purchasing", "production"})):
            with self.subTest(order_class=order_class):
                change = self._change(line)
                change.action_assess()
                self.assertEqual(change.next_step, "review")
                change.with_user(self.desk).action_request_review()
                review = change.review_id
                self.assertEqual((review.order_class, review.state), (order_class, "in_review"))
                self.assertTrue(review.is_current)
                asked = {role for role, department in self.departments.items()
                         if department in review.line_ids.department_id}
                self.assertEqual(asked, roles)
                change.with_user(self.desk).action_cancel("Only a test.")
                self.assertEqual(review.state, "cancelled")

    def test_departments_see_the_order_as_it_would_be(self):
        """CHG-4, CHG-9: items and amount of the round are those after the change; the order itself is untouched."""
        change = self._change(self._quantity(12), self._new(2))
        change.action_assess()
        change.with_user(self.desk).action_request_review()
        review = change.review_id
        self.assertEqual(sorted(review.item_ids.mapped("quantity")), [2, 12])
        self.assertEqual(review.sudo().amount_total, change.sudo().amount_after)
        self.assertRecordValues(self.order, [{"review_stage": "cleared", "state": "sale"}])
        self.assertNotEqual(self.order.review_id, review)
        self.assertEqual(self.order.order_line.mapped("product_uom_qty"), [10])
        line = self._line(review, "production")
        self.assertIn("Quantity", line.change_part)
        self.assertIn("table-warning", line.change_comparison)
        self.assertNotIn("1,000", line.change_comparison, "a reviewer without sales rights reads no price")

    def test_round_not_passed_comes_back(self):
        """CHG-3, REV-7: returned, the change is a draft again, with the reasons, for who answers for it."""
        change = self._change(self._date(5))
        change.action_assess()
        self._pass_review(change, conclusion="return")
        self.assertRecordValues(change, [{"state": "draft", "next_step": "assess"}])
        self.assertIn("Decided.", change.message_ids[0].body)
        change.action_assess()
        self._pass_review(change)
        self.assertEqual(change.review_id.round_no, 3)
        self.assertEqual(change.next_step, "customer")

    def test_round_declined_ends_the_change(self):
        """CHG-4: declined: rejected with the reason."""
        change = self._change(self._new())
        change.action_assess()
        self._pass_review(change, conclusion="decline")
        self.assertRecordValues(change, [{"state": "rejected", "closing_reason": "Decided."}])
        self.assertFalse(change.activity_ids)

    def test_conditions_for_the_customer_go_with_the_change(self):
        """CHG-7: what the round asks of the customer he signs with the change, not a second time."""
        change = self._change(self._quantity(12, **{}), level="delivery")
        change.action_assess()
        change.with_user(self.desk).action_request_review()
        self._agree_all(change.review_id)
        self._conclude(change.review_id, "conditional", note="Decided.", conditions=[
            {"name": "Two deliveries", "owner_id": self.sales.id}])
        self.assertEqual((change.review_id.customer_state, change.review_id.stage), ("none", "cleared"))
        self.assertEqual(change.next_step, "customer")
        self._sign(change)
        self._approve(change)
        self.assertIn("Two deliveries", self.order._get_conditions_in_force().mapped("name"))

    def test_former_commitments_stay(self):
        """CHG-9, REV-5: what the order was accepted on holds after the change too, and stands in its impact."""
        condition = self.env["order.review.condition"].create({
            "review_id": self.order.review_id.id, "name": "Drawing approved first", "owner_id": self.sales.id})
        change = self._applied(self._new())
        self.assertIn("Drawing approved first", " ".join(change.impact_ids.mapped("document_name")))
        self.assertEqual(self.order._get_conditions_in_force(), condition)

    def test_amount_after_the_change_decides_who_concludes(self):
        """CHG-4, REV-8: a change cannot be concluded by who may not conclude the order that it makes."""
        self.env["order.review.authority"].create({
            "name": "Owner", "kind": "conclude", "amount_min": 5000, "user_ids": [Command.set(self.sales.ids)],
            "allow_own": True})
        change = self._change(self._new(1, 9000.0))
        change.action_assess()
        change.with_user(self.desk).action_request_review()
        self._agree_all(change.review_id)
        with self.assertRaises(AccessError):
            self._conclude(change.review_id, "accept", note="Decided.")
        change.review_id.with_user(self.sales)._conclude("accept", note="Decided.")
        self.assertEqual(change.review_id.stage, "cleared")

    def test_minor_change_is_not_reviewed(self):
        """CHG-2: no round for a notice."""
        change = self._change(self._text())
        change.action_assess()
        with self.assertRaisesRegex(UserError, "is minor"):
            change.with_user(self.desk).action_request_review()

    def test_one_review_of_an_order_at_a_time(self):
        """CHG-4: a second change waits until the first one's round is concluded."""
        first, second = self._change(self._new()), self._change(self._date(5))
        (first | second).action_assess()
        first.with_user(self.desk).action_request_review()
        with self.assertRaisesRegex(UserError, "already in review"):
            second.with_user(self.desk).action_request_review()

    def test_trial_leaves_nothing(self):
        """CHG-9: what is only computed books nothing: no line, no delivery, no message."""
        messages = self.order.message_ids
        change = self._change(self._quantity(12), self._new(), self._date(5))
        change.action_compute_impact()
        self.assertEqual(change.state, "draft")
        self.assertEqual(change.delay_days, 5)
        self.assertEqual(self.order.order_line.product_uom_qty, 10)
        self.assertEqual(self.order.message_ids, messages)
        self.assertEqual(fields.Date.to_string(change.date_before), change.content_before["date"])
