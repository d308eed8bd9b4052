from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import GateCommon


@tagged("post_install", "-at_install")
class TestGatePass(GateCommon):

    def test_requester_does_not_approve(self):
        """NCR-5: another person approves, a head; who asked, a storekeeper, a guard and a worker do not."""
        gate = self._tools(self.keeper_head)
        with self.assertRaisesRegex(AccessError, "requested by you"):
            gate.with_user(self.keeper_head).action_approve()
        other = self._user("head2", "stock.group_stock_manager")
        for user in (self.keeper, self.guard, self.worker):
            with self.assertRaises(AccessError):
                gate.with_user(user).action_approve()
        may = {user: gate.with_user(user).can_approve for user in (self.keeper_head, self.keeper, other)}
        self.assertEqual(may, {self.keeper_head: False, self.keeper: False, other: True})
        gate.with_user(other).action_approve()
        self.assertRecordValues(gate, [{"state": "approved", "approved_by": other.id, "can_approve": False}])
        with self.assertRaisesRegex(UserError, 'needs "Draft"'):
            gate.with_user(other).action_approve()

    def test_approval_asks_for_what_is_missing(self):
        """NCR-5: no leave for a pass without goods, or without the day on which they come back."""
        gate = self._tools(expected_return=False, line_ids=False)
        for message, vals in (("names no goods", {"line_ids": [Command.create({"name": "Tool", "quantity": 2})]}),
                              ("expected back", {"expected_return": "2030-01-01"})):
            with self.assertRaisesRegex(UserError, message):
                gate.with_user(self.keeper_head).action_approve()
            gate.write(vals)
        gate.with_user(self.keeper_head).action_approve()

    def test_out_and_back_in_parts(self):
        """NCR-5: a tool lent out has a pass without a transfer, closed when its balance is struck."""
        gate = self._lent()
        self.assertRecordValues(gate, [{"state": "out", "out_by": self.guard.id, "balance": 2}])
        gate.with_user(self.guard).action_in({gate.line_ids.id: 1})
        self.assertRecordValues(gate, [{"state": "out", "balance": 1}])
        with self.assertRaisesRegex(UserError, "still outside: Crimping tool 1"), self.env.cr.savepoint():
            gate.with_user(self.keeper).action_close()
        with self.assertRaisesRegex(UserError, "more than the 1"), self.env.cr.savepoint():
            gate.with_user(self.guard).action_in({gate.line_ids.id: 2})
        gate.with_user(self.guard).action_in()
        self.assertRecordValues(gate, [{"state": "returned", "balance": 0, "in_by": self.guard.id}])
        gate.with_user(self.keeper).action_close()
        self.assertEqual(gate.state, "closed")
        with self.assertRaises(UserError):
            gate.sudo().write({"vehicle": "X"})

    def test_what_need_not_come_back_is_closed_at_the_gate(self):
        """NCR-5: goods that leave for good are out, and their pass is closed; it goes out once."""
        gate = self._lent(must_return=False, expected_return=False)
        self.assertRecordValues(gate, [{"state": "closed", "balance": 0}])
        self.assertEqual(gate.line_ids.quantity_out, 2)
        for action in (gate.with_user(self.guard).action_out, gate.with_user(self.guard).action_in):
            with self.assertRaisesRegex(UserError, 'is "Closed"; this needs'):
                action()

    def test_wrong_quantities_do_not_pass(self):
        """NCR-5: no more leaves than the pass says, none negative, none of another pass, nothing that is no number."""
        gate, other = self._tools(), self._tools().line_ids
        gate.with_user(self.keeper_head).action_approve()
        line = gate.line_ids.id
        for quantities, message in (({line: 3}, "more than"), ({line: -1}, "more than"), ({line: 0}, "enter what"),
                                    ({other.id: 1}, "no such line"), ({line: float("nan")}, "is no quantity")):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                gate.with_user(self.guard).action_out(quantities)

    def test_count_at_the_gate(self):
        """NCR-5: the guard counts in a window what passes when it is not everything, out and in."""
        gate = self._tools()
        gate.with_user(self.keeper_head).action_approve()
        Count = self.env["stock.gate.count"].with_user(self.guard).with_context(active_id=gate.id)
        for counted, direction, values in ((1.5, "out", {"quantity_out": 1.5, "balance": 1.5}),
                                           (0.5, "in", {"quantity_in": 0.5, "balance": 1})):
            count = Count.create({})
            self.assertRecordValues(count, [{"direction": direction, "pass_id": gate.id}])
            count.line_ids.quantity = counted
            count.action_confirm()
            self.assertRecordValues(gate.line_ids, [values])

    def test_settled_with_a_reason(self):
        """NCR-5: what does not come back is settled by a head, with the reason, and the balance is struck."""
        gate = self._lent()
        groups = gate._get_transition("settle").groups
        head = self._user("settles", groups[0])
        for user in (self.keeper, self.guard):
            with self.assertRaises(AccessError):
                gate.with_user(user).action_settle("Lost")
        with self.assertRaisesRegex(UserError, "reason"):
            gate.with_user(head).action_settle(" ")
        self.env["stock.gate.settle"].with_context(active_id=gate.id).create({"reason": "Kept"}).action_confirm()
        self.assertRecordValues(gate, [{"state": "returned", "balance": 0}])
        self.assertRecordValues(gate.line_ids, [{"quantity_settled": 2, "quantity_in": 0}])
        self.assertIn("Kept", gate.message_ids[0].body)
        with self.assertRaisesRegex(UserError, 'needs "Out"'):
            gate.with_user(head).action_settle("Again")

    def test_leave_is_taken_back(self):
        """NCR-5: the store cancels a pass before anything went out, nothing leaves on it; afterwards nobody does."""
        gate = self._tools()
        gate.with_user(self.keeper_head).action_approve()
        with self.assertRaises(AccessError):
            gate.with_user(self.guard).action_cancel()
        gate.with_user(self.keeper).action_cancel()
        self.assertRecordValues(gate, [{"state": "closed", "is_cancelled": True}])
        self.assertEqual(self.env["stock.gate.pass"].with_user(self.guard).scan(gate.token)["state"], "refused")
        with self.assertRaises(UserError):
            gate.with_user(self.guard).action_out()
        with self.assertRaisesRegex(UserError, 'is "Out"'):
            self._lent().with_user(self.keeper).action_cancel()

    def test_guard_scans_only(self):
        """NCR-5: the guard scans by code or number, and can do nothing else."""
        gate = self._tools()
        Gate = self.env["stock.gate.pass"].with_user(self.guard)
        self.assertEqual(Gate.with_user(self.keeper).scan(gate.token)["state"], "refused")
        self.assertEqual(Gate.scan(gate.token)["state"], "unknown", "a draft is no pass")
        gate.with_user(self.keeper_head).action_approve()
        for code in (gate.token, gate.name, gate.name.lower(), f" {gate.name} "):
            answer = Gate.scan(code)
            self.assertEqual((answer["state"], answer["data"]["id"]), ("ready_out", gate.id), code)
        for code in ("nothing", "%", ""):
            self.assertEqual(Gate.scan(code)["state"], "unknown")
        answer = Gate.scan_out(gate.token, {str(gate.line_ids.id): 99})
        self.assertEqual((answer["state"], answer["message"]["type"]), ("ready_out", "danger"))
        answer = Gate.scan_out(gate.token)
        self.assertEqual((answer["state"], answer["message"]["type"]), ("ready_in", "success"))
        answer = Gate.scan_out(gate.token)
        self.assertEqual((answer["state"], answer["message"]["type"]), ("ready_in", "danger"))
        guarded = gate.with_user(self.guard)
        for action in (lambda: guarded.write({"vehicle": "X"}), guarded.unlink, guarded.action_close,
                       lambda: Gate.create({"reason": "other"}), guarded.line_ids.unlink):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action()
        with self.assertRaises(AccessError):
            Gate.with_user(self.worker).scan(gate.token)

    def test_pass_cannot_be_forged(self):
        """NCR-5: state, signature and counts cannot be typed; what was approved stays as it is."""
        Gate = self.env["stock.gate.pass"].with_user(self.keeper)
        for vals in ({"state": "approved"}, {"approved_by": self.keeper.id}, {"requested_by": self.keeper_head.id},
                     {"token": "x"}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                Gate.create({"reason": "other", **vals})
        gate = self._tools()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            gate.line_ids.write({"quantity_in": 2})
        gate.with_user(self.keeper_head).action_approve()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            gate.write({"line_ids": [Command.update(gate.line_ids.id, {"quantity": 200})]})
        for action in (lambda: gate.line_ids.sudo().write({"quantity": 200}), gate.sudo().unlink):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                action()
        gate.write({"vehicle": "A 12345"})

    def test_overdue(self):
        """NCR-5: goods that are not back on their day are overdue, and can be found so."""
        with freeze_time("2026-03-04 09:00:00"):
            gate = self._lent(expected_return="2026-03-06")
        for moment, overdue in (("2026-03-06 09:00:00", False), ("2026-03-09 09:00:00", True)):
            with freeze_time(moment):
                gate.invalidate_recordset()
                self.assertEqual(gate.is_overdue, overdue)
                for domain in ([("is_overdue", "=", True)], [("is_overdue", "!=", False)]):
                    self.assertEqual(gate.search_count([*domain, ("id", "=", gate.id)]), int(overdue))

    def test_guard_begins_at_the_gate(self):
        """SLA-2: the guard's first page is the gate, whatever Odoo shows others."""
        self.assertEqual(self.guard._get_landing_action_id(), self.env.ref("stock_gate_pass.gate_scan_action").id)
        self.assertFalse(self.worker._get_landing_action_id())
