from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestInspectionFlow(QualityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()

    def test_inspection_by_hand(self):
        """REC-2: an inspector makes a request by hand and submits it; its number is given by the sequence."""
        inspection = self.env["quality.inspection"].with_user(self.inspector).create({
            "product_id": self.product.id, "quantity": 10, "plan_id": self.plan.id, "trigger": "manual"})
        self.assertEqual(inspection.state, "draft")
        self.assertRegex(inspection.name, r"^QI\d{4}-\d{5}$")
        inspection.quantity = 12
        inspection.action_submit()
        self.assertRecordValues(inspection, [{"state": "pending", "quantity_open": 12, "quantity_held": 0}])
        with self.assertRaises(AccessError):
            inspection.quantity = 5

    def test_inspection_holds_in_hold_locations_only(self):
        """REC-7: an inspection by hand cannot pretend to hold goods of the free stock."""
        vals = {"product_id": self.product.id, "quantity": 10, "plan_id": self.plan.id}
        with self.assertRaises(ValidationError):
            self.env["quality.inspection"].with_user(self.inspector).create({**vals, "location_id": self.stock.id})
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.hold.id})
        self.env["quality.inspection"].with_user(self.inspector).create({**vals, "location_id": shelf.id})

    def test_reinspection_without_plan(self):
        """REC-4, NCR-4: goods that come back from sorting without a plan are concluded by counting good and bad."""
        first = self.conclude(self.inspect(self.receive(self.product, 500), self.plan), defects=5)
        again = self.inspect(self.receive(self.product, 10), None, parent_id=first.id)
        self.conclude(again, defects=4)
        self.assertRecordValues(again, [{"quantity_accepted": 6, "quantity_rejected": 4}])
        self.assertEqual(again._get_root(), first)

    def test_start_keeps_the_released_drawing(self):
        """REC-4: the inspection shows the version that was released when it started, also when a newer one follows."""
        Document = self.env["quality.inspection.document"]
        first = Document.create({"name": "D-1", "revision": "A", "datas": "QQ=="})
        first.action_release()
        self.plan.document_ids = first
        second = Document.create({"name": "D-1", "revision": "B", "datas": "Qg=="})
        self.assertEqual(self.conclude(self.inspect(self.receive(self.product, 5), self.plan)).document_ids, first)
        second.action_release()
        self.assertEqual(first.state, "superseded")
        late = self.inspect(self.receive(self.product, 5), self.plan)
        self.start(late)
        self.assertEqual(late.document_ids, second)
        with self.assertRaises(UserError):
            first.sudo().write({"revision": "Z"})
        file = self.env["ir.attachment"].search([
            ("res_model", "=", second._name), ("res_id", "=", second.id), ("res_field", "=", "datas")])
        with self.assertRaises(UserError):
            file.with_user(self.head).write({"datas": "Wg=="})

    def test_document_without_file_is_not_released(self):
        """REC-4: a drawing without its file cannot be released, and only the head changes documents."""
        document = self.env["quality.inspection.document"].create({"name": "D-2"})
        with self.assertRaises(UserError):
            document.action_release()
        with self.assertRaises(AccessError):
            document.with_user(self.inspector).action_release()

    def test_serious_finding_tells_the_head(self):
        """REC-5: below 95 %, or with a serious finding, the head of quality has an activity at once."""
        poor = self.conclude(self.inspect(self.receive(self.product, 500), self.plan), defects=4)
        self.assertIn(self.head, poor.activity_ids.user_id)
        good = self.conclude(self.inspect(self.receive(self.product, 500), self.plan))
        self.assertFalse(good.activity_ids)
        marked = self.conclude(self.inspect(self.receive(self.product, 500), self.plan),
                               findings={"finding_wrong_model": True})
        self.assertTrue(marked.serious_finding)
        self.assertIn(self.head, marked.activity_ids.user_id)
        with self.assertRaises(UserError):
            self.conclude(self.inspect(self.receive(self.product, 500), self.plan), findings=["state"])

    def test_clock_of_eight_working_hours(self):
        """REC-3: eight working hours from the submission, paused while documents are missing, met by the verdict."""
        self.env.company.resource_calendar_id.tz = "UTC"
        with freeze_time("2026-03-02 08:00:00"):
            inspection = self.inspect(self.receive(self.product, 5), self.plan)
            self.assertEqual(inspection.sla_state, "running")
            self.assertEqual(inspection.sla_deadline, datetime(2026, 3, 2, 17))
            clock = inspection.sla_clock_ids
            self.assertEqual(clock.user_id, self.head)
            with self.assertRaises(UserError):
                inspection.with_user(self.inspector).action_missing_documents(" ")
            inspection.with_user(self.inspector).action_missing_documents("certificate of the resin")
            self.assertEqual(inspection.sla_state, "paused")
        with freeze_time("2026-03-02 10:00:00"):
            mine = self.start(inspection)
            self.fill(mine)
            with self.assertRaises(UserError):
                mine.action_conclude()
            inspection.with_user(self.storekeeper).action_documents_complete()
            self.assertEqual(inspection.sla_deadline, datetime(2026, 3, 3, 10))
            self.assertEqual(clock.user_id, self.inspector)
            mine.action_conclude()
            self.assertEqual(clock.state, "met")

    def test_split(self):
        """REC-2: a waiting inspection may be split; both parts hold their quantity, and the sum stays the lot."""
        inspection = self.inspect(self.receive(self.product, 100), self.plan)
        for quantity in (0, -1, 100, 101, True, "5"):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                inspection.with_user(self.inspector).action_split(quantity)
        inspection.with_user(self.inspector).action_split(40)
        part = self.env["quality.inspection"].search([("split_from_id", "=", inspection.id)])
        self.assertRecordValues(inspection | part, [
            {"quantity": 60, "quantity_held": 60, "move_id": inspection.move_id.id},
            {"quantity": 40, "quantity_held": 40, "move_id": inspection.move_id.id}])
        self.conclude(part)
        self.assertEqual(self.quantity_in(self.stock, self.product), 40)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.product, self.hold), 0)
        self.start(inspection)
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector).action_split(10)

    def test_split_of_serials(self):
        """REC-2: serial numbers go with the part that they belong to."""
        serials = self.make_lots(self.serial_product, "A", "B", "C")
        inspection = self.inspect(self.receive(self.serial_product, 3, serials), self.plan)
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector).action_split(2, serials[:1].ids)
        inspection.with_user(self.inspector).action_split(1, serials[:1].ids)
        part = self.env["quality.inspection"].search([("split_from_id", "=", inspection.id)])
        self.assertEqual((part.held_lot_ids, inspection.held_lot_ids), (serials[0], serials[1:]))

    def test_merge(self):
        """REC-2: parts of one receipt may be merged again; other goods, or started ones, may not."""
        inspection = self.inspect(self.receive(self.product, 100), self.plan)
        inspection.with_user(self.inspector).action_split(40)
        part = self.env["quality.inspection"].search([("split_from_id", "=", inspection.id)])
        other = self.inspect(self.receive(self.product, 100), self.plan)
        with self.assertRaises(UserError):
            (inspection | other).with_user(self.inspector).action_merge()
        with self.assertRaises(UserError):
            inspection.with_user(self.inspector).action_merge()
        (inspection | part).with_user(self.inspector).action_merge()
        self.assertRecordValues(inspection | part, [
            {"quantity": 100, "quantity_held": 100, "state": "pending"},
            {"quantity": 40, "quantity_held": 0, "state": "cancelled"}])

    def test_no_second_inspection_of_a_receipt(self):
        """REC-2: the same goods of a receipt are not inspected twice."""
        move = self.receive(self.product, 5)
        self.inspect(move, self.plan)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.inspect(move, self.plan)
            self.env.flush_all()

    def test_lot_keeps_its_certificates(self):
        """REC-9: certificate and instructions are recorded with the lot, by storekeeper or inspector."""
        lot = self.make_lots(self.lot_product, "L1")
        self.env["quality.lot.document"].with_user(self.storekeeper).create({
            "lot_id": lot.id, "name": "CERT-7", "kind": "certificate", "datas": "QQ=="})
        self.env["quality.lot.document"].with_user(self.inspector).create({
            "lot_id": lot.id, "name": "Manual", "kind": "instructions"})
        self.assertEqual(lot.quality_document_ids.mapped("name"), ["CERT-7", "Manual"])
        with self.assertRaises(AccessError):
            self.env["quality.lot.document"].with_user(self.employee).create({"lot_id": lot.id, "name": "x"})

    def test_other_company_sees_nothing(self):
        """REC-2: inspections and plans belong to their company."""
        inspection = self.inspect(self.receive(self.product, 5), self.plan)
        other = self.env["res.company"].create({"name": "Other"})
        self.inspector_2.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        foreign = inspection.with_user(self.inspector_2).with_context(allowed_company_ids=other.ids)
        self.assertFalse(foreign.search([("id", "=", inspection.id)]))
        with self.assertRaises(AccessError):
            foreign.action_start()

    def test_employee_and_storekeeper_give_no_verdict(self):
        """REC-3: only inspectors inspect; a storekeeper reads, others do not."""
        inspection = self.inspect(self.receive(self.product, 5), self.plan)
        self.assertEqual(inspection.with_user(self.storekeeper).state, "pending")
        for user in (self.storekeeper, self.employee, self.releaser):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                inspection.with_user(user).action_start()
        with self.assertRaises(AccessError):
            inspection.with_user(self.storekeeper).write({"note": "x"})


@tagged("post_install", "-at_install")
class TestInspectionQueue(QualityCommon):

    def demand(self, product, days, quantity=1):
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "location_id": self.stock.id,
            "location_dest_id": self.customer_location.id, "date": fields.Datetime.now() + timedelta(days=days)})
        move._action_confirm()
        move.date = fields.Datetime.now() + timedelta(days=days)
        return move

    def test_queue_is_sorted_by_the_earliest_demand(self):
        """REC-3: the queue shows first what is needed first, and last what nobody waits for."""
        plan = self.make_plan()
        products = self.env["product.product"].create(
            [{"name": name, "is_storable": True} for name in ("nobody", "late", "soon")])
        inspections = self.env["quality.inspection"].concat(
            *(self.inspect(self.receive(product, 5), plan) for product in products))
        self.demand(products[1], 20)
        self.demand(products[2], 9)
        self.demand(products[2], 0)
        queue = inspections.search([("id", "in", inspections.ids)], order="demand_date, id")
        self.assertEqual(queue.product_id, products[2] | products[1] | products[0])
        self.assertEqual(inspections.mapped("is_urgent"), [False, False, True])
        self.assertEqual(
            inspections.search([("id", "in", inspections.ids)], order="demand_date desc, id")[0].product_id,
            products[1])

    def test_queue_of_many_opens_in_constant_queries(self):
        """REC-3: the first page of the sorted queue takes the same queries for 3 and for 300 open inspections."""
        plan = self.make_plan()
        products = self.env["product.product"].create(
            [{"name": f"P{number}", "is_storable": True} for number in range(300)])
        vals = [{"product_id": product.id, "plan_id": plan.id, "quantity": 5, "state": "pending"}
                for product in products]
        Inspection = self.env["quality.inspection"].with_user(self.inspector)
        counts = []
        for some in (vals[:3], vals[3:]):
            self.env["quality.inspection"]._create_batch(some)
            for _warm in range(2):
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                Inspection.web_search_read(
                    [("state", "=", "pending")],
                    {"name": {}, "demand_date": {}, "is_urgent": {}, "is_late": {}, "sla_clocks": {},
                     "product_id": {"fields": {"display_name": {}}}},
                    order="demand_date, id", limit=min(len(some), 80))
                count = self.cr.sql_log_count - before
            counts.append(count)
        self.assertLessEqual(counts[1], counts[0])

    def test_batch_takes_constant_queries(self):
        """REC-2: making fifty inspections takes as many queries as making two: number, lines of the clock and all."""
        plan = self.make_plan()
        self.env["quality.inspection"]._create_batch(
            [{"product_id": self.product.id, "plan_id": plan.id, "quantity": 5, "state": "pending"}])
        counts = []
        for number in (2, 50):
            moves = self.env["stock.move"].concat(*(self.receive(self.product, 1) for _index in range(number)))
            vals = [{"product_id": self.product.id, "plan_id": plan.id, "quantity": 1, "state": "pending",
                     "move_id": move.id, "location_id": self.hold.id, "partner_id": self.supplier.id} for move in moves]
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["quality.inspection"]._create_batch(vals)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], "queries must not grow with the number of inspections")
