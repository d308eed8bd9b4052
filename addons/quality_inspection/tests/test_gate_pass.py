from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestGatePass(NonconformityCommon):

    def _returned(self, quantity=20):
        return self._decide(self._rejected(self.part, quantity), ("return", quantity))

    def _repaired(self, quantity=20, date="2030-01-10"):
        return self._decide(self._rejected(self.part, quantity), ("repair", quantity, {"expected_return": date}))

    def test_return_makes_transfer_and_pass(self):
        """NCR-4, NCR-5, REC-6: a return makes the reserved transfer to the supplier and the pass, linked both ways."""
        row = self._returned()
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_done": 0}])
        self.assertRecordValues(row.picking_id, [{
            "state": "assigned", "location_dest_id": self.suppliers.id, "partner_id": self.supplier.id,
            "origin": row.nonconformity_id.name}])
        gate = row.gate_pass_id
        self.assertRecordValues(gate, [{
            "state": "draft", "reason": "return", "must_return": False, "picking_id": row.picking_id.id,
            "requested_by": self.head.id}])
        self.assertRecordValues(gate.line_ids, [{"product_id": self.part.id, "quantity": 20, "quantity_out": 0}])
        self.assertEqual(row.picking_id.gate_pass_count, 1)
        self.assertEqual(row.move_ids.origin_returned_move_id, row.inspection_id.move_id)

    def test_guard_lets_out(self):
        """NCR-5: the guard's scan validates the transfer; the goods are gone, the tranche is done, the pass closed."""
        row = self._returned()
        gate = self._let_out(row)
        self.assertRecordValues(gate, [{"state": "closed", "out_by": self.guard.id, "balance": 0}])
        self.assertEqual(gate.line_ids.quantity_out, 20)
        self.assertEqual(row.picking_id.state, "done")
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 20}])
        self.assertRecordValues(row.inspection_id, [{"quantity_returned": 20, "quantity_open": 0}])
        self.assertEqual(self._on_hand(self.part, self.hold), 0)
        with self.assertRaisesRegex(UserError, 'is "Closed"; this needs "Approved"'):
            gate.with_user(self.guard).action_out()

    def test_requester_does_not_approve(self):
        """NCR-5: another person approves, unless the company lets the requester; a guard never does."""
        gate = self._returned().gate_pass_id
        with self.assertRaisesRegex(AccessError, "requested by you"):
            gate.with_user(self.head).action_approve()
        for user in (self.keeper, self.inspector):
            with self.assertRaisesRegex(AccessError, "this is done by .*Head of quality"):
                gate.with_user(user).action_approve()
        self.company.quality_gate_own_approval = True
        gate.with_user(self.head).action_approve()
        self.assertRecordValues(gate, [{"state": "approved", "approved_by": self.head.id}])

    def test_approver_is_asked_once_and_no_more_after_it(self):
        """NCR-5: a pass that waits is on the list of who may approve it, never of who asked; the leave ends it."""
        gate = self.env["stock.gate.pass"].with_user(self.inspector).create({
            "partner_id": self.supplier.id, "line_ids": [Command.create({"name": "Pallet", "quantity": 1})]})
        todo = gate.sudo().activity_ids
        self.assertEqual(todo.user_id, self.head)
        self.assertIn(gate.name, todo.summary)
        self.assertEqual(gate.with_user(self.keeper).create({"reason": "other"}).sudo().activity_ids.user_id, self.head)
        gate.with_user(self.head).action_approve()
        self.assertFalse(todo.exists())
        own = self.env["stock.gate.pass"].with_user(self.head).create({"partner_id": self.supplier.id})
        self.assertNotEqual(own.sudo().activity_ids.user_id, self.head)

    def test_nothing_leaves_unapproved(self):
        """NCR-5: before the approval neither guard nor store lets the goods out: scan, button, transfer."""
        row = self._returned()
        gate = row.gate_pass_id
        answer = self.env["stock.gate.pass"].with_user(self.keeper).scan(gate.token)
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(self.env["stock.gate.pass"].with_user(self.guard).scan(gate.token)["state"], "unknown")
        with self.assertRaisesRegex(UserError, 'is "Draft"; this needs "Approved"'):
            gate.with_user(self.keeper).action_out()
        row.picking_id.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "is not approved"), self.env.cr.savepoint():
            row.picking_id.with_user(self.keeper)._action_done()
        self.assertEqual(self._on_hand(self.part, self.hold), 20)

    def test_store_validates_first(self):
        """NCR-5: the store may validate the approved transfer; the guard then counts the same goods out, no more."""
        row = self._returned()
        gate = row.gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        row.picking_id.move_ids.picked = True
        row.picking_id.with_user(self.keeper)._action_done()
        self.assertEqual(row.state, "done")
        gate.with_user(self.guard).action_out()
        self.assertRecordValues(gate, [{"state": "closed"}])
        self.assertEqual(self._on_hand(self.part, self.suppliers), self._on_hand(self.part, self.suppliers))

    def test_part_leaves(self):
        """NCR-5: what does not fit on the truck stays: its transfer waits, with a pass of its own."""
        row = self._returned()
        gate = row.gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out({gate.line_ids.id: 15})
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_done": 15}])
        rest = row.gate_pass_ids - gate
        self.assertRecordValues(rest, [{"state": "draft"}])
        self.assertRecordValues(rest.line_ids, [{"quantity": 5}])
        self._let_out(row)
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 20}])

    def test_count_at_the_gate(self):
        """NCR-5: the guard counts in a window what passes when it is not everything, out and in."""
        gate = self._repaired().gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        Count = self.env["stock.gate.count"].with_user(self.guard).with_context(active_id=gate.id)
        count = Count.create({})
        self.assertRecordValues(count, [{"direction": "out", "pass_id": gate.id}])
        count.line_ids.quantity = 15
        count.action_confirm()
        count = Count.create({})
        self.assertRecordValues(count.line_ids, [{"quantity": 15}])
        count.line_ids.quantity = 6
        count.action_confirm()
        self.assertRecordValues(gate.line_ids, [{"quantity_out": 15, "quantity_in": 6, "balance": 9}])

    def test_more_than_the_pass_says(self):
        """NCR-5: no more leaves than the pass says, none negative, none of another pass."""
        gate = self._returned().gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        other = self._returned().gate_pass_id.line_ids
        for quantities, message in (
                ({gate.line_ids.id: 21}, "more than"), ({gate.line_ids.id: -1}, "more than"),
                ({gate.line_ids.id: 0}, "enter what passes"), ({other.id: 1}, "no such line")):
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                gate.with_user(self.guard).action_out(quantities)

    def test_repair_goes_out_and_comes_back(self):
        """NCR-4, NCR-5: repaired goods come back in parts, each to its re-inspection; they are held all the while."""
        row = self._repaired()
        gate = self._let_out(row)
        place = self.company._get_quality_repair_location()
        self.assertEqual(self._on_hand(self.part, place), 20)
        self.assertRecordValues(gate, [{"state": "out", "balance": 20}])
        self.assertEqual(row.inspection_id.quantity_held, 20, "held at the supplier too")
        gate.with_user(self.guard).action_in({gate.line_ids.id: 12})
        self.assertRecordValues(gate, [{"state": "out", "balance": 8}])
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_done": 12}])
        self.assertRecordValues(row.child_inspection_ids, [{
            "quantity": 12, "state": "pending", "parent_id": row.inspection_id.id, "quantity_held": 12}])
        self.assertEqual(self._on_hand(self.part, self.hold), 12)
        with self.assertRaisesRegex(UserError, "more than"), self.env.cr.savepoint():
            gate.with_user(self.guard).action_in({gate.line_ids.id: 9})
        with self.assertRaisesRegex(UserError, "still outside"), self.env.cr.savepoint():
            gate.with_user(self.keeper).action_close()
        gate.with_user(self.guard).action_in()
        self.assertRecordValues(gate, [{"state": "returned", "balance": 0}])
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 20}])
        self.assertEqual(sum(row.child_inspection_ids.mapped("quantity")), 20)
        gate.with_user(self.keeper).action_close()
        self.assertEqual(gate.state, "closed")
        self.assertEqual(self._available(self.part), 0)

    def test_goods_at_the_supplier_are_not_given_up(self):
        """NCR-4: a repair whose goods are outside cannot be given up; what does not come back is settled."""
        row = self._repaired()
        gate = self._let_out(row)
        with self.assertRaisesRegex(UserError, "at the supplier"):
            row.with_user(self.head).action_cancel()
        gate.with_user(self.guard).action_in({gate.line_ids.id: 12})
        with self.assertRaises(AccessError):
            gate.with_user(self.keeper_head).action_settle("Lost")
        with self.assertRaisesRegex(UserError, "reason"):
            gate.with_user(self.head).action_settle(" ")
        gate.with_user(self.head).action_settle("Lost by the carrier")
        self.assertRecordValues(gate, [{"state": "returned", "balance": 0}])
        self.assertEqual(gate.line_ids.quantity_settled, 8)
        self.assertRecordValues(row.nonconformity_id, [{"state": "open", "quantity_undecided": 8}])
        rest = self._decide(row.nonconformity_id, ("scrap", 8))
        self.assertEqual(rest.state, "done")
        self.assertEqual(self._on_hand(self.part, self.company._get_quality_repair_location()), 0)
        back = row.picking_ids.sorted("id")[-1]
        self.assertEqual(back.location_id, back.move_ids.location_id, "the head says where the goods come from, too")

    def test_only_what_is_outside_is_given_up(self):
        """NCR-4, NCR-5: 8 of 20 went out and do not come back: 8 are decided anew, 12 are still to be repaired.

        The 8 are not sent out a second time, and nothing else is taken from the supplier's place.
        """
        row = self._repaired()
        report, place = row.nonconformity_id, self.company._get_quality_repair_location()
        gate = row.gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out({gate.line_ids.id: 8})
        gate.with_user(self.head).action_settle("Lost by the carrier")
        self.assertRecordValues(row, [{"state": "in_progress", "quantity_cut": 8}])
        self.assertEqual(report.quantity_undecided, 8)
        with self.assertRaisesRegex(UserError, "0.* of 8"), self.env.cr.savepoint():
            self._decide(report, ("repair", 8))
        self._let_out(row)
        self._decide(report, ("scrap", 8))
        self.assertEqual(self._on_hand(self.part, place), 12)
        row.gate_pass_id.with_user(self.guard).action_in()
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 12}])

    def test_goods_that_come_back_are_not_scrapped(self):
        """NCR-4: 8 of 20 are at the supplier and come back: another tranche takes its 12 from the inspection area."""
        record = self._rejected(self.part, 20)
        row, other = self._decide(record, ("repair", 8), ("sort", 12))
        self._let_out(row)
        other.with_user(self.head).action_cancel()
        self._decide(record, ("scrap", 12))
        self.assertEqual(self._on_hand(self.part, self.company._get_quality_repair_location()), 8)
        row.gate_pass_id.with_user(self.guard).action_in()
        self.assertEqual(row.state, "done")

    def test_goods_that_came_after_all_are_sorted_here(self):
        """NCR-4: goods that were given up at the supplier and are sorted stand in the inspection area again."""
        serials = self._lots(self._product("Relay", tracking="serial"), "R1", "R2", "R3")
        for product, lots, tranche in ((self.part, None, {}),
                                       (serials.product_id, serials, {"lot_ids": serials.ids})):
            row = self._decide(self._rejected(product, 3, lots), ("repair", 3, {
                "expected_return": "2030-01-10", **tranche}))
            gate = self._let_out(row)
            gate.with_user(self.head).action_settle("Not repaired")
            task = self._decide(row.nonconformity_id, ("sort", 3, tranche))
            task.with_user(self.worker).action_task_done()
            with self.subTest(product=product.name):
                self.assertEqual(self._on_hand(product, self.company._get_quality_repair_location()), 0)
                self.assertEqual(self._on_hand(product, self.hold), 3)
                self.assertEqual(task.child_inspection_id.quantity_held, 3)

    def test_overdue_return(self):
        """NCR-5: goods that are not back on their day are overdue: searchable, and the requester is alarmed."""
        self.company.resource_calendar_id.tz = "UTC"
        with freeze_time(datetime(2026, 3, 4, 9, 0)):
            row = self._repaired(date="2026-03-06")
            gate = self._let_out(row)
            self.assertFalse(gate.is_overdue)
            self.assertFalse(gate.search_count([("is_overdue", "=", True), ("id", "=", gate.id)]))
        with freeze_time(datetime(2026, 3, 9, 9, 0)):
            gate.invalidate_recordset()
            self.assertTrue(gate.is_overdue)
            self.assertTrue(gate.search_count([("is_overdue", "=", True), ("id", "=", gate.id)]))
            self.env["sla.clock"]._process_due()
            self.assertIn(self.head, gate.activity_ids.user_id)
            self.assertEqual(gate.sla_state, "late")
            row.with_user(self.inspector).action_set_expected_return("2026-03-20", "Waits for a spare part")
            gate.invalidate_recordset()
            self.assertRecordValues(gate, [{"is_overdue": False}])

    def test_guard_scans_only(self):
        """NCR-5: the guard scans by code or number, and can do nothing else."""
        row = self._returned()
        gate = row.gate_pass_id
        gate.with_user(self.keeper_head).action_approve()
        Gate = self.env["stock.gate.pass"].with_user(self.guard)
        for code in (gate.token, gate.name, gate.name.lower(), f" {gate.name} "):
            answer = Gate.scan(code)
            self.assertEqual((answer["state"], answer["data"]["id"]), ("ready_out", gate.id), code)
        self.assertEqual(Gate.scan("nothing")["state"], "unknown")
        self.assertEqual(Gate.scan("%")["state"], "unknown")
        self.assertEqual(Gate.scan("")["state"], "unknown")
        answer = Gate.scan_out(gate.token, {str(gate.line_ids.id): 99})
        self.assertEqual((answer["state"], answer["message"]["type"]), ("ready_out", "danger"))
        answer = Gate.scan_out(gate.token)
        self.assertEqual((answer["state"], answer["message"]["type"]), ("done", "success"))
        guarded = gate.with_user(self.guard)
        for action in (lambda: guarded.write({"vehicle": "X"}), guarded.unlink, guarded.action_close,
                       lambda: Gate.create({"reason": "other"}), guarded.line_ids.unlink,
                       lambda: row.with_user(self.guard).action_cancel()):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                action()
        with self.assertRaises(AccessError):
            self.env["stock.gate.pass"].with_user(self.worker).scan(gate.token)

    def test_anything_else_that_leaves(self):
        """NCR-5: a tool lent out has a pass without a transfer; its balance must be struck."""
        gate = self.env["stock.gate.pass"].with_user(self.keeper).create({
            "reason": "other", "partner_id": self.supplier.id, "must_return": True,
            "line_ids": [Command.create({"name": "Crimping tool", "quantity": 2})]})
        with self.assertRaisesRegex(UserError, "expected back"):
            gate.with_user(self.keeper_head).action_approve()
        gate.write({"expected_return": "2030-01-01"})
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(self.guard).action_out()
        gate.with_user(self.guard).action_in({gate.line_ids.id: 1})
        self.assertRecordValues(gate, [{"state": "out", "balance": 1}])
        gate.with_user(self.guard).action_in()
        self.assertEqual(gate.state, "returned")

    def test_pass_cannot_be_forged(self):
        """NCR-5: state, signature and counts cannot be typed; what was approved stays as it is."""
        Gate = self.env["stock.gate.pass"].with_user(self.keeper)
        for vals in ({"state": "approved"}, {"approved_by": self.keeper.id}, {"requested_by": self.head.id},
                     {"token": "x"}, {"disposition_id": self._returned().id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                Gate.create({"reason": "other", **vals})
        gate = Gate.create({"reason": "other", "line_ids": [Command.create({"name": "Tool", "quantity": 2})]})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            gate.write({"state": "approved"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            gate.line_ids.write({"quantity_in": 2})
        gate.with_user(self.keeper_head).action_approve()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            gate.write({"line_ids": [Command.update(gate.line_ids.id, {"quantity": 200})]})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            gate.line_ids.sudo().write({"quantity": 200})
        gate.write({"vehicle": "A 12345"})

    def test_goods_go_where_they_are_sent(self):
        """NCR-4, REC-7: the store cannot turn a return or a repair into stock, before it is done nor after."""
        for row in (self._returned(), self._repaired()):
            for record in (row.picking_id, row.move_ids, row.move_ids.move_line_ids):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    record.with_user(self.keeper_head).write({"location_dest_id": self.stock.id})
                    row.picking_id.move_ids.picked = True
                    row.gate_pass_ids.write({"state": "approved"})
                    row.picking_id.with_user(self.keeper_head)._action_done()
            gate = self._let_out(row)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                row.move_ids.move_line_ids.with_user(self.keeper_head).write({"location_dest_id": self.stock.id})
            self.assertTrue(gate.out_at)
        self.assertEqual(self._on_hand(self.part, self.stock), 0)

    def test_pass_of_a_disposition_keeps_its_goods(self):
        """NCR-5: the goods of a return's pass are those of its transfer; the store neither adds nor takes out."""
        gate = self._returned().gate_pass_id.with_user(self.keeper)
        for action in (gate.line_ids.unlink, gate.unlink, lambda: gate.line_ids.write({"quantity": 5}),
                       lambda: gate.write({"line_ids": [Command.create({"name": "Cable", "quantity": 1})]})):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                action()
        gate.write({"vehicle": "A 12345"})

    def test_cancelled_transfer(self):
        """NCR-4: the store cancels the transfer: the pass falls, the head is told and makes it again."""
        row = self._returned()
        first = row.gate_pass_id
        row.picking_id.with_user(self.keeper).action_cancel()
        self.assertTrue(first.is_cancelled)
        self.assertEqual(row.state, "in_progress")
        row.with_user(self.head).action_retry()
        self.assertNotEqual(row.gate_pass_id, first)
        self._let_out(row)
        self.assertEqual(row.state, "done")
