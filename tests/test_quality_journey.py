"""A receipt of 500, inspected by AQL 1.0, level II, ends in return 20, concession 30, accept 450: by everybody who has
a part in it, through the door that the web client uses, in Chinese."""
from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged

import quality_company as qc

CHINESE = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
PRICE, REDUCTION = 1.2, 10.0


@tagged("post_install", "-at_install")
class TestQualityJourney(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = qc.hire(cls.env)
        cls.company = cls.env.company
        department = cls.env["hr.department"].create({"name": "采购部"})
        department.manager_id = cls.env["hr.employee"].create({
            "name": "冯采购", "user_id": cls.people["buyer"].id, "department_id": department.id})
        cls.company.write({"quality_review_department_ids": [Command.set(department.ids)]})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock, cls.hold = cls.warehouse.lot_stock_id, cls.warehouse.wh_qc_stock_loc_id
        cls.product = qc.component(cls.env, "UK-2.5B 接线端子", purchase_method="receive", supplier_taxes_id=[
            Command.clear()])
        cls.plan = qc.plan(cls.env, cls.product)
        cls.supplier = cls.env["res.partner"].create({"name": "永联端子有限公司"})
        cls.demand = cls.env["stock.picking"].create({
            "picking_type_id": cls.warehouse.out_type_id.id,
            "location_id": cls.stock.id,
            "location_dest_id": cls.env.ref("stock.stock_location_customers").id,
            "origin": "S-JOURNEY",
            "move_ids": [Command.create({
                "product_id": cls.product.id, "product_uom_qty": 490, "location_id": cls.stock.id,
                "location_dest_id": cls.env.ref("stock.stock_location_customers").id})]})
        cls.demand.action_confirm()
        cls.demand.action_assign()

    # How people reach the server

    @contextmanager
    def being(self, role):
        self.authenticate(qc.login(role), qc.login(role))
        yield

    def call(self, records, method, *args, **kwargs):
        """What the web client does when a button is clicked, as the person who is logged in."""
        self.env.flush_all()
        kwargs["context"] = {**CHINESE, **kwargs.get("context", {})}
        try:
            return self.make_jsonrpc_request(f"/web/dataset/call_kw/{records._name}/{method}", {
                "model": records._name, "method": method, "args": [*([records.ids] if records.ids else []), *args],
                "kwargs": kwargs})
        finally:
            self.env.invalidate_all()

    def refused(self, records, method, *args, **kwargs):
        """The message of the refusal."""
        with self.assertRaises(JsonRpcException) as caught:
            self.call(records, method, *args, **kwargs)
        return str(caught.exception)

    # What is where

    def quantity(self, location):
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id", "child_of", location.id)]).mapped("quantity"))

    def inspections(self):
        return self.env["quality.inspection"].search([("product_id", "=", self.product.id)], order="id")

    def nonconformities(self):
        return self.env["quality.nonconformity"].search([("product_id", "=", self.product.id)], order="id")

    # The story

    def test_five_hundred_end_in_return_concession_and_acceptance(self):
        """REC-1 to REC-7, NCR-1, NCR-4 to NCR-6, NCR-8, PUR-9, PUR-10, PUR-12, MAT-6: 500 received, the sample
        rejects, sorting finds 50 bad: 450 accepted, 30 conceded at a reduced price, 20 returned through the gate;
        stock, order, bill, payment, score and shortage agree."""
        order, receipt = self.storekeeper_receives()
        inspection = self.inspector_finds_defects(order, receipt)
        self.head_has_it_sorted(inspection)
        self.inspector_accepts_the_good_ones()
        gate_pass = self.head_decides_on_the_bad_ones()
        self.guard_lets_the_return_out(gate_pass)
        self.shortage_is_right()
        self.money_is_right(order)
        self.score_is_right(order)

    def storekeeper_receives(self):
        with self.being("buyer"):
            order_id = self.call(self.env["purchase.order"], "create", {
                "partner_id": self.supplier.id, "order_line": [Command.create({
                    "product_id": self.product.id, "product_qty": 500, "price_unit": PRICE})]})
            order = self.env["purchase.order"].browse(order_id)
            self.call(order, "button_confirm")
        receipt = order.picking_ids
        with self.being("storekeeper"):
            asked = self.call(receipt, "button_validate")
            self.assertEqual((asked["type"], receipt.state), ("ir.actions.act_window", "assigned"))
            self.call(receipt, "write", {"delivery_note_ref": "SH-20261123-01"})
            self.call(receipt, "button_validate")
            self.call(receipt, "button_validate")
            self.call(self.demand, "action_assign")
        self.assertEqual(receipt.state, "done")
        self.assertEqual((self.quantity(self.hold), self.quantity(self.stock)), (500, 0))
        self.assertRecordValues(self.inspections(), [{
            "state": "pending", "quantity": 500, "partner_id": self.supplier.id, "picking_id": receipt.id}])
        self.assertEqual(self.demand.state, "confirmed")
        self.assertRecordValues(order.order_line, [
            {"qty_received": 500, "qty_qualified": 0, "qty_in_inspection": 500, "qty_rejected": 0}])
        return order, receipt

    def inspector_finds_defects(self, order, receipt):
        inspection = self.inspections()
        with self.being("storekeeper"):
            self.refused(inspection, "action_start")
        with self.being("inspector"):
            self.call(inspection, "action_start")
            self.refused(inspection, "action_conclude")
            data = self.call(inspection, "get_entry_data")
            self.assertEqual([(sample["code_letter"], sample["sample_size"], sample["acceptance"],
                               sample["rejection"]) for sample in data["samples"]], [("H", 50, 1, 2)])
            data = self.call(inspection, "save_results", {
                "revision": data["revision"], "samples": [],
                "lines": [{"id": data["lines"][0]["id"], "defect_count": 4, "measurements": []}]})
            self.assertEqual(data["preview"]["verdict"], "reject")
            self.call(inspection, "action_conclude")
        self.assertRecordValues(inspection, [{
            "state": "done", "verdict": "reject", "quantity_accepted": 0, "qualified_rate": 92.0}])
        self.assertRecordValues(self.nonconformities(), [{
            "state": "open", "quantity": 500, "inspection_id": inspection.id, "partner_id": self.supplier.id}])
        self.assertEqual((self.quantity(self.hold), self.quantity(self.stock)), (500, 0))
        self.assertEqual(self.nonconformities().demand_ids, self.demand.move_ids)
        return inspection

    def head_has_it_sorted(self, inspection):
        nonconformity = self.nonconformities()
        with self.being("inspector"):
            self.call(nonconformity, "action_take")
        with self.being("head"):
            self.refused(self.env["quality.disposition"], "create", {
                "nonconformity_id": nonconformity.id, "kind": "accept", "quantity": 500})
            self.call(self.env["quality.disposition"], "create", {
                "nonconformity_id": nonconformity.id, "kind": "sort", "quantity": 500,
                "responsible_id": self.people["inspector2"].id})
        self.review_and_decide(nonconformity)
        with self.being("inspector2"):
            self.call(nonconformity.disposition_ids, "action_task_done", 6.0, "全数挑选")
        self.assertRecordValues(nonconformity.disposition_ids, [{"state": "done", "hours": 6.0}])
        self.assertRecordValues(inspection, [{"quantity_reinspect": 500, "quantity_open": 0}])

    def review_and_decide(self, nonconformity):
        with self.being("head"):
            self.refused(nonconformity, "action_decide")
            self.call(nonconformity, "action_request_review")
        with self.being("inspector"):
            self.refused(nonconformity.review_line_ids, "action_agree")
        with self.being("buyer"):
            self.call(nonconformity.review_line_ids, "action_agree", "供应商已同意")
        with self.being("inspector"):
            self.refused(nonconformity, "action_decide")
        with self.being("head"):
            self.call(nonconformity, "action_decide")
        self.assertEqual(nonconformity.state, "decided")

    def inspector_accepts_the_good_ones(self):
        child = self.inspections()[-1]
        self.assertRecordValues(child, [{
            "state": "pending", "quantity": 500, "parent_id": self.inspections()[0].id}])
        with self.being("inspector"):
            self.call(child, "action_start")
            data = self.call(child, "get_entry_data")
            self.assertEqual((data["whole"], data["samples"][0]["sample_size"]), (True, 500))
            self.call(child, "save_results", {
                "revision": data["revision"], "samples": [],
                "lines": [{"id": data["lines"][0]["id"], "defect_count": 50, "measurements": []}]})
            self.call(child, "action_conclude", 450)
        self.assertRecordValues(child, [{"state": "done", "quantity_accepted": 450, "quantity_rejected": 50}])
        self.assertEqual((self.quantity(self.hold), self.quantity(self.stock)), (50, 450))

    def head_decides_on_the_bad_ones(self):
        nonconformity = self.nonconformities()[-1]
        self.assertRecordValues(nonconformity, [{"state": "open", "quantity": 50}])
        with self.being("head"):
            for vals in ({"kind": "return", "quantity": 20, "settlement": "credit"},
                         {"kind": "concession", "quantity": 30, "price_reduction_percent": REDUCTION,
                          "concession_scope": "仅用于低压柜二次回路"}):
                self.call(self.env["quality.disposition"], "create", {"nonconformity_id": nonconformity.id, **vals})
            self.refused(self.env["quality.disposition"], "create", {
                "nonconformity_id": nonconformity.id, "kind": "scrap", "quantity": 1})
        self.review_and_decide(nonconformity)
        self.assertEqual((self.quantity(self.hold), self.quantity(self.stock)), (20, 480))
        returned = nonconformity.disposition_ids.filtered(lambda row: row.kind == "return")
        self.assertEqual(returned.state, "in_progress")
        self.assertTrue(returned.gate_pass_id)
        return returned.gate_pass_id

    def guard_lets_the_return_out(self, gate_pass):
        with self.being("guard"):
            self.assertEqual(self.scan_out(gate_pass), "danger")
            self.assertEqual(gate_pass.state, "draft")
        with self.being("head2"):
            self.call(gate_pass, "action_approve")
        with self.being("guard"):
            ready = self.call(gate_pass.browse(), "scan", gate_pass.token)
            self.assertEqual((ready["state"], ready["data"]["lines"][0]["quantity"]), ("ready_out", 20))
            self.assertEqual(self.scan_out(gate_pass), "success")
            self.assertEqual(self.scan_out(gate_pass), "danger")
            self.refused(self.nonconformities()[-1], "read", ["name"])
        self.assertEqual(gate_pass.state, "closed")
        self.assertEqual((self.quantity(self.hold), self.quantity(self.stock)), (0, 480))

    def scan_out(self, gate_pass):
        return self.call(gate_pass.browse(), "scan_out", gate_pass.token)["message"]["type"]

    def shortage_is_right(self):
        with self.being("storekeeper"):
            self.call(self.demand, "action_assign")
        self.assertEqual(self.demand.move_ids.quantity, 480)
        with self.being("head"):
            self.call(self.nonconformities()[-1], "action_close")
        self.assertEqual(self.nonconformities()[-1].state, "closed")
        self.assertEqual(self.nonconformities()[-1].demand_ids, self.demand.move_ids)

    def money_is_right(self, order):
        line = order.order_line.filtered(lambda row: row.product_id == self.product)
        self.assertRecordValues(line, [{"qty_received": 480, "qty_qualified": 480, "qty_in_inspection": 0}])
        with self.being("buyer"):
            self.call(order, "action_create_invoice")
        bill = order.invoice_ids
        self.assertAlmostEqual(bill.amount_untaxed, 450 * PRICE + 30 * PRICE * (1 - REDUCTION / 100), 2)
        with self.being("accountant"):
            self.call(bill, "write", {"invoice_date": "2026-11-23"})
            self.call(bill, "action_post")
            self.assertEqual(bill.quality_payment_state, "ok")
        self.assertFalse(order.order_line.filtered("qty_to_invoice"))

    def score_is_right(self, order):
        with self.being("buyer"):
            scores = self.call(self.env["quality.supplier.score"], "search_read",
                               [("partner_id", "=", self.supplier.id), ("kind", "=", "lot")],
                               ["lots", "lot_acceptance", "quantity_inspected", "quantity_nonconforming"])
        self.assertEqual([(row["lots"], row["lot_acceptance"], row["quantity_inspected"],
                           row["quantity_nonconforming"]) for row in scores], [(1, 0.0, 500.0, 50.0)])
