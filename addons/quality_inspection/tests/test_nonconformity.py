from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_ncr import NonconformityCommon


@tagged("post_install", "-at_install")
class TestNonconformity(NonconformityCommon):

    def test_anybody_reports(self):
        """NCR-1: an employee without any right in quality reports, with defect and severity, in his department."""
        self._department("Assembly", self.worker)
        record = self._found(self.part, 3)
        self.assertRecordValues(record, [{
            "state": "open", "reported_by": self.worker.id, "source": "process", "head_id": self.head.id,
            "department_id": self.worker.employee_id.department_id.id}])
        self.assertTrue(record.name.startswith("NCR"))
        self.assertIn(self.head, record.activity_ids.user_id)

    def test_report_in_the_form(self):
        """NCR-1: the form of an employee takes product, defects and quantity."""
        with Form(self.env["quality.nonconformity"].with_user(self.worker)) as form:
            form.product_id = self.part
            form.quantity = 2
            form.description = "Bent"
            with form.defect_line_ids.new() as line:
                line.defect_code_id = self.code
        record = form.save()
        self.assertRecordValues(record.defect_line_ids, [{"defect_class": "major", "defect_code_id": self.code.id}])
        record.action_open()
        self.assertEqual(record.state, "open")

    def test_report_says_what_was_found(self):
        """NCR-1: a report without defect and description is refused; so is one without quantity."""
        record = self.env["quality.nonconformity"].with_user(self.worker).create({"product_id": self.part.id})
        with self.assertRaisesRegex(UserError, "at least one defect"):
            record.action_open()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["quality.nonconformity"].create({"product_id": self.part.id, "quantity": 0})
            self.env.flush_all()

    def test_report_is_closed_to_hands(self):
        """NCR-1: state, signatures and reactions cannot be typed: not at creation, not by write, not after opening."""
        Record = self.env["quality.nonconformity"].with_user(self.worker)
        for vals in ({"state": "closed"}, {"decided_by": self.worker.id}, {"reported_by": self.head.id},
                     {"quantity_isolated": 1}, {"reaction_at": "2026-01-01"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                Record.create({"product_id": self.part.id, **vals})
        record = self._found(self.part, 3)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.with_user(self.worker).write({"quantity": 1})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.with_user(self.worker).write(
                {"defect_line_ids": [Command.create({"defect_code_id": self.code.id})]})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.defect_line_ids.with_user(self.worker).unlink()
        for user in (self.inspector, self.head):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                record.with_user(user).write({"state": "closed"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.with_user(self.head).unlink()

    def test_who_sees_it(self):
        """NCR-1: the reporter, his department, quality and the store see it; another employee does not."""
        record = self._found(self.part, 3)
        mate = self._user("mate", "base.group_user")
        self._department("Assembly", self.worker)
        self.assertFalse(record.with_user(mate).search_count([("id", "=", record.id)]))
        for user in (self.worker, self.inspector, self.keeper):
            self.assertTrue(record.with_user(user).search_count([("id", "=", record.id)]), user.login)
        with self.assertRaises(AccessError):
            record.with_user(mate).read(["name"])
        record.sudo().leader_id = mate
        self.assertTrue(record.with_user(mate).search_count([("id", "=", record.id)]))

    def test_other_company_does_not_see_it(self):
        """NCR-1: a report stays in its company."""
        record = self._found(self.part, 3)
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "quality_inspection.group_quality_manager")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self.env["quality.nonconformity"].with_user(stranger).with_company(other).search_count(
            [("id", "=", record.id)]))

    def test_inspector_takes_it_once(self):
        """NCR-2: the first inspector takes it; the second is told who has it."""
        record = self._found(self.part, 3)
        with self.assertRaises(AccessError):
            record.with_user(self.worker).action_take()
        record.with_user(self.inspector).action_take()
        self.assertEqual(record.inspector_id, self.inspector)
        self.assertTrue(record.reaction_at)
        with self.assertRaisesRegex(UserError, "was taken by ncr_inspector"):
            record.with_user(self.other_inspector).action_take()

    def test_reaction_clocks(self):
        """NCR-2: 20 working minutes for the inspector, then the head with 30, then the general manager."""
        self.company.resource_calendar_id.tz = "UTC"
        with freeze_time(datetime(2026, 3, 4, 9, 0)):  # a Wednesday
            record = self._found(self.part, 3)
            clock = record.sla_clock_ids
            self.assertEqual(clock.deadline_at, datetime(2026, 3, 4, 9, 20))
            self.assertEqual(clock.user_id, self.head)
        with freeze_time(datetime(2026, 3, 4, 9, 21)):
            self.env["sla.clock"]._process_due()
            self.assertEqual(record.escalated_at, datetime(2026, 3, 4, 9, 21))
            head_clock = record.sla_clock_ids.filtered(
                lambda one: one.policy_id.code == "sla_policy_nonconformity_head")
            self.assertEqual(head_clock.deadline_at, datetime(2026, 3, 4, 9, 51))
        with freeze_time(datetime(2026, 3, 4, 9, 52)):
            self.env["sla.clock"]._process_due()
            self.assertEqual(record.gm_escalated_at, datetime(2026, 3, 4, 9, 52))

    def test_taken_in_time_is_not_escalated(self):
        """NCR-2: taken within the limit, nothing is escalated; the answer of the head stops his clock."""
        self.company.resource_calendar_id.tz = "UTC"
        with freeze_time(datetime(2026, 3, 4, 9, 0)):
            record = self._found(self.part, 3)
            record.with_user(self.inspector).action_take()
        with freeze_time(datetime(2026, 3, 4, 10, 0)):
            self.env["sla.clock"]._process_due()
            self.assertFalse(record.escalated_at)
            record.with_user(self.inspector).action_escalate("No gauge")
            with self.assertRaises(AccessError):
                record.with_user(self.inspector).action_answer("Do it")
            record.with_user(self.head).action_answer("Use the gauge of the laboratory")
        with freeze_time(datetime(2026, 3, 4, 12, 0)):
            self.env["sla.clock"]._process_due()
            self.assertFalse(record.gm_escalated_at)
        self.assertRecordValues(record, [{"head_answer": "Use the gauge of the laboratory", "head_id": self.head.id}])

    def test_who_decides_is_asked_after_the_general_manager_has_answered(self):
        """NCR-2, NCR-6: the general manager answers; it is still the head of quality who decides, and is asked to."""
        self.company.sla_general_manager_id = self.worker
        record = self._found(self.part, 3)
        record.with_user(self.inspector).action_escalate("No gauge")
        self.env["quality.nonconformity"]._escalate_to_general_manager(record)
        record.with_user(self.worker).action_answer("Rework them")
        self.assertEqual(record.head_id, self.worker, "who has answered")
        record._ask_decider("All departments have signed: decide.")
        asked = record.activity_ids.filtered(lambda todo: todo.activity_type_id == self.env.ref(
            "quality_inspection.mail_activity_type_decide")).user_id
        self.assertEqual(asked, self.head)

    def test_words_go_with_the_signature(self):
        """NCR-2: escalation and answer are given in a window; it has no rights of its own."""
        record = self._found(self.part, 3)
        Reason = self.env["quality.reason"].with_context(active_id=record.id)
        with self.assertRaises(AccessError):
            Reason.with_user(self.worker).create({"operation": "escalate", "text": "Help"}).action_confirm()
        Reason.with_user(self.inspector).create({"operation": "escalate", "text": "No gauge"}).action_confirm()
        self.assertEqual(record.escalation_reason, "No gauge")
        with self.assertRaises(AccessError):
            Reason.with_user(self.inspector).create({"operation": "answer", "text": "Done"}).action_confirm()
        Reason.with_user(self.head).create({"operation": "answer", "text": "Borrow one"}).action_confirm()
        self.assertEqual(record.head_answer, "Borrow one")

    def test_leader_is_told(self):
        """NCR-3: own process: the leader of the team is told; goods of a supplier do not concern him."""
        leader = self._user("leader", "base.group_user")
        own = self._found(self.part, 3, leader_id=leader.id)
        self.assertIn(leader, own.activity_ids.user_id)
        bought = self._found(self.part, 3, leader_id=leader.id, partner_id=self.supplier.id)
        self.assertFalse(bought.own_process)
        self.assertNotIn(leader, bought.activity_ids.user_id)

    def test_what_the_store_finds_is_not_its_own_process(self):
        """NCR-1, NCR-3: what the store finds on its shelves is no work of an operator; a worker reports from the
        floor."""
        for user, source, own in ((self.keeper, "store", False), (self.worker, "process", True)):
            record = self.env["quality.nonconformity"].with_user(user).create(
                {"product_id": self.part.id, "quantity": 2, "description": "Bent"})
            self.assertRecordValues(record, [{"source": source, "own_process": own}])

    def test_supplier_of_isolated_goods_is_written_later(self):
        """NCR-1, NCR-4: goods are isolated before their supplier is known; he is written then, and what is proposed
        goes to him."""
        self._put(self.part, 5)
        record = self._found(self.part, 2)
        record.with_user(self.inspector).action_isolate()
        row = self._propose(record, ("repair", 2))
        with self.assertRaisesRegex(UserError, "supplier"):
            record.with_user(self.head).action_decide()
        with self.assertRaises(AccessError):
            record.with_user(self.inspector).quantity = 1
        record.with_user(self.inspector).partner_id = self.supplier
        self.assertEqual(row.partner_id, self.supplier)
        record.with_user(self.head).action_decide()
        with self.assertRaises(AccessError):
            record.with_user(self.inspector).partner_id = False

    def test_isolated_goods_are_held(self):
        """NCR-1, REC-7: goods found bad on the shelf are taken from under a reservation and cannot be used."""
        self._put(self.part, 10)
        demand = self.env["stock.move"].create({
            "product_id": self.part.id, "product_uom": self.part.uom_id.id, "product_uom_qty": 8,
            "location_id": self.stock.id, "location_dest_id": self.customers.id, "company_id": self.company.id})
        demand._action_confirm()
        demand._action_assign()
        self.assertEqual(demand.quantity, 8)
        record = self._found(self.part, 6)
        record.with_user(self.inspector).action_isolate()
        self.assertRecordValues(record, [{
            "quantity_isolated": 6, "quantity_held": 6, "location_id": self.hold.id,
            "origin_location_id": self.stock.id}])
        self.assertEqual(self._on_hand(self.part, self.stock), 4)
        self.assertLessEqual(demand.quantity, 4)
        self.assertEqual(self._available(self.part, self.hold), 0)
        with self.assertRaisesRegex(UserError, record.name), self.env.cr.savepoint():
            self.env["stock.move"].create({
                "product_id": self.part.id, "product_uom": self.part.uom_id.id, "product_uom_qty": 6,
                "location_id": self.hold.id, "location_dest_id": self.customers.id, "company_id": self.company.id,
                "picked": True, "move_line_ids": [Command.create({
                    "product_id": self.part.id, "quantity": 6, "location_id": self.hold.id,
                    "location_dest_id": self.customers.id})]})._action_done()
        self._decide(record, ("concession", 6))
        self.assertEqual(self._on_hand(self.part, self.stock), 10, "back where they were found")
        self.assertFalse(record.quantity_held)

    def test_isolation_needs_the_goods(self):
        """NCR-1: no more is isolated than is there; tracked goods are named; not twice; not by the reporter."""
        self._put(self.part, 5)
        record = self._found(self.part, 6)
        with self.assertRaisesRegex(UserError, "only 5"), self.env.cr.savepoint():
            record.with_user(self.inspector).action_isolate()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.with_user(self.worker).action_isolate()
        tracked = self._found(self._product("Relay", "serial"), 1)
        with self.assertRaisesRegex(UserError, "which lots"), self.env.cr.savepoint():
            tracked.with_user(self.inspector).action_isolate()
        record.with_user(self.inspector).write({"quantity": 5})
        record.with_user(self.inspector).action_isolate()
        with self.assertRaisesRegex(UserError, "already held"), self.env.cr.savepoint():
            record.with_user(self.inspector).action_isolate()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            record.with_user(self.inspector).write({"quantity": 1})

    def test_stock_moves_need_isolation(self):
        """NCR-4: goods that are not held cannot be scrapped or returned by a disposition; nothing is half done."""
        self._put(self.part, 10)
        record = self._found(self.part, 6, partner_id=self.supplier.id)
        self._propose(record, ("scrap", 6))
        with self.assertRaisesRegex(UserError, "Isolate them first"):
            record.with_user(self.head).action_decide()
        self.assertEqual(self._on_hand(self.part, self.stock), 10)

    def test_goods_out_of_stock(self):
        """NCR-3: work in progress is reworked and inspected again without a stock move."""
        record = self._found(self.part, 2, is_stocked=False)
        row = self._decide(record, ("rework", 2))
        row.with_user(self.worker).action_task_done(hours=1)
        self.assertRecordValues(row.child_inspection_ids, [{"quantity": 2, "quantity_held": 0, "state": "pending"}])
        self.assertFalse(row.move_ids)

    def test_reporter_does_not_decide(self):
        """NCR-4: who reports does not decide, unless the company lets him; an inspector decides small things only."""
        record = self._found(self.part, 2, user=self.head, is_stocked=False)
        self._propose(record, ("rework", 2))
        with self.assertRaisesRegex(AccessError, "reported by you"):
            record.with_user(self.head).action_decide()
        self.company.quality_own_decision = True
        record.with_user(self.head).action_decide()
        self.company.quality_own_decision = False
        record = self._found(self.part, 2, is_stocked=False)
        self._propose(record, ("rework", 2))
        record.with_user(self.inspector).action_decide()
        self.assertEqual(record.decided_by, self.inspector)
        record = self._found(self.part, 2, is_stocked=False)
        self._propose(record, ("concession", 2))
        with self.assertRaisesRegex(AccessError, "head of quality"):
            record.with_user(self.inspector).action_decide()
        for user in (self.worker, self.keeper_head):
            with self.assertRaises(AccessError):
                record.with_user(user).action_decide()

    def test_close_when_all_is_carried_out(self):
        """NCR-4: closed when everything is carried out, not before; then nobody changes anything."""
        record = self._rejected(self.part, 5)
        row = self._decide(record, ("sort", 5))
        with self.assertRaisesRegex(UserError, "not carried out"):
            record.with_user(self.inspector).action_close()
        row.with_user(self.worker).action_task_done(hours=1)
        record.with_user(self.inspector).action_close()
        self.assertRecordValues(record, [{"state": "closed", "closed_by": self.inspector.id}])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.write({"description": "Nothing"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            record.defect_line_ids.write({"quantity": 0})

    def test_held_goods_forbid_cancelling(self):
        """NCR-4, REC-7: a report that holds goods is decided, not cancelled; a mistaken one is cancelled."""
        record = self._rejected(self.part, 5)
        with self.assertRaisesRegex(UserError, "held"):
            record.with_user(self.head).action_cancel()
        mistaken = self._found(self.part, 5)
        with self.assertRaises(AccessError):
            mistaken.with_user(self.worker).action_cancel()
        mistaken.with_user(self.inspector).action_cancel()
        self.assertEqual(mistaken.state, "cancelled")

    def test_repeat_is_recognised(self):
        """NCR-7: same product, supplier and defect within the period; another product, code or time is none."""
        self.company.quality_repeat_days = 180
        first = self._found(self.part, 1, partner_id=self.supplier.id)
        self.assertFalse(first.is_repeat)
        again = self._found(self.part, 2, partner_id=self.supplier.id)
        self.assertRecordValues(again, [{"is_repeat": True, "repeat_ids": first.ids}])
        self.assertFalse(self._found(self.part, 2, partner_id=self.partner.id).is_repeat)
        self.assertFalse(self._found(self._product("Spring"), 2, partner_id=self.supplier.id).is_repeat)
        other = self.env["quality.defect.code"].create({"code": "T-BNT", "name": "Bent"})
        self.assertFalse(self._found(self.part, 2, partner_id=self.supplier.id, defect_line_ids=[
            Command.create({"defect_code_id": other.id})]).is_repeat)
        (first | again).reported_at = "2020-01-01"
        self.assertFalse(self._found(self.part, 2, partner_id=self.supplier.id).is_repeat)

    def test_repeat_is_recognised_when_the_defect_is_named_later(self):
        """NCR-7: the inspector who took the report names the defect; renaming it takes the repetition back."""
        first = self._found(self.part, 1, partner_id=self.supplier.id)
        again = self._found(
            self.part, 2, partner_id=self.supplier.id, defect_line_ids=[], description="Found at the bench")
        self.assertFalse(again.is_repeat)
        line = self.env["quality.nonconformity.defect"].with_user(self.inspector).create({
            "nonconformity_id": again.id, "defect_code_id": first.defect_line_ids.defect_code_id.id})
        self.assertRecordValues(again, [{"is_repeat": True, "repeat_ids": first.ids}])
        line.defect_code_id = self.env["quality.defect.code"].create({"code": "T-BNT", "name": "Bent"})
        self.assertRecordValues(again, [{"is_repeat": False, "repeat_ids": []}])

    def test_meant_demands(self):
        """NCR-8, MAT-6: the chained order misses the goods first, then the others by date, until all is named."""
        chained = self._waiting_demand(self.part, 10, date="2026-12-01 08:00:00")
        late, early = (self.env["stock.move"].create({
            "product_id": self.part.id, "product_uom": self.part.uom_id.id, "product_uom_qty": 15, "date": date,
            "location_id": self.stock.id, "location_dest_id": self.customers.id, "company_id": self.company.id})
            for date in ("2026-11-20 08:00:00", "2026-11-10 08:00:00"))
        (late | early)._action_confirm(merge=False)
        record = self._rejected(self.part, 30, demand=chained)
        demands = record._get_meant_demands()
        self.assertEqual(
            [(demand["move"], demand["quantity"], demand["chained"]) for demand in demands],
            [(chained, 10, True), (early, 15, False), (late, 5, False)])
        self.assertEqual(record.with_user(self.inspector).demand_count, 3)

    def test_shortage_hook_is_called_once(self):
        """NCR-8: deciding hands the demands to the hook, with the tranches decided."""
        demand = self._waiting_demand(self.part, 10)
        record = self._rejected(self.part, 30, demand=demand)
        calls = []
        self.patch(type(record), "_on_quantity_rejected", lambda one, demands: calls.append(
            (one.state, [(row["move"], row["quantity"]) for row in demands])))
        self._decide(record, ("scrap", 30))
        self.assertEqual(len(calls), 1)
        self.assertEqual(calls[0][0], "decided")

    def test_lots_of_another_product(self):
        """NCR-1: lots belong to the product; serials are as many as the quantity; one report per lot."""
        product, other = self._product("Fuse", "lot"), self._product("Breaker", "serial")
        lots, serials = self._lots(product, "L1", "L2"), self._lots(other, "S1", "S2")
        Record = self.env["quality.nonconformity"]
        for values, message in (
                ({"product_id": product.id, "lot_ids": [Command.set(serials[:1].ids)]}, "not a lot of"),
                ({"product_id": other.id, "quantity": 3, "lot_ids": [Command.set(serials.ids)]}, "2 serial numbers"),
                ({"product_id": product.id, "lot_ids": [Command.set(lots.ids)]}, "for each lot")):
            with self.assertRaisesRegex(ValidationError, message), self.env.cr.savepoint():
                Record.create({"quantity": 1, **values})
        self.assertEqual(Record.create({"product_id": product.id, "lot_id": lots[0].id}).lot_ids, lots[0])
