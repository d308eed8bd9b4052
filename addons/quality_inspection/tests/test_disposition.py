from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestDisposition(NonconformityCommon):

    def test_concession_releases_the_goods(self):
        """NCR-4, REC-7: a concession moves its tranche out of hold at once; the rest stays held."""
        record = self._rejected(self.part, 50)
        self.assertEqual(self._available(self.part), 0)
        rows = self._decide(record, ("concession", 30), ("scrap", 20))
        self.assertRecordValues(rows, [
            {"state": "done", "quantity_done": 30, "decided_by": self.head.id},
            {"state": "done", "quantity_done": 20, "decided_by": self.head.id}])
        self.assertEqual(self._available(self.part), 30)
        self.assertEqual(self._on_hand(self.part, self.hold), 0)
        self.assertRecordValues(record.inspection_id, [{
            "quantity_conceded": 30, "quantity_scrapped": 20, "quantity_open": 0, "quantity_held": 0}])
        self.assertRecordValues(rows[0].picking_id, [{"state": "done", "location_dest_id": self.stock.id}])

    def test_scrap_is_odoos_scrap(self):
        """NCR-4: scrap is a done scrap order from the hold location, linked both ways."""
        record = self._rejected(self.part, 5)
        row = self._decide(record, ("scrap", 5))
        self.assertRecordValues(row.scrap_ids, [{
            "state": "done", "scrap_qty": 5, "location_id": self.hold.id, "origin": record.name}])
        self.assertEqual(row.scrap_ids.quality_disposition_id, row)

    def test_tranches_must_add_up(self):
        """NCR-4: less than the quantity cannot be decided, more cannot be entered."""
        record = self._rejected(self.part, 50)
        rows = self._propose(record, ("concession", 30))
        with self.assertRaisesRegex(UserError, "cover 30"):
            record.with_user(self.head).action_decide()
        with self.assertRaisesRegex(UserError, "only 50"), self.env.cr.savepoint():
            self._propose(record, ("scrap", 21))
        with self.assertRaisesRegex(UserError, "only 50"), self.env.cr.savepoint():
            rows.write({"quantity": 50.5})
        self._propose(record, ("scrap", 20))
        record.with_user(self.head).action_decide()
        self.assertEqual(record.state, "decided")

    def test_tranches_lock_their_report(self):
        """NCR-4: each change of a tranche writes the report's row, so that of two people the second starts again."""
        record = self._rejected(self.part, 50)
        before = self._get_row_version(record)
        rows = self._propose(record, ("scrap", 20))
        self.assertNotEqual(self._get_row_version(record), before)
        before = self._get_row_version(record)
        rows.write({"quantity": 10})
        self.assertNotEqual(self._get_row_version(record), before)

    def _get_row_version(self, record):
        self.env.flush_all()
        return self.env.execute_query(SQL("SELECT ctid FROM quality_nonconformity WHERE id = %s", record.id))

    def test_acceptance_is_no_disposition(self):
        """NCR-4: what a sample rejected is not accepted by hand: by form, by write, by anybody."""
        record = self._rejected(self.part, 50)
        Disposition = self.env["quality.disposition"].with_user(self.head)
        for kind in ("accept", "urgent"):
            with self.assertRaisesRegex(UserError, "own verdict"), self.env.cr.savepoint():
                Disposition.create({"nonconformity_id": record.id, "kind": kind, "quantity": 50})
        row = self._propose(record, ("concession", 50))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            row.with_user(self.head).write({"kind": "accept"})
            self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            row.sudo().write({"kind": "accept"})
            self.env.flush_all()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            Disposition.create({"nonconformity_id": record.id, "kind": "scrap", "quantity": 1, "state": "decided"})

    def test_verdict_accepts(self):
        """REC-6: the tranche of an inspection's own verdict releases the goods at once."""
        inspection = self._inspection(self.part, 100)
        self.assertEqual(self._available(self.part), 0)
        row = self.env["quality.disposition"]._create_from_verdict(inspection, 60)
        self.assertRecordValues(row, [{"kind": "accept", "state": "done", "quantity_done": 60}])
        self.assertEqual(self._available(self.part), 60)
        self.assertRecordValues(inspection, [{"quantity_accepted": 60, "quantity_open": 40, "quantity_held": 40}])
        with self.assertRaisesRegex(UserError, "only 40"), self.env.cr.savepoint():
            self.env["quality.disposition"]._create_from_verdict(inspection, 60)

    def test_sorting_forces_reinspection(self):
        """NCR-4: sorted goods stay held by a new inspection of the whole; it accepts the good ones."""
        record = self._rejected(self.part, 50)
        row = self._decide(record, ("sort", 50))
        self.assertEqual(row.state, "in_progress")
        self.assertIn(self.worker, record.activity_ids.user_id)
        row.with_user(self.worker).action_task_done(hours=2.5, note="Sorted by eye")
        child = row.child_inspection_ids
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 50, "hours": 2.5}])
        self.assertRecordValues(child, [{
            "state": "pending", "parent_id": record.inspection_id.id, "quantity": 50, "quantity_held": 50,
            "partner_id": self.supplier.id}])
        self.assertEqual(record.inspection_id.quantity_held, 0)
        self.assertEqual(self._available(self.part), 0, "still held, by the re-inspection")
        self.env["quality.disposition"]._create_from_verdict(child, 45)
        self.assertEqual(self._available(self.part), 45)

    def test_hours_are_charged(self):
        """NCR-4: hours spent by the company's rate make the cost."""
        self.company.quality_hourly_cost = 60
        record = self._rejected(self.part, 5)
        row = self._decide(record, ("rework", 5, {"charged_to_supplier": True}))
        row.with_user(self.worker).action_task_done(hours=1.5)
        self.assertRecordValues(row, [{"hourly_cost": 60, "cost": 90, "charged_to_supplier": True}])
        with self.assertRaisesRegex(UserError, 'this needs "In Progress"'), self.env.cr.savepoint():
            row.with_user(self.worker).action_task_done(hours=1)

    def test_task_of_another_person(self):
        """NCR-3: only who does it and quality report a task as done; hours are not negative."""
        row = self._decide(self._rejected(self.part, 5), ("rework", 5))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            row.with_user(self.guard).action_task_done(hours=1)
        with self.assertRaisesRegex(UserError, "negative"), self.env.cr.savepoint():
            row.with_user(self.worker).action_task_done(hours=-1)

    def test_task_that_is_done_ends_its_own_to_do(self):
        """NCR-3, NCR-4: of two people who sort and rework goods of one report each has his to-do until his are done,
        also where both are one person, and whatever the language of who reads it.
        """
        for second in (self.other_inspector, self.worker):
            record = self._rejected(self.part, 8)
            first, other = self._decide(
                record, ("sort", 5), ("rework", 3, {"responsible_id": second.id}))
            todos = record.activity_ids.filtered(lambda todo: todo.activity_type_id == self.env.ref(
                "quality_inspection.mail_activity_type_disposition_task"))
            self.assertEqual(todos.user_id, self.worker | second)
            first.with_user(self.worker).action_task_done(hours=1)
            self.assertRecordValues(todos.exists().filtered("active"), [{
                "user_id": second.id, "summary": other.display_name}])
            other.with_user(second).action_task_done(hours=1)
            self.assertFalse(todos.exists().filtered("active"))

    def test_decision_needs_what_it_carries_out(self):
        """NCR-4: before anything moves, a tranche that lacks something is named, and nothing has moved."""
        record = self._rejected(self.part, 10)
        self._propose(record, ("concession", 5), ("return", 5, {"settlement": False}))
        with self.assertRaisesRegex(UserError, "credit or a replacement"), self.env.cr.savepoint():
            record.with_user(self.head).action_decide()
        self.assertEqual(self._on_hand(self.part, self.hold), 10)
        for kind, values, message in (
                ("return", {"settlement": "replacement"}, "expected back"), ("repair", {"expected_return": False},
                "expected back"), ("rework", {"responsible_id": False}, "who does it")):
            record = self._rejected(self.part, 10)
            self._propose(record, (kind, 10, values))
            with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
                record.with_user(self.head).action_decide()

    def test_review_is_not_asked_about_what_cannot_be_decided(self):
        """NCR-6: what a disposition lacks is said before the departments sign it; later it could not be changed."""
        record = self._rejected(self.part, 10)
        self._propose(record, ("rework", 10, {"responsible_id": False}))
        with self.assertRaisesRegex(UserError, "10 .*who does it"), self.env.cr.savepoint():
            record.with_user(self.head).action_request_review()
        self.assertEqual(record.state, "open")

    def test_serial_numbers(self):
        """NCR-4: serials are decided once each, as many as the quantity, and only these move."""
        product = self._product("Breaker", "serial")
        lots = self._lots(product, "N1", "N2", "N3")
        record = self._rejected(product, 3, lots)
        first, second = lots[0], lots[1:]
        with self.assertRaisesRegex(UserError, "serial numbers are given"), self.env.cr.savepoint():
            self._propose(record, ("scrap", 2, {"lot_ids": [Command.set(first.ids)]}))
        self._propose(record, ("concession", 1, {"lot_ids": [Command.set(first.ids)]}))
        with self.assertRaisesRegex(UserError, "two dispositions"), self.env.cr.savepoint():
            self._propose(record, ("scrap", 2, {"lot_ids": [Command.set(lots[:2].ids)]}))
        self._propose(record, ("scrap", 2, {"lot_ids": [Command.set(second.ids)]}))
        record.with_user(self.head).action_decide()
        self.assertEqual(self._on_hand(product, self.stock, first), 1)
        self.assertEqual(self._on_hand(product, self.hold), 0)

    def test_scrap_from_two_places(self):
        """NCR-4: what is scrapped from several places, or of several lots, counts whole, on its scrap orders too."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.hold.id})
        record = self._rejected(self.part, 14)
        move = self.env["stock.move"].create({
            "product_id": self.part.id, "product_uom": self.part.uom_id.id, "product_uom_qty": 13, "picked": True,
            "location_id": self.hold.id, "location_dest_id": shelf.id, "quantity": 13})
        move._action_done()
        row = self._decide(record, ("scrap", 14))
        self.assertRecordValues(row, [{"state": "done", "quantity_done": 14}])
        self.assertEqual(sorted(row.scrap_ids.mapped("scrap_qty")), [1, 13])
        self.assertRecordValues(record.inspection_id, [{"quantity_scrapped": 14, "quantity_held": 0}])

    def test_chained_demand_gets_its_goods(self):
        """NCR-4, REC-7: who waits for the receipt by a chain is reserved at release, not before, nobody else."""
        demand = self._waiting_demand(self.part, 30)
        record = self._rejected(self.part, 50, demand=demand)
        demand._action_assign()
        self.assertEqual(demand.quantity, 0)
        rows = self._decide(record, ("concession", 30), ("scrap", 20))
        self.assertRecordValues(demand, [{"state": "assigned", "quantity": 30}])
        self.assertIn(rows[0].move_ids, demand.move_orig_ids)
        self.assertEqual(self._available(self.part), 0)

    def test_chained_demand_is_freed_when_nothing_comes(self):
        """NCR-8, MAT-6: all scrapped: the order no longer waits for the receipt and may take other stock."""
        demand = self._waiting_demand(self.part, 30)
        record = self._rejected(self.part, 30, demand=demand)
        self._decide(record, ("scrap", 30))
        self.assertRecordValues(demand, [{"state": "confirmed", "procure_method": "make_to_stock"}])
        self._put(self.part, 30)
        demand._action_assign()
        self.assertEqual(demand.state, "assigned")

    def test_chained_demand_waits_for_a_part_split_off(self):
        """NCR-8, MAT-6: scrapped is the source, a part of it still waits for its verdict: its goods may yet come."""
        demand = self._waiting_demand(self.part, 30)
        inspection = self._inspection(self.part, 30, demand=demand)
        inspection.with_user(self.inspector).action_split(10)
        part = inspection.split_ids

        def rejected(one):
            one.write({"state": "done", "verdict": "reject"})
            record = self.env["quality.nonconformity"]._create_from_inspection(one, one.quantity)
            record.severity = "minor"
            return record

        self._decide(rejected(inspection), ("scrap", 20))
        self.assertEqual(demand.procure_method, "make_to_order")
        self._decide(rejected(part), ("scrap", 10))
        self.assertEqual(demand.procure_method, "make_to_stock")

    def test_give_up_and_decide_anew(self):
        """NCR-4: a return that the supplier refuses is given up; the rest is decided anew, what was signed stays."""
        record = self._rejected(self.part, 20)
        row = self._decide(record, ("return", 20))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            row.with_user(self.inspector).action_cancel()
        row.with_user(self.head).action_cancel()
        self.assertEqual(row.state, "cancelled")
        self.assertEqual(row.picking_id.state, "cancel")
        self.assertTrue(row.gate_pass_ids.is_cancelled)
        self.assertRecordValues(record, [{"state": "open", "quantity_undecided": 20}])
        again = self._decide(record, ("scrap", 20))
        self.assertEqual(again.state, "done")
        self.assertRecordValues(record, [{"state": "decided", "is_settled": True}])

    def test_decided_tranche_is_closed_to_hands(self):
        """NCR-4: what was signed cannot be changed or deleted, by anybody."""
        row = self._decide(self._rejected(self.part, 20), ("return", 20))
        for vals in ({"quantity": 10}, {"kind": "scrap"}, {"settlement": "replacement"}, {"state": "draft"}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                row.with_user(self.head).write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            row.write({"quantity": 10})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            row.unlink()

    def test_move_cannot_borrow_a_disposition(self):
        """REC-7: a storekeeper cannot open the hold by naming a disposition on a move or a scrap of his own."""
        row = self._decide(self._rejected(self.part, 20), ("return", 20))
        self._inspection(self.part, 10)
        vals = {"product_id": self.part.id, "product_uom": self.part.uom_id.id, "product_uom_qty": 5,
                "location_id": self.hold.id, "location_dest_id": self.stock.id, "company_id": self.company.id,
                "quality_disposition_id": row.id}
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["stock.move"].with_user(self.keeper_head).create(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.env["stock.scrap"].with_user(self.keeper_head).create({
                "product_id": self.part.id, "scrap_qty": 5, "location_id": self.hold.id,
                "quality_disposition_id": row.id}).do_scrap()
