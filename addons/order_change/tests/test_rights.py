from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import APPROVER, OrderChangeCommon


@tagged("-at_install", "post_install")
class TestRights(OrderChangeCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.change = cls._change({"kind": "quantity", "order_line_id": cls.row.id, "quantity": 8})
        cls.nobody = cls._user("nobody", "base.group_user")
        cls.customer = new_test_user(cls.env, "portal_change", groups="base.group_portal")

    def test_who_may_do_what(self):
        """CHG-1, CHG-8: each step by whom it belongs to; by RPC nobody else takes it."""
        for user, method in (
                (self.nobody, "action_assess"), (self.customer, "action_assess"),
                (self.reviewers["quality"], "action_assess"), (self.sales, "action_approve"),
                (self.desk, "action_approve"), (self.reviewers["production"], "action_approve"),
                (self.nobody, "action_approve"), (self.reviewers["quality"], "action_compute_impact")):
            with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                getattr(self.change.with_user(user), method)()
        self.change.with_user(self.sales).action_assess()
        with self.assertRaises(AccessError):
            self.change.with_user(self.reviewers["quality"]).action_cancel("Not now, please.")
        with self.assertRaises(AccessError):
            self.change.with_user(self.desk).action_reject("Not now, please.")
        self._approve(self.change)

    def test_nobody_approves_his_own(self):
        """CHG-8: who drew it up or assessed it does not approve it, unless the company lets him."""
        self.env.ref(APPROVER).user_ids = [Command.link(self.desk.id)]
        self.change.action_assess()
        with self.assertRaisesRegex(AccessError, "yourself"):
            self.change.with_user(self.desk).action_approve()
        self.company.order_change_own_approval = True
        self.change.with_user(self.desk).action_approve()
        self.assertEqual(self.change.state, "applied")

    def test_change_that_nobody_could_approve(self):
        """CHG-8: it is not begun: it would wait for ever."""
        self.env.ref(APPROVER).user_ids = [Command.set(self.desk.ids)]
        with self.assertRaisesRegex(UserError, "Nobody can approve"):
            self.change.action_assess()

    def test_fields_that_only_actions_write(self):
        """CHG-8, REC-4: state, signatures, amounts, coverage: not by write, create, context or a line."""
        review = self.order.review_id
        for name, value in (
                ("state", "approved"), ("customer_state", "accepted"), ("approved_by", self.desk.id),
                ("applied_digest", "x"), ("covered_review_id", review.id), ("amount_after", 1.0), ("revision", 9),
                ("review_id", review.id), ("order_id", self._order().id), ("customer_required", False)):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.change.with_user(self.desk).write({name: value})
        forged = self._change(self._text(), user=self.desk)
        self.assertEqual(forged.with_context(default_state="approved").copy_data()[0].get("state"), None)
        with self.assertRaises(AccessError):
            self._change(self._text(), state="approved", approved_by=self.general_manager.id)
        with self.assertRaises(AccessError):
            self.order.with_user(self.desk).write({"change_ids": [Command.clear()]})

    def test_assessed_change_is_closed(self):
        """CHG-8: lines and departments of an assessed change stay; back in the draft they are open again."""
        self.change.action_assess()
        line = self.change.line_ids.with_user(self.desk)
        for attack in (lambda: line.write({"quantity": 1}), lambda: line.unlink(),
                       lambda: self.change.with_user(self.desk).write({"line_ids": [Command.create(self._text())]}),
                       lambda: self.env["order.change.line"].with_user(self.desk).create(
                           {**self._text(), "change_id": self.change.id}),
                       lambda: self.change.with_user(self.desk).write({"reason": "Other"})):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack()
        self.change.action_reopen()
        line.quantity = 7

    def test_draft_of_others(self):
        """CHG-1, CHG-2: who neither drew it up nor answers for it changes nothing of it, and takes nothing off it."""
        departments = self.env["order.change.acknowledgement"]
        told = departments.with_user(self.desk).create({"change_id": self.change.id, "department_id": self.head.id})
        for record in (self.change.line_ids, told):
            with self.assertRaises(AccessError), self.cr.savepoint():
                record.with_user(self.reviewers["quality"]).unlink()
        told.with_user(self.desk).unlink()
        other = self._user("other_sales", "sales_team.group_sale_salesman,order_review.group_order_review_user")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.change.with_user(other).unlink()
        with self.assertRaises(AccessError):
            self.change.with_user(self.reviewers["quality"]).write({"reason": "Other"})
        with self.assertRaises(AccessError):
            self.env["order.change.line"].with_user(self.reviewers["quality"]).create(
                {**self._text(), "change_id": self.change.id})

    def test_departments_are_named_in_the_draft(self):
        """CHG-2: once it is assessed nobody adds a department, until the notice is issued and passed on."""
        self.change.with_user(self.desk).action_assess()
        rows = self.env["order.change.acknowledgement"]
        for user in (self.desk, self.reviewers["quality"]):
            with self.assertRaises(UserError), self.cr.savepoint():
                rows.with_user(user).create({"change_id": self.change.id, "department_id": self.head.id})

    def test_who_reads(self):
        """ARC-5: reviewers and sales read; others what they reported or are asked about; prices only sales."""
        self.assertEqual(self.change.with_user(self.reviewers["quality"]).reason, "The customer asks for it.")
        with self.assertRaises(AccessError):
            self.change.with_user(self.reviewers["quality"]).read(["amount_after"])
        for user in (self.nobody, self.customer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.change.with_user(user).read(["reason"])

    def test_each_company_sees_its_own(self):
        """ARC-5: a desk of another company finds neither the change nor its rows."""
        other = self.env["res.company"].create({"name": "Other"})
        theirs = new_test_user(
            self.env, "theirs_change", groups="order_review.group_order_review_desk," + APPROVER, company_id=other.id,
            company_ids=[Command.set(other.ids)])
        self.change.action_assess()
        for model in ("order.change", "order.change.line", "order.change.impact", "order.change.acknowledgement"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(theirs).search([("company_id", "=", self.company.id)]))
        with self.assertRaises(AccessError):
            self.change.with_user(theirs).action_approve()

    def test_link_is_the_customers(self):
        """CHG-7: nobody here reads the token of the customer's link."""
        with self.assertRaises(AccessError):
            self.change.with_user(self.desk).read(["access_token"])

    def test_closed_with_a_reason(self):
        """CHG-8: neither withdrawn nor rejected without one; the to-dos end."""
        self.change.action_assess()
        self.assertEqual(self._todos(self.change, "approve").user_id, self.general_manager)
        dialog = self.env["order.change.close"].with_user(self.general_manager).create({
            "change_id": self.change.id, "reason": "."})
        self.assertEqual(dialog.operation, "reject")
        with self.assertRaisesRegex(UserError, "Say why"):
            dialog.action_close()
        dialog.reason = "Too late for it."
        dialog.action_close()
        self.assertRecordValues(self.change, [{"state": "rejected", "closing_reason": "Too late for it."}])
        self.assertFalse(self.change.activity_ids)
        with self.assertRaises(UserError):
            self.change.with_user(self.desk).action_assess()

    def test_signed_change_is_not_deleted(self):
        """REC-4: a draft may go, what was assessed stays."""
        draft = self._change(self._text())
        draft.with_user(self.desk).unlink()
        self.change.action_assess()
        with self.assertRaises(UserError):
            self.change.with_user(self.desk).unlink()
