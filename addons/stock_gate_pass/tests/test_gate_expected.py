from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGateExpected(GateCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env["stock.gate.pass"].with_user(cls.guard))

    def _tools(self, days=0, count=1, **values):
        """Passes for tools that are lent out and due back in so many days, requested by the store."""
        return self.env["stock.gate.pass"].with_user(self.keeper).create([{
            "reason": "other", "partner_id": self.customer.id, "must_return": True, "vehicle": f"A 1234{number}",
            "expected_return": self.today + timedelta(days=days),
            "line_ids": [Command.create({"name": "Crimping tool", "quantity": 2})], **values,
        } for number in range(count)])

    def _outside(self, days):
        gate = self._tools(max(days, 0))
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out()
        gate.sudo().expected_return = self.today + timedelta(days=days)
        return gate

    def _expected(self, user=None):
        return self.env["stock.gate.pass"].with_user(user or self.guard).get_expected()

    def test_guard_sees_what_leaves_and_what_is_due_back(self):
        """NCR-5: approved passes, then what is overdue or due today; not what waits, is cancelled, or is due later."""
        self._tools()
        approved, cancelled = self._tools(5, count=2)
        (approved | cancelled).with_user(self.keeper_head).action_approve()
        cancelled.with_user(self.keeper).action_cancel()
        overdue, due = self._outside(-3), self._outside(0)
        self._outside(4)
        expected = self._expected()
        self.assertEqual([row["name"] for row in expected["out"]], [approved.name])
        self.assertEqual([(row["name"], row["is_overdue"]) for row in expected["in"]],
                         [(overdue.name, True), (due.name, False)])
        self.assertEqual((expected["out"][0]["partner"], expected["out"][0]["vehicle"], expected["more"]),
                         (self.customer.display_name, "A 12340", 0))
        self.assertIn("Crimping tool 2", expected["out"][0]["goods"][0])

    def test_list_takes_constant_queries(self):
        """NCR-5: the guard's list costs as many queries for twenty passes as for two."""
        def count():
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            self._expected()  # rights and translations are read once
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._expected()
            return self.env.cr.sql_log_count - before

        self._tools(count=2).with_user(self.keeper_head).action_approve()
        self._outside(-1)
        few = count()
        self._tools(count=18).with_user(self.keeper_head).action_approve()
        self._outside(-2)
        self.assertEqual(count(), few)

    def test_guard_sees_his_company_only(self):
        """NCR-5: passes of another company are not the guard's, and nobody else reads the list."""
        other = self.env["res.company"].create({"name": "Other Plant"})
        foreign = self.env["stock.gate.pass"].create({
            "company_id": other.id, "reason": "other", "line_ids": [Command.create({"name": "Tool", "quantity": 1})]})
        foreign.write({"state": "approved", "approved_on": fields.Datetime.now()})
        both = self._user("guard_of_both", "stock_gate_pass.group_gate_guard")
        both.company_ids += other
        self.assertEqual(self._expected()["out"], [])
        for company, names in ((self.company, []), (other, [foreign.name])):
            gates = foreign.with_user(both).with_context(allowed_company_ids=company.ids)
            self.assertEqual([row["name"] for row in gates.get_expected()["out"]], names)
        with self.assertRaises(AccessError):
            self._expected(self.worker)

    def test_long_list_says_how_many_more(self):
        """NCR-5: of very many passes the page shows the longest waiting ones and counts the others."""
        self._tools(count=43).with_user(self.keeper_head).action_approve()
        expected = self._expected()
        self.assertEqual((len(expected["out"]), expected["more"]), (40, 3))

    def test_approver_is_asked_once_for_all_passes(self):
        """NCR-5: each pass that waits is a to-do of one approver, never of who asked; queries do not grow with them."""
        def count(number):
            quiet = self.env["stock.gate.pass"].with_context(mail_activity_quick_update=True)  # core mails one by one
            gates = quiet.with_context(mail_activity_automation_skip=True).sudo().create([{
                "reason": "other", "line_ids": [Command.create({"name": "Tool", "quantity": 1})],
            } for _number in range(number)])
            gates.activity_ids.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            gates.with_context(mail_activity_automation_skip=False)._ask_approver()
            self.env.flush_all()
            self.assertEqual(len(gates.activity_ids), number)
            return self.env.cr.sql_log_count - before

        self._user("keeper_head2", "stock.group_stock_manager")
        count(1)
        self.assertEqual(count(12), count(3))
        mine = self.env["stock.gate.pass"].with_user(self.keeper_head).create([{"reason": "other"}] * 2)
        self.assertEqual(len(mine.activity_ids), 2)
        self.assertEqual(len(mine.activity_ids.user_id), 1)
        self.assertNotEqual(mine.activity_ids.user_id, self.keeper_head)
        self.assertFalse(mine.activity_ids.user_id.has_group("base.group_system"), "the administrator is asked last")

    def test_requester_is_not_told_of_a_todo_of_his(self):
        """NCR-5: with the approval the to-do is over; who asked reads that the pass is approved, of no activity."""
        gate = self._tools()
        gate.with_user(self.keeper_head).action_approve()
        self.assertFalse(gate.activity_ids)
        self.assertNotIn(self.env.ref("mail.mt_activities"), gate.message_ids.subtype_id)
        self.assertFalse(gate.message_ids.filtered("mail_activity_type_id"))
