"""The buyer's day in the browser, in Chinese, from *New* to the posted bill: buyer, store, inspector, accountant."""
from odoo.tests import HttpCase, tagged

import quality_company as qc

PHONE = "390x844"


@tagged("post_install", "-at_install")
class TestBuyerDay(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.env.company, install_demo=False)
        cls.people = qc.hire(cls.env)
        # Who enters bills of orders may read the orders.
        cls.people["accountant"].group_ids |= cls.env.ref("purchase.group_purchase_user")
        cls.env.company.delivery_note_required = True
        cls.env.company.quality_payment_gate = True
        cls.product = qc.component(cls.env, "UK-2.5B 接线端子")
        cls.rail = qc.component(cls.env, "TS35 导轨")
        qc.plan(cls.env, cls.product)
        cls.supplier = cls.env["res.partner"].create({"name": "永联端子有限公司"})

    def _walk(self, path, tour, role, addon="quality_incoming"):
        self.start_tour(path, f"{addon}_journey_{tour}", login=qc.login(role), timeout=300)
        self.env.invalidate_all()

    def test_order_is_entered_received_inspected_and_billed(self):
        """PUR-9, PUR-10, REC-1, REC-3: the buyer makes an order with New and adds its lines, the storekeeper receives
        it against the delivery note, the inspector accepts what has a plan, the accountant enters the bill with New."""
        self._walk("/odoo/purchase", "buyer_orders", "buyer")
        order = self.env["purchase.order"].search([("partner_id", "=", self.supplier.id)])
        self.assertRecordValues(order, [{"state": "purchase", "create_uid": self.people["buyer"].id}])
        self.assertRecordValues(order.order_line, [
            {"product_id": self.product.id, "product_qty": 500, "price_unit": 1.2, "qty_qualified": 0},
            {"product_id": self.rail.id, "product_qty": 20, "price_unit": 8, "qty_qualified": 0}])

        self._walk("/odoo/receipts", "storekeeper_receives", "storekeeper")
        self.assertRecordValues(order.picking_ids, [{"state": "done", "delivery_note_ref": "SH-20261123"}])
        self.assertRecordValues(order.order_line, [
            {"qty_received": 500, "qty_qualified": 0, "qty_in_inspection": 500},
            {"qty_received": 20, "qty_qualified": 20, "qty_in_inspection": 0}])

        self.browser_size, self.touch_enabled = PHONE, True
        self._walk("/odoo/action-quality_inspection.quality_inspection_action_queue", "inspector_accepts", "inspector")
        del self.browser_size, self.touch_enabled
        inspection = order.order_line.quality_inspection_ids
        self.assertRecordValues(inspection, [{
            "state": "done", "verdict": "accept", "inspector_id": self.people["inspector"].id}])

        self._walk("/odoo/vendor-bills", "accountant", "accountant")
        bill = order.invoice_ids
        self.assertRecordValues(bill, [{"state": "posted", "quality_payment_state": "ok"}])
        self.assertRecordValues(bill.invoice_line_ids.sorted("quantity"), [
            {"product_id": self.rail.id, "quantity": 20}, {"product_id": self.product.id, "quantity": 500}])
        self.assertEqual(order.invoice_status, "invoiced")
