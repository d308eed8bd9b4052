from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.document_control.tools.reason import is_reason

from .common import REVIEWER, ReviewCommon


@tagged("post_install", "-at_install")
class TestRunningRound(ReviewCommon):
    """What a round asks for is fixed when it is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order, cls.review = cls._order(), cls._submit(cls._order())

    def _refused(self, function, error=AccessError):
        with self.assertRaises(error), self.env.cr.savepoint():
            function()

    def _draft(self, order=None):
        order = order or self.order
        return self.env["order.review"].with_user(self.desk).browse(
            order.with_user(self.desk).action_prepare_review()["res_id"])

    def test_rules_are_fixed_when_sent(self):
        """REV-3, REV-6: after sending, nobody lifts an opinion or moves its limit, by line or by round."""
        review = self.review
        line = self._line(review, "production")
        for vals in ({"required": False}, {"limit_hours": 500}, {"sequence": 99},
                     {"department_id": self.departments["quality"].id}):
            for user in (self.desk, self.env.user):
                self._refused(lambda user=user, vals=vals: line.with_user(user).write(vals), UserError)
            self._refused(lambda vals=vals: review.with_user(self.desk).write(
                {"line_ids": [Command.update(line.id, vals)]}), UserError)
        self._refused(lambda: line.with_user(self.desk).unlink(), UserError)
        self._agree(review, "desk")
        with self.assertRaisesRegex(UserError, "not given their opinion"):
            self._conclude(review, "accept")

    def test_rules_are_open_in_preparation(self):
        """REV-2: while the round is prepared the desk sets who must answer, and by when."""
        review = self._draft()
        line = self._line(review, "production").with_user(self.desk)
        line.write({"required": False, "limit_hours": 30, "sequence": 1})
        review.action_submit()
        self.assertRecordValues(line, [{"required": False, "limit_hours": 30}])

    def test_deviations_from_the_template_are_recorded(self):
        """REV-6: who is not asked, need not answer or has more time than the template says, stands in the log."""
        review = self._draft(self._order(self.special))
        quality, engineering, production = (
            self._line(review, role).with_user(self.desk) for role in ("quality", "engineering", "production"))
        standard = production.limit_hours
        quality.unlink()
        engineering.required = False
        production.limit_hours = 99
        review.action_submit()
        body = next(body for body in review.message_ids.mapped("body") if "Otherwise than in the template" in body)
        for words in ("quality department is not asked", "engineering department need not answer",
                      f"production department has 99 hours instead of {standard}"):
            self.assertIn(words, body)
        plain = self.review
        self.assertNotIn("Otherwise than", " ".join(plain.message_ids.mapped("body")))

    def test_prepared_round_of_another_class(self):
        """INT-5, REV-2: a round that was prepared for a regular order is not sent once the order is non-regular."""
        order = self.order
        review = self._draft(order)
        order.has_penalty_clause = True
        self._refused(review.action_submit, UserError)
        self.assertEqual(self._submit(order).order_class, "non_regular")

    def test_desk_does_not_move_its_own_limit(self):
        """REV-6, SLA-1: who is measured by a limit does not lengthen it; the administrator may."""
        review = self._draft()
        line = self._line(review, "desk")
        standard = line.limit_hours
        self._refused(lambda: line.write({"limit_hours": standard + 1}))
        line.limit_hours = standard - 1
        line.unlink()
        department = self.departments["desk"]
        self._refused(lambda: review.write({"line_ids": [Command.create(
            {"department_id": department.id, "limit_hours": 500})]}))
        review.line_ids = [Command.create({"department_id": department.id, "limit_hours": standard})]
        chief = self._user("chief", "order_review.group_order_review_manager")
        self._line(review, "desk").with_user(chief).limit_hours = 40

    def test_nobody_makes_himself_reviewer(self):
        """REV-3: the desk names another department's reviewer, but not itself; in its own department it may."""
        for review in (self._draft(), self.review):
            line = self._line(review, "production").with_user(self.desk)
            self._refused(lambda line=line: line.write({"user_id": self.desk.id}))
            clerk = self._user(f"clerk_{review.id}", REVIEWER)
            line.user_id = clerk
            self._line(review, "desk").user_id = self.desk
        review = self._submit(self._order()).with_user(self.desk)
        self._refused(lambda: review.write({"line_ids": [Command.create(
            {"department_id": self.departments["quality"].id, "user_id": self.desk.id})]}))

    def test_added_department_is_recorded(self):
        """REV-2: a department that is asked in addition stands in the round's log, with who added it."""
        review = self.review.with_user(self.desk)
        review.line_ids = [Command.create({"department_id": self.departments["quality"].id, "limit_hours": 5})]
        message = review.message_ids[0]
        self.assertIn("quality department is asked in addition, within 5 hours", message.body)
        self.assertEqual(message.author_id, self.desk.partner_id)

    def test_reason_is_words(self):
        """INT-5, REV-7, REV-11: what counts as a reason."""
        for text in ("Urgent", "太贵", "客户要求", "No steel", "价格OK", "Срочно"):
            self.assertTrue(is_reason(text), text)
        for text in (False, "", ".", "...", "no", "无", "aaaa", "哈哈哈哈", "1234", "?!?!", " - - "):
            self.assertFalse(is_reason(text), text)

    def test_dot_is_no_reason(self):
        """REV-5, REV-7, REV-8, REV-11, INT-5: wherever a reason is asked for, a dot is refused."""
        boss = self._user("boss", f"{REVIEWER},order_review.group_order_review_override,sales_team.group_sale_manager")
        self.env["order.review.authority"].create({
            "name": "Top", "kind": "approve", "domain": "[('has_penalty_clause', '=', True)]",
            "user_ids": [Command.set(boss.ids)]})
        order = self._order(has_penalty_clause=True)
        self._refused(lambda: order.write({"order_class": "regular", "order_class_reason": "."}), UserError)
        self._refused(lambda: order.with_user(boss)._override_review("..."), UserError)
        review = self._submit(order)
        line = self._line(review, "production")
        line.check_ids.result = "not_ok"
        line.opinion = "."
        self._refused(line.action_disagree, UserError)
        line.check_ids.result = "ok"
        self._agree(review)
        for conclusion in ("return", "decline"):
            self._refused(lambda conclusion=conclusion: self._conclude(review, conclusion, note="."), UserError)
        self._conclude(review, "conditional", conditions=[{"name": "Other scheme"}])
        self._refused(lambda: review.with_user(boss).action_reject_approval("."), UserError)
        review.with_user(boss).action_approve()
        self._refused(lambda: self._record_customer(review, "refused", note="."), UserError)
        self.assertEqual(review.stage, "customer")

    def test_begun_review_is_not_forgotten(self):
        """REV-11, INT-5: whatever the policy, an order whose review was begun passes by the review only."""
        for policy in ("none", "non_regular"):
            self.company.order_review_policy = policy
            order = self._order()
            self._submit(order)
            order.action_cancel()
            order.action_draft()
            self.assertEqual(order.review_stage, "none")
            self._refused(order.action_confirm, UserError)
            other = self._order()
            self._submit(other).with_user(self.desk).action_cancel()
            self._refused(other.action_confirm, UserError)
