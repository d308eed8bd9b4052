"""Two people at once, on two real connections."""
import unittest

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command

from cloning import cloned_database

PREPARE_GROUPS = "base.group_user,order_review.group_order_review_user"


class TestReviewConcurrency(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clone = cls.enterClassContext(cloned_database())
        with cls.clone.env() as env:
            cls.managers = [cls._user(env, name).id for name in ("gm", "deputy")]
            env["order.review.authority"].search([]).active = False
            env["order.review.authority"].create({
                "name": "Both", "user_ids": [Command.set(cls.managers)], "allow_decline": True, "allow_own": True})
            env["order.intake.check"].search([]).active = False
            for user_id, role in zip(cls.managers, ("desk", "production"), strict=True):
                department = env.ref(f"order_review.review_role_{role}")._get_department(env.company)
                env["hr.employee"].create({"name": role, "user_id": user_id, "department_id": department.id})
            cls.product = env["product.product"].create({"name": "Ring main unit", "type": "consu"}).id
            cls.partner = env["res.partner"].create({"name": "Grid Company"}).id

    @classmethod
    def _user(cls, env, login):
        return env["res.users"].with_context(no_reset_password=True).create({
            "name": login, "login": f"cc_{login}", "group_ids": [Command.set([
                env.ref(name).id for name in PREPARE_GROUPS.split(",")])]})

    def _review(self, signed=True):
        """A round that waits for its conclusion, committed."""
        with self.clone.env() as env:
            order = env["sale.order"].create({
                "partner_id": self.partner, "order_line": [Command.create({"product_id": self.product})]})
            env.user.group_ids |= env.ref("order_review.group_order_review_desk")
            order.action_request_review()
            lines = order.review_id.line_ids
            for line, manager in zip(lines, self.managers, strict=True):
                line.user_id = manager
            lines.check_ids.result = "ok"
            if signed:
                for line in lines:
                    line.with_user(line.user_id).action_agree()
            return order.review_id.id

    def _as(self, cr, user_id):
        import odoo.api
        return odoo.api.Environment(cr, user_id, {})

    def test_second_conclusion_waits_and_is_refused(self):
        """REV-5: while one concludes, the other is told so; once it is done, he sees what was decided."""
        review_id = self._review()
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one = self._as(first, self.managers[0])["order.review"].browse(review_id)
            two = self._as(second, self.managers[1])["order.review"].browse(review_id)
            self.assertEqual(two.state, "in_review")
            one._conclude("accept")
            one.env.flush_all()
            with self.assertRaisesRegex(UserError, "just deciding"):
                two._conclude("decline", note="No capacity")
            second.rollback()
            first.commit()
            two.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "was done meanwhile"):
                two._conclude("decline", note="No capacity")
        with self.clone.env() as env:
            review = env["order.review"].browse(review_id)
            self.assertEqual((review.conclusion, review.concluded_by.id), ("accept", self.managers[0]))
            self.assertEqual(review.order_id.review_stage, "cleared")

    def test_conclusion_on_an_old_view_is_refused(self):
        """REV-5: whoever looked before the other's commit and decides after it, changes nothing."""
        review_id = self._review()
        with self.clone.cursor() as first, self.clone.cursor() as second:
            two = self._as(second, self.managers[1])["order.review"].browse(review_id)
            self.assertEqual(two.state, "in_review")
            one = self._as(first, self.managers[0])["order.review"].browse(review_id)
            one._conclude("accept")
            one.env.flush_all()
            first.commit()
            # The server repeats a request after this error; the repeated one is the case above.
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                two._conclude("decline", note="No capacity")
        with self.clone.env() as env:
            self.assertEqual(env["order.review"].browse(review_id).conclusion, "accept")

    def test_two_departments_sign_at_once(self):
        """REV-3: of two departments that sign at once, the second starts again; the round misses neither."""
        review_id = self._review(signed=False)
        with self.clone.cursor() as first, self.clone.cursor() as second:
            lines = []
            for cr, user_id in zip((first, second), self.managers, strict=True):
                env = self._as(cr, user_id)
                lines.append(env["order.review.line"].search(
                    [("review_id", "=", review_id), ("user_id", "=", user_id)]))
                self.assertEqual(lines[-1].state, "pending")
            lines[0].action_agree()
            lines[0].env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                lines[1].action_agree()
                lines[1].env.flush_all()
            second.rollback()
            lines[1].env.invalidate_all()
            lines[1].action_agree()
            lines[1].env.flush_all()
            second.commit()
        with self.clone.env() as env:
            self.assertEqual(env["order.review"].browse(review_id).stage, "to_conclude")

    def test_change_while_confirming(self):
        """REV-11: a line changed while the order is being confirmed does not slip through."""
        review_id = self._review()
        with self.clone.env() as env:
            env["order.review"].browse(review_id).with_user(self.managers[0])._conclude("accept")
            order_id = env["order.review"].browse(review_id).order_id.id
        with self.clone.cursor() as first, self.clone.cursor() as second:
            one = self._as(first, 1)["sale.order"].browse(order_id)
            two = self._as(second, 1)["sale.order"].browse(order_id)
            self.assertEqual(two.review_stage, "cleared")
            one.order_line.write({"name": "Another specification"})
            one.env.flush_all()
            first.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                two.action_confirm()
                two.env.flush_all()
        with self.clone.env() as env:
            order = env["sale.order"].browse(order_id)
            self.assertEqual((order.state, order.review_stage), ("draft", "outdated"))
