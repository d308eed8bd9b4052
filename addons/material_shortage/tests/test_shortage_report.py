import base64
import io
import json
from datetime import date, datetime

import openpyxl

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from .common import ShortageCommon

PICTURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("-at_install", "post_install")
class TestShortageReport(HttpCase, ShortageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put(cls.breaker, 6)
        cls.order = cls.make_order([(cls.breaker, 6), (cls.busbar, 2)])
        cls.order.action_assign()

    def _report(self, user=None, **values):
        action = self.order.with_user(user or self.fitter).action_report_shortage()
        wizard = self.env["material.shortage.report"].with_user(user or self.fitter).with_context(**action["context"])
        with Form(wizard) as form:
            for name, value in {"product_id": self.breaker, **values}.items():
                setattr(form, name, value)
        form.record.action_report()
        return self.lines(self.order).filtered(lambda line: line.product_id == form.record.product_id)

    def test_reported_from_the_order(self):
        """MAT-10: part from the order's list, quantity, note, photo; the owner is asked, the reporter can follow it."""
        line = self._report(quantity=2, note="Two are bent", photo=PICTURE)
        self.assertRecordValues(line, [{
            "quantity": 2, "reported_quantity": 2, "reported_by": self.fitter.id, "note": "Two are bent",
            "owner_id": self.head_buyer.id, "state": "open"}])
        self.assertTrue(base64.b64decode(line.photo))
        self.assertEqual(line.activity_ids.user_id, self.head_buyer)
        self.assertIn("Two are bent", line.message_ids[0].body)
        self.assertEqual(line.with_user(self.fitter).quantity, 2)

    def test_quantity_is_proposed(self):
        """MAT-10: what is not reserved is proposed, else all that the order needs."""
        wizard = self.env["material.shortage.report"].new({
            "production_id": self.order.id, "product_id": self.busbar.id})
        self.assertEqual(wizard.quantity, 2)
        wizard.product_id = self.breaker
        self.assertEqual(wizard.quantity, 6)
        self.assertEqual(wizard.component_ids._origin, self.breaker | self.busbar)

    def test_pegging_does_not_close_a_report(self):
        """MAT-10: stock says that the part is there, who stands there says it is not: the line stays until it comes."""
        line = self._report(quantity=2)
        self.settle()
        self.assertRecordValues(line, [{"state": "open", "quantity": 2}])
        purchase = self.buy(self.breaker, 2, days=2)
        self.settle()
        self.assertEqual(line.state, "open")
        line.invalidate_recordset()
        self.env.cr.execute("UPDATE material_shortage SET reported_on = %s WHERE id = %s", [
            fields.Datetime.subtract(self.now, hours=1), line.id])
        self.receive(purchase)
        self.settle()
        self.assertRecordValues(line, [{"state": "closed", "closing": "receipt"}])

    def test_report_joins_the_open_line(self):
        """MAT-10: one line for an order and a product, whoever reports it again."""
        self.settle()
        line = self.lines(self.order)
        self.assertEqual(line.product_id, self.busbar)
        self._report(product_id=self.busbar, quantity=1, note="On the left")
        self.assertRecordValues(line, [{"quantity": 2, "reported_quantity": 1, "pegged_quantity": 2}])
        self._report(user=self.storekeeper, product_id=self.busbar, quantity=3, note="On the right")
        self.assertRecordValues(self.lines(self.order), [{"quantity": 3, "note": "On the left\nOn the right"}])

    def test_cause_is_the_reporters(self):
        """MAT-4: engineering and quality answer for what waits for them, whatever the pegging says of the supply."""
        line = self._report(quantity=1, cause="engineering")
        self.assertEqual(line.owner_id, self.engineer)
        self.settle()
        self.assertRecordValues(line, [{"cause": "engineering", "owner_id": self.engineer.id}])
        self._report(quantity=1, cause="quality")
        self.assertRecordValues(line, [{"cause": "quality", "owner_id": self.inspector.id}])
        self.assertEqual(line.activity_ids.user_id, self.inspector)

    def test_reported_from_a_picking(self):
        """MAT-10: at picking, for the order that is picked for; a delivery for itself."""
        move = self.move(self.breaker, 1, self.stock, self.env.ref("stock.stock_location_customers"),
                         picking_type_id=self.warehouse.out_type_id.id)
        move._assign_picking()
        action = move.picking_id.with_user(self.storekeeper).action_report_shortage()
        self.assertEqual(action["context"]["default_picking_id"], move.picking_id.id)
        self.warehouse.manufacture_steps = "pbm"
        order = self.make_order([(self.breaker, 1)])
        action = order.picking_ids.with_user(self.storekeeper).action_report_shortage()
        self.assertEqual(action["context"]["default_production_id"], order.id)

    def test_found_again(self):
        """MAT-4: a report is closed by hand when the part is there; what the pegging misses is not."""
        line = self._report(quantity=1)
        with self.assertRaises(AccessError):
            line.with_user(self.clerk).action_find()
        line.with_user(self.fitter).action_find()
        self.assertRecordValues(line, [{"state": "closed", "closing": "hand"}])
        self.settle()
        missing = self.lines(self.order, "open")
        with self.assertRaisesRegex(UserError, "closes by itself"):
            missing.with_user(self.planner).action_find()

    def test_finished_order(self):
        """MAT-4: the lines of an order end with it, reported ones too."""
        line = self._report(quantity=1)
        self.order.action_cancel()
        self.settle()
        self.assertRecordValues(line, [{"state": "closed", "closing": "change"}])
        with self.assertRaisesRegex(UserError, "has ended"):
            self.env["material.shortage"]._report(self.breaker, 1, self.order)

    def test_bad_input(self):
        """MAT-10: a quantity that is none, a cause that is none, a part of another company: refused by name."""
        shortages, other = self.env["material.shortage"], self.env["res.company"].create({"name": "Sister"})
        foreign = self.make_product("Foreign", company_id=other.id)
        for product, quantity, cause in (
                (self.breaker, 0, None), (self.breaker, -1, None), (self.breaker, float("nan"), None),
                (self.breaker, float("inf"), None), (self.breaker, 1, "weather"), (foreign, 1, None)):
            with self.subTest(quantity=quantity, cause=cause), self.assertRaises(UserError):
                shortages._report(product, quantity, self.order, cause)
        self.assertFalse(self.lines(self.order))

    def test_who_may_report(self):
        """MAT-10: production, store and planning report; nobody makes or changes a line past the actions."""
        wizard = self.env["material.shortage.report"].create({
            "production_id": self.order.id, "product_id": self.breaker.id, "quantity": 1})
        with self.assertRaises(AccessError):
            wizard.with_user(self.clerk).action_report()
        line = self._report(quantity=1)
        with self.assertRaises(AccessError):
            line.with_user(self.clerk).read(["quantity"])
        with self.assertRaises(AccessError):
            line.with_user(self.planner).create({"product_id": self.breaker.id, "company_id": self.company.id})
        for user, values in ((self.planner, {"state": "closed"}), (self.planner, {"quantity": 0}),
                             (self.buyer, {"owner_id": self.buyer.id}), (self.fitter, {"countermeasure": "None"})):
            with self.subTest(values=values), self.assertRaises(AccessError):
                line.with_user(user).write(values)
        line.with_user(self.buyer).write({"next_chase_date": "2099-01-05", "countermeasure": "Courier"})
        self.assertEqual(set(line.activity_ids.mapped("date_deadline")), {date(2099, 1, 5)}, "the to-do follows")

    def test_owner_answers(self):
        """MAT-4: the owner promises a date and says what is done; the to-do moves with it, the clock stops."""
        line = self._report(quantity=1)
        answer = self.env["material.shortage.answer"]
        late = fields.Date.add(fields.Date.today(), days=9)
        with self.assertRaises(AccessError):
            answer.with_user(self.fitter).create({
                "shortage_id": line.id, "date": late, "text": "On its way"}).action_answer()
        passed = fields.Date.subtract(late, days=20)
        for values in ({"date": passed, "text": "On its way"}, {"date": late, "text": "..."},
                       {"date": "9999-12-31", "text": "On its way"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                answer.with_user(self.head_buyer).create({"shortage_id": line.id, **values}).action_answer()
        answer.with_user(self.head_buyer).create({
            "shortage_id": line.id, "date": late, "text": "On its way"}).action_answer()
        self.assertRecordValues(line, [{
            "state": "promised", "answered_by": self.head_buyer.id, "countermeasure": "On its way",
            "expected_date": fields.Datetime.to_datetime(late),
            "next_chase_date": fields.Date.subtract(late, days=2)}])
        self.assertEqual(line.activity_ids.date_deadline, line.next_chase_date)
        clocks = self.env["sla.clock"].search([("res_model", "=", line._name), ("res_id", "=", line.id)])
        self.assertEqual(clocks.mapped("state"), ["met"])
        self.settle()
        self.assertEqual(line.state, "promised", "the pegging has no other date")

    def test_excel_columns(self):
        """RPT-3: the ready set of columns of the morning meeting, as Excel reads the file: moments in the reader's time
        and days are dates, quantities numbers, the unit beside them, documents by number, what is empty empty."""
        purchase = self.buy(self.busbar, 2.5, days=20)
        self.settle()
        line = self.lines(self.order).filtered(lambda line: line.product_id == self.busbar)
        self.planner.write({"group_ids": [(4, self.env.ref("base.group_allow_export").id)], "tz": "Asia/Shanghai"})
        paths = self.env.ref("material_shortage.ir_exports_shortages").export_fields.mapped("name")
        self.authenticate(self.planner.login, self.planner.login)
        answer = self.url_open("/web/export/xlsx", {"csrf_token": http.Request.csrf_token(self), "data": json.dumps({
            "model": line._name, "ids": line.ids, "domain": [], "import_compat": False, "context": {
                "lang": "en_US", "tz": "Asia/Shanghai", "allowed_company_ids": self.company.ids},
            "fields": [{"name": path, "label": path, "type": "char"} for path in paths]})})
        head, row = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
        row = dict(zip([cell.value for cell in head], row, strict=True))
        self.assertEqual(len(row), 17)
        for path in ("needed_by", "expected_date"):
            moment = fields.Datetime.context_timestamp(line.with_context(tz="Asia/Shanghai"), line[path])
            self.assertEqual(row[path].value, moment.replace(tzinfo=None, microsecond=0))
            self.assertTrue(row[path].is_date)
        self.assertTrue(row["next_chase_date"].is_date)
        self.assertEqual(row["next_chase_date"].value, datetime.combine(line.next_chase_date, datetime.min.time()))
        self.assertEqual((row["quantity"].value, row["quantity"].data_type), (2, "n"))
        self.assertEqual((row["days_late"].value, row["days_late"].data_type), (10, "n"))
        self.assertEqual(row["product_uom_id"].value, self.busbar.uom_id.name)
        self.assertEqual(row["production_id"].value, self.order.name)
        self.assertEqual(row["purchase_line_id/order_id"].value, purchase.name)
        self.assertIsNone(row["picking_id"].value)

    def test_other_company(self):
        """ARC-5: each company sees its own lines, measures, swaps and checks."""
        line = self._report(quantity=1)
        other = self.env["res.company"].create({"name": "Sister"})
        theirs = self._user("theirs", "mrp.group_mrp_manager", company=other)
        self.assertIn(line, self.env["material.shortage"].with_user(self.planner).search([]))
        self.assertNotIn(line, self.env["material.shortage"].with_user(theirs).search([]))
        with self.assertRaises(AccessError):
            self.act(line, "design", theirs, text="Another part")
        for window in (
                self.env["material.shortage.act"].with_user(theirs).create({"shortage_id": line.id, "kind": "swap"}),
                self.env["material.shortage.answer"].with_user(theirs).create({
                    "shortage_id": line.id, "date": "2040-01-01", "text": "We look into it"})):
            self.env.invalidate_all()
            for name in {"product_id", "production_id", "missing", "needed_by"} & window._fields.keys():
                with self.subTest(window=window._name, name=name), self.assertRaises(AccessError):
                    window.read([name])
