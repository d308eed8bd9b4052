from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import REVIEWER, ReviewCommon


class TestAnswerable(ReviewCommon):
    """A round that would wait for ever is not begun; a to-do ends with what it asked for."""

    def _desert(self, role):
        """The department of a role without its manager, and without one above it."""
        department = self.departments[role]
        department.member_ids.department_id = False
        (department | self.head).manager_id = False
        return department

    def test_department_without_people_is_named_before_sending(self):
        """REV-3, REV-6: nobody could answer for a department: the round is not sent, and it is said what to set."""
        department = self._desert("production")
        order = self._order()
        with self.assertRaisesRegex(UserError, f"(?s){department.name}.*Set its manager"):
            self._submit(order)
        self.assertEqual(order.review_stage or "none", "none")

    def test_reviewer_without_manager_is_enough(self):
        """REV-3: a department without a manager is asked as long as one of its people may answer."""
        department = self._desert("production")
        member = new_test_user(self.env, "rv_member", groups=REVIEWER, company_id=self.company.id)
        self._employee(member, department)
        review = self._submit(self._order())
        self.assertEqual(review.state, "in_review")
        line = review.line_ids.filtered(lambda line: line.department_id == department).with_user(member)
        line.check_ids.result = "ok"
        line.action_agree()
        self.assertEqual(line.signed_by, member)

    def test_nobody_to_conclude_is_said_before_sending(self):
        """REV-5: a round that nobody may conclude is not sent."""
        self.authority.active = False
        with self.assertRaisesRegex(UserError, "Authorities"):
            self._submit(self._order())

    def test_todos_of_the_salesperson_end_with_what_they_asked(self):
        """REV-7, REV-11: one to-do at a time tells the salesperson what is next; none is left after confirmation."""
        kind = "order_review.mail_activity_type_review_result"
        order = self._order()
        review = self._submit(order)
        self._agree(review)
        self._conclude(review, "return", note="The drawing is missing.")
        self.assertEqual(order.activity_search([kind]).user_id, self.sales)
        self._submit(order)
        self.assertFalse(order.activity_search([kind]), "the order was sent again")
        self._agree(order.review_id)
        self._conclude(order.review_id, "accept", note="Decided.")
        self.assertEqual(len(order.activity_search([kind])), 1)
        order.with_user(self.sales).action_confirm()
        self.assertFalse(order.activity_search([kind]))

    def test_todos_say_which_order_they_are_about(self):
        """REV-3: a reviewer reads order, customer and project in his list of to-dos."""
        review = self._submit(self._order())
        for activity in review.line_ids.activity_ids:
            self.assertEqual(activity.summary, f"{review.order_name}, Grid Company, Substation")
