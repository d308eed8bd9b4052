from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewRound(ReviewCommon):

    def test_regular_order_asks_desk_and_production(self):
        """REV-1, REV-6: a regular order is reviewed by the order desk and production."""
        review = self._submit(self._order())
        self.assertEqual(review.line_ids.department_id, self.departments["desk"] | self.departments["production"])
        self.assertRecordValues(review, [{"state": "in_review", "stage": "in_review", "round_no": 1,
                                          "order_class": "regular", "is_current": True}])

    def test_non_regular_order_asks_the_board(self):
        """REV-2, REV-6: a non-regular order is reviewed by desk, engineering, quality, purchasing, production."""
        review = self._submit(self._order(self.special))
        self.assertEqual(set(review.line_ids.department_id.ids), {d.id for d in self.departments.values()})

    def test_each_department_gets_its_criteria_and_reviewer(self):
        """REV-3, REV-6: each department has its own criteria, reviewer and limit."""
        line = self._line(self._submit(self._order(self.special)), "engineering")
        self.assertEqual(line.user_id, self.reviewers["engineering"])
        self.assertEqual(line.limit_hours, 8)
        self.assertIn("Open technical problems solved before production", line.check_ids.mapped("name"))
        self.assertTrue(line.activity_ids.filtered(lambda a: a.user_id == self.reviewers["engineering"]))

    def test_opinions_are_signed_and_dated(self):
        """REV-3: an opinion carries who signed it and when."""
        review = self._submit(self._order())
        self._agree(review, "production")
        self.assertRecordValues(self._line(review, "production"), [{
            "state": "agree", "signed_by": self.reviewers["production"].id}])
        self.assertTrue(self._line(review, "production").signed_on)
        self.assertFalse(self._line(review, "production").activity_ids)

    def test_conclude_accept_clears_the_order(self):
        """REV-5, REV-11: accepted, the order can be confirmed."""
        order = self._reviewed()
        self.assertEqual(order.review_stage, "cleared")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_conclude_before_opinions_is_refused(self):
        """REV-3, REV-5: nobody concludes before the required departments have signed."""
        review = self._submit(self._order())
        self._agree(review, "desk")
        with self.assertRaisesRegex(UserError, "production department"):
            self._conclude(review, "accept")

    def test_unauthorised_cannot_conclude(self):
        """REV-5: only those whom the authorities name conclude."""
        review = self._submit(self._order())
        self._agree(review)
        with self.assertRaisesRegex(AccessError, "not authorised"):
            self._conclude(review, "accept", user=self.desk)
