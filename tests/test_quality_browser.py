"""The goods' way through the inspection in the browser, in Chinese: storekeeper, inspector on the phone, head of
quality, buyer and guard."""
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

import quality_company as qc

PHONE = "390x844"


@tagged("post_install", "-at_install")
class TestQualityBrowser(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = qc.hire(cls.env)
        department = cls.env["hr.department"].create({"name": "采购部"})
        department.manager_id = cls.env["hr.employee"].create({
            "name": "冯采购", "user_id": cls.people["buyer"].id, "department_id": department.id})
        cls.env.company.quality_review_department_ids = [Command.set(department.ids)]
        cls.product = qc.component(cls.env, "UK-2.5B 接线端子")
        qc.component(cls.env, "TS35 导轨")  # bought with it, without a plan
        qc.plan(cls.env, cls.product)
        cls.supplier = cls.env["res.partner"].create({"name": "永联端子有限公司"})

    def _walk(self, path, tour, role, addon="quality_inspection"):
        self.start_tour(path, f"{addon}_journey_{tour}", login=qc.login(role), timeout=300)
        self.env.invalidate_all()

    def _on_phone(self):
        self.browser_size, self.touch_enabled = PHONE, True
        self.addCleanup(self._on_desktop)

    def _on_desktop(self):
        for name in ("browser_size", "touch_enabled"):
            self.__dict__.pop(name, None)

    def _nonconformity(self):
        return self.env["quality.nonconformity"].search(
            [("product_id", "=", self.product.id)], order="id desc", limit=1)

    def test_goods_go_through_the_inspection(self):
        """REC-1, REC-3, REC-5, NCR-4, NCR-5, NCR-6, PUR-9: ordered with New, received against the delivery note,
        inspected on the phone, rejected, sorted, decided by the head with a department's signature, let out by the
        guard; the buyer sees what is qualified."""
        self._walk("/odoo/purchase", "buyer_orders", "buyer", "quality_incoming")
        order = self.env["purchase.order"].search([("partner_id", "=", self.supplier.id)])
        receipt = order.picking_ids
        self._walk(f"/odoo/stock.picking/{receipt.id}", "storekeeper", "storekeeper", "quality_incoming")
        self.assertRecordValues(receipt, [{"state": "done", "delivery_note_ref": "SH-20261123"}])
        inspection = qc.inspections(receipt)
        self.assertRecordValues(inspection, [{"state": "pending", "quantity": 500}])

        self._on_phone()
        self._walk("/odoo/action-quality_inspection.quality_inspection_action_queue", "inspector", "inspector")
        self.assertRecordValues(inspection, [{
            "state": "done", "verdict": "reject", "inspector_id": self.people["inspector"].id}])
        self._on_desktop()
        bad = self._sorted()

        self._walk(f"/odoo/quality.nonconformity/{bad.id}", "head_proposes", "head")
        self.assertRecordValues(bad.disposition_ids, [
            {"kind": "return", "quantity": 20, "state": "draft"},
            {"kind": "concession", "quantity": 30, "state": "draft"}])
        self._walk(f"/odoo/quality.nonconformity/{bad.id}", "reviewer", "buyer")
        self.assertEqual(bad.review_line_ids.signed_by, self.people["buyer"])
        self._walk(f"/odoo/quality.nonconformity/{bad.id}", "head_decides", "head")
        self.assertEqual(bad.state, "decided")

        gate_pass = bad.disposition_ids.gate_pass_ids
        gate_pass.with_user(self.people["head2"]).action_approve()
        # The tour types this number; the pass is approved, and nobody may rename it.
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_gate_pass SET name = 'GATEPASS' WHERE id = %s", gate_pass.ids)
        self.env.invalidate_all()
        self._on_phone()
        self._walk("/odoo/action-stock_gate_pass.gate_scan_action", "guard", "guard")
        self.assertRecordValues(gate_pass, [{"state": "closed", "out_by": self.people["guard"].id}])
        self._on_desktop()
        self._walk(f"/odoo/purchase/{order.id}", "buyer", "buyer", "quality_incoming")
        line = order.order_line.filtered(lambda row: row.product_id == self.product)
        self.assertRecordValues(line, [{"qty_received": 480, "qty_qualified": 480, "qty_in_inspection": 0}])

    def _sorted(self):
        """The rejected lot is sorted and inspected again: 450 good; the nonconformity of the others."""
        head, inspector = (qc.act(self.env, role) for role in ("head", "inspector"))
        nonconformity = self._nonconformity()
        head["quality.disposition"].create({
            "nonconformity_id": nonconformity.id, "kind": "sort", "quantity": 500,
            "responsible_id": self.people["inspector2"].id})
        nonconformity.with_env(inspector).action_take()
        nonconformity.with_env(head).action_request_review()
        nonconformity.review_line_ids.with_user(self.people["buyer"]).action_agree()
        nonconformity.with_env(head).action_decide()
        nonconformity.disposition_ids.with_user(self.people["inspector2"]).action_task_done(6.0)
        qc.inspect(nonconformity.disposition_ids.child_inspection_id.with_env(inspector), 50, accepted=450)
        bad = self._nonconformity()
        bad.with_env(inspector).action_take()
        return bad
