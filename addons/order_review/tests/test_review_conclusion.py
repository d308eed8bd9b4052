from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import REVIEWER, ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewConclusion(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ready = cls._ready()

    @classmethod
    def _ready(cls, product=None, **values):
        review = cls._submit(cls._order(product, **values))
        cls._agree(review)
        return review

    def test_decline_needs_the_general_manager(self):
        """REV-1, REV-5: declining is reserved to those who may decline."""
        deputy = self._user("deputy", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Deputy", "user_ids": [Command.set(deputy.ids)], "allow_decline": False})
        review = self.ready
        with self.assertRaises(AccessError):
            self._conclude(review, "decline", user=deputy, note="Not feasible")
        self._conclude(review, "decline", note="Date impossible")
        self.assertEqual(review.stage, "declined")

    def test_amount_decides_who_concludes(self):
        """REV-5: of the amounts that the order reaches, the highest decides who is authorised."""
        big_boss = self._user("big_boss", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Big", "amount_min": 1000, "user_ids": [Command.set(big_boss.ids)], "allow_decline": True})
        small, big = self.ready, self._ready(quantity=20)
        with self.assertRaises(AccessError):
            self._conclude(small, "accept", user=big_boss)
        with self.assertRaisesRegex(AccessError, "rv_big_boss"):
            self._conclude(big, "accept")
        self._conclude(small, "accept")
        self._conclude(big, "accept", user=big_boss)

    def test_class_company_and_condition_decide_who_concludes(self):
        """REV-5: an authority may be limited to a class, a company, or a condition."""
        self.authority.copy({"user_ids": self.desk.ids})  # else nobody could conclude, and nothing is sent
        self.authority.order_class = "regular"
        with self.assertRaises(AccessError):
            self._conclude(self._ready(self.special), "accept")
        self.authority.write({"order_class": "all", "domain": "[('has_penalty_clause', '=', True)]"})
        with self.assertRaises(AccessError):
            self._conclude(self.ready, "accept")
        self.authority.write({"domain": "[]", "company_id": self.env["res.company"].create({"name": "Other"}).id})
        with self.assertRaises(AccessError):
            self._conclude(self.ready, "accept")

    def test_own_order_is_not_concluded_by_its_salesperson(self):
        """REV-5: nobody concludes his own order unless the authority says so."""
        self.authority.user_ids += self.desk
        review = self._ready(user_id=self.general_manager.id)
        self.authority.user_ids -= self.desk
        with self.assertRaises(AccessError):
            self._conclude(review, "accept")
        self.authority.allow_own = True
        self._conclude(review, "accept")
        self.assertEqual(review.concluded_by, self.general_manager)

    def test_archived_user_is_not_authorised(self):
        """REV-5: an archived user is no authority; the message says that nobody is left."""
        review = self.ready
        self.general_manager.active = False
        self.assertFalse(self.authority._get_users())
        with self.assertRaisesRegex(AccessError, "nobody"):
            self._conclude(review, "accept", user=self.desk)

    def test_reason_is_needed(self):
        """REV-7: returning and declining need a reason, and so does accepting against a department."""
        review = self._submit(self._order())
        self._agree(review, "desk")
        line = self._line(review, "production")
        line.check_ids.result = "not_ok"
        line.opinion = "No capacity"
        line.action_disagree()
        for conclusion in ("return", "decline", "accept"):
            with self.assertRaisesRegex(UserError, "reason"):
                self._conclude(review, conclusion)
        self._conclude(review, "accept", note="Overtime")
        self.assertEqual(review.stage, "cleared")

    def test_returned_order_keeps_its_rounds(self):
        """REV-7: returned with the reason, corrected, reviewed again; the former round is kept."""
        first = self.ready
        order = first.order_id
        self._conclude(first, "return", note="Drawing missing")
        self.assertEqual(order.review_stage, "returned")
        activity = order.activity_ids.filtered(lambda activity: activity.user_id == self.sales)
        self.assertIn("Drawing missing", activity.note)
        order.technical_requirements = "With drawing"
        second = self._submit(order)
        self.assertRecordValues(second, [{"round_no": 2, "is_current": True, "previous_round_ids": first.ids}])
        self.assertRecordValues(first, [{
            "state": "concluded", "stage": "returned", "is_current": False, "technical_requirements": "IP4X"}])

    def test_promise_date_is_the_latest_of_the_departments(self):
        """REV-3, REV-4: the promise date follows from the departments' earliest dates."""
        review = self._submit(self._order(self.special))
        day = review.requested_date
        self._line(review, "engineering").earliest_date = day - timedelta(days=9)
        self._line(review, "purchasing").earliest_date = day + timedelta(days=3)
        self._line(review, "production").lead_time_days = 2
        self.assertEqual(self._line(review, "production").earliest_date, fields.Date.today() + timedelta(days=2))
        self.assertEqual(review.promise_date, day + timedelta(days=3))

    def test_later_date_is_a_condition(self):
        """REV-4, REV-5: a later date than requested is accepted only with the customer's consent."""
        review = self._submit(self._order())
        line = self._line(review, "production")
        line.earliest_date = review.requested_date + timedelta(days=10)
        self._agree(review)
        with self.assertRaisesRegex(UserError, "Accept with conditions"):
            self._conclude(review, "accept")
        self._conclude(review, "conditional")
        self.assertRecordValues(review.condition_ids, [{
            "kind": "delivery", "date": line.earliest_date, "state": "open"}])
        self.assertEqual(review.stage, "customer")

    def test_conditional_without_condition_is_refused(self):
        """REV-5: a conditional conclusion names its conditions."""
        with self.assertRaisesRegex(UserError, "at least one condition"):
            self._conclude(self.ready, "conditional")

    def test_second_conclusion_is_refused(self):
        """REV-5: a round is concluded once."""
        review = self.ready
        self._conclude(review, "accept")
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            self._conclude(review, "decline", note="Not feasible")
        self.assertEqual(review.conclusion, "accept")

    def test_review_of_a_cancelled_order_is_not_concluded(self):
        """REV-5: the round of a cancelled order is over."""
        review = self.ready
        review.order_id.action_cancel()
        with self.assertRaises(UserError):
            self._conclude(review, "accept")

    def test_important_order_waits_for_top_management(self):
        """REV-8: an important order is cleared only after top management's approval."""
        top = self._user("top", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Top", "kind": "approve", "amount_min": 1000, "user_ids": [Command.set(top.ids)]})
        small, big = self.ready, self._ready(quantity=20)
        self._conclude(small, "accept")
        self._conclude(big, "accept")
        self.assertEqual((small.stage, big.stage), ("cleared", "approval"))
        self.assertTrue(big.approval_required)
        with self.assertRaisesRegex(UserError, "top management"):
            big.order_id.action_confirm()
        with self.assertRaises(AccessError):
            big.with_user(self.general_manager).action_approve()
        self.env["order.review.approve"].with_user(top).create({
            "review_id": big.id, "decision": "approved", "note": "Fine"}).action_confirm()
        self.assertRecordValues(big, [{"stage": "cleared", "approved_by": top.id, "approval_note": "Fine"}])
        big.order_id.action_confirm()

    def test_approver_sees_which_rule_asks_for_him(self):
        """REV-8: banner, dialog and to-do name the rule, its limit and the amount; the amount is not for reviewers."""
        top = self._user("top", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Big orders", "kind": "approve", "amount_min": 1000, "user_ids": [Command.set(top.ids)]})
        review = self._ready(quantity=20)
        self._conclude(review, "accept")
        todo = review.activity_ids.filtered(lambda activity: activity.user_id == top)
        for text in (review.with_user(top).approval_reason, todo.summary, todo.note):
            self.assertRegex(text, r"Big orders \(orders from .*1,000.00.*2,000.00")
        self.assertNotIn("2,000.00", review.with_user(self.reviewers["quality"]).approval_reason)
        self.env["order.review.authority"].search([("kind", "=", "approve")]).active = False
        review.invalidate_recordset()
        self.assertIn("Big orders", review.with_user(self.desk).approval_reason, "as it was at the conclusion")

    def test_top_management_rejects(self):
        """REV-7, REV-8: rejected by top management, the order returns to sales with the reason."""
        top = self._user("top", REVIEWER)
        self.env["order.review.authority"].create({
            "name": "Top", "kind": "approve", "domain": "[('has_penalty_clause', '=', True)]",
            "user_ids": [Command.set(top.ids)]})
        review = self._ready(has_penalty_clause=True)
        self._conclude(review, "accept")
        with self.assertRaisesRegex(UserError, "why"):
            review.with_user(top).action_reject_approval()
        review.with_user(top).action_reject_approval("Margin too low")
        self.assertEqual(review.order_id.review_stage, "returned")
        with self.assertRaisesRegex(UserError, "was done meanwhile"):
            review.with_user(top).action_approve()

    def test_day_that_moved_before_the_round_was_sent(self):
        """REV-4, REV-5: the promise follows the day that the round asks for when it is sent, not that of its draft."""
        order = self._order()
        order.with_user(self.desk).action_prepare_review()
        order.commitment_date += timedelta(days=20)
        review = order.review_ids
        review.with_user(self.desk).action_submit()
        self.assertEqual((review.agreed_date, review.promise_date), (order._get_requested_date(),) * 2)
        self._agree(review)
        wanted = order.commitment_date
        self._conclude(review, "accept")
        self.assertEqual(order.commitment_date, wanted)
