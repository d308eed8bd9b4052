"""The buyer's day in Chinese, from the login page to the posted bill: buyer, store, inspector, accountant."""
from odoo.tests import tagged

import quality_company as qc
import role_day

NEW = ".o_list_button_add"


@tagged("post_install", "-at_install")
class TestBuyerDay(role_day.RoleDays):
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

    def test_order_is_entered_received_inspected_and_billed(self):
        """PUR-9, PUR-10, REC-1, REC-3: the buyer makes an order with New and adds its lines, the storekeeper receives
        it against the delivery note, the inspector accepts what has a plan, the accountant enters the bill with New."""
        order = self._order()
        self._receive(order)
        self._accept(order)
        self._bill(order)
        self.assertEqual(order.invoice_status, "invoiced")

    def _order(self):
        with self.day(qc.login("buyer")) as buyer:
            buyer.start("purchase.menu_purchase_root")
            buyer.click(NEW)
            buyer.choose("[name=partner_id]", "永联")
            buyer.line("UK-2.5B", product_qty="500", price_unit="1.2")
            buyer.line("TS35", product_qty="20", price_unit="8")
            buyer.click("button[name=button_confirm]")
            buyer.see(".o_arrow_button_current[data-value=purchase]")
        order = self.env["purchase.order"].search([("partner_id", "=", self.supplier.id)])
        self.assertRecordValues(order, [{"state": "purchase", "create_uid": self.people["buyer"].id}])
        self.assertRecordValues(order.order_line, [
            {"product_id": self.product.id, "product_qty": 500, "price_unit": 1.2, "qty_qualified": 0},
            {"product_id": self.rail.id, "product_qty": 20, "price_unit": 8, "qty_qualified": 0}])
        return order

    def _receive(self, order):
        with self.day(qc.login("storekeeper"), phone=True) as keeper:
            keeper.click(".o_kanban_record", "永联")
            keeper.fill("[name=delivery_note_ref] input", "SH-20261123")
            keeper.click("button[name=action_count_delivery_note]")  # in reach, beside the number
            keeper.see(".modal [name=delivery_note_line_ids] .o_kanban_record", "TS35")
            keeper.click(".modal .btn-primary")
            keeper.click("button[name=button_validate]")
            keeper.see("body:not(:has(.modal)) button[name=action_view_quality_inspections]")
        self.assertRecordValues(order.picking_ids, [{"state": "done", "delivery_note_ref": "SH-20261123"}])
        self.assertEqual(order.picking_ids.delivery_note_line_ids.mapped("quantity_counted"), [500, 20])
        self.assertRecordValues(order.order_line, [
            {"qty_received": 500, "qty_qualified": 0, "qty_in_inspection": 500},
            {"qty_received": 20, "qty_qualified": 20, "qty_in_inspection": 0}])

    def _accept(self, order):
        with self.day(qc.login("inspector"), phone=True) as inspector:
            inspector.click(".o_kanban_record button[name=action_open_entry]")
            inspector.click(".o_qi_card .o_qi_ok")
            inspector.click(".o_qi_bar .o_qi_conclude_button")
            inspector.click(".o_qi_confirm:enabled")
            inspector.see("body:not(:has(.o_qi_conclude))")
        self.assertRecordValues(order.order_line.quality_inspection_ids, [{
            "state": "done", "verdict": "accept", "inspector_id": self.people["inspector"].id}])

    def _bill(self, order):
        number = order.name
        with self.day(qc.login("accountant")) as accountant:
            accountant.start("account.menu_finance")
            accountant.menu("account.menu_finance_payables", "account.menu_action_move_in_invoice_type")
            accountant.click(NEW)
            accountant.choose("[name=partner_id]", "永联")
            accountant.choose("[name=purchase_vendor_bill_id]", number)
            accountant.see("[name=invoice_line_ids] .o_data_row", "UK-2.5B")
            accountant.fill("[name=invoice_date] input, input[data-field=invoice_date]", "2026/11/27")
            accountant.click("button[name=action_post]")
            accountant.see(".o_arrow_button_current[data-value=posted]")
        bill = order.invoice_ids
        self.assertRecordValues(bill, [{"state": "posted", "quality_payment_state": "ok"}])
        self.assertRecordValues(bill.invoice_line_ids.sorted("quantity"), [
            {"product_id": self.rail.id, "quantity": 20}, {"product_id": self.product.id, "quantity": 500}])
