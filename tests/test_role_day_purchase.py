"""From the approved request to the approved order: a day of the buyer and one of the general manager."""
import os
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

import role_day

PURCHASE = "purchase.menu_purchase_root"
CHINESE = {"lang": "zh_CN", "tz": role_day.ZONE}


class TestPurchaseDays(role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer, cls.manager, cls.planner, cls.foreman = (new_test_user(
            cls.env, f"day_{login}", groups=groups, name=name, email=f"{login}@plant.example", **CHINESE)
            for login, groups, name in (
                ("buyer", "purchase.group_purchase_user", "冯采购"),
                ("manager", "purchase.group_purchase_user", "陈总"),
                ("planner", "purchase_request.group_purchase_request_user", "许计划"),
                ("foreman", "base.group_user", "马主任")))
        workshop = cls.env["hr.department"].create({"name": "总装车间", "company_id": cls.env.company.id})
        for user in cls.planner | cls.foreman:
            cls.env["hr.employee"].create({
                "name": user.name, "user_id": user.id, "department_id": workshop.id,
                "company_id": cls.env.company.id})
        workshop.manager_id = cls.foreman.employee_ids
        cls.supplier = cls.env["res.partner"].create({
            "name": "永联端子有限公司", "is_company": True, "email": "sales@yonglian.example", **CHINESE})
        cls.terminal, cls.rail = cls.env["product.product"].create([{
            "name": name, "is_storable": True, "purchase_request": True, "standard_price": price,
            "supplier_taxes_id": [Command.clear()], "seller_ids": [Command.create({
                "partner_id": cls.supplier.id, "price": price, "delay": 7})],
        } for name, price in (("UK-2.5B 接线端子", 12), ("TS35 导轨", 80))])
        cls.env["purchase.approval.tier"].create([
            {"name": "采购员", "amount_from": 0, "own_allowed": True, "company_id": cls.env.company.id,
             "group_id": cls.env.ref("purchase.group_purchase_user").id},
            {"name": "总经理", "amount_from": 5000, "company_id": cls.env.company.id,
             "user_ids": [Command.set(cls.manager.ids)]}])

    def _shot(self, person, name):
        """A picture for whoever looks at the screens; only where a folder is named."""
        if os.environ.get("SHOTS"):
            person.see("body")
            person.browser.take_screenshot(prefix=name).result(20)

    def _approved_request(self):
        need = fields.Date.today() + timedelta(days=30)
        request = self.env["purchase.request"].with_user(self.planner).create({
            "request_kind": "plan", "description": "5月成套柜装配用", "line_ids": [Command.create({
                "product_id": product.id, "product_qty": quantity, "product_uom_id": product.uom_id.id,
                "name": product.name, "date_required": need})
                for product, quantity in ((self.terminal, 500), (self.rail, 20))]})
        request.button_to_approve()
        request.with_user(self.foreman).button_approved()
        return request.with_env(self.env)

    def test_purchase_days(self):
        """PUR-1, PUR-2, PUR-5, PUR-6, PUR-8: the buyer makes a request for quotation of what is to be bought, sends
        it, enters the later date that the supplier gives by phone, accepts it and confirms; the general manager finds
        the order in his to-dos, sees what it is for and approves it."""
        request = self._approved_request()
        order = self._buy(request)
        self._approve(order)

    def _buy(self, request):
        day = fields.Date.today() + timedelta(days=36)
        with self.day(self.buyer.login) as buyer:
            buyer.start(PURCHASE)
            buyer.menu("purchase_request_control.purchase_request_control_menu_requests",
                       "purchase_request_control.purchase_request_line_menu_to_buy")
            self._shot(buyer, "to_buy_")
            for product in ("UK-2.5B", "TS35"):
                buyer.click(f".o_data_row:has([data-tooltip*='{product}']) .o_list_record_selector input")
            buyer.click("button[name=action_make_rfq]")
            self._shot(buyer, "window_")
            buyer.click(".modal button[name=make_purchase_order]")
            buyer.see(".o_form_view [name=partner_id] input", "永联")
            self._shot(buyer, "rfq_")
            buyer.click("button[name=action_rfq_send]")
            self._shot(buyer, "mail_")
            buyer.click(".modal .o_mail_send, .modal button[name=action_send_mail]")
            buyer.see(".o_arrow_button_current[data-value=sent]")
            self._shot(buyer, "sent_")
            buyer.click(".o_data_row:has([name=product_id]) button[name=action_promise]")
            self._shot(buyer, "said_")
            buyer.fill(".modal [name=date_promised] button, .modal input[data-field=date_promised]",
                       day.strftime("%Y/%m/%d"))
            buyer.fill(".modal [name=reason] textarea", "铜材紧缺，下周到料")
            buyer.click(".modal button[name=action_promise]")
            self._shot(buyer, "promise_")
            buyer.click("button[name=action_accept]")
            buyer.see(".o_arrow_button_current[data-value=accepted], .o_statusbar_status", "已接受")
            buyer.click("button[name=action_view_order]")
            buyer.click("button[name=button_confirm]")
            buyer.see(".o_arrow_button_current[data-value='to approve']")
            self._shot(buyer, "waits_")
        self.cost("buyer", "order of a request, date by phone, confirmed", buyer)
        order = request.line_ids.purchase_lines.order_id
        self.assertRecordValues(order, [{"state": "to approve", "partner_id": self.supplier.id}])
        self.assertEqual(order.order_line.mapped("product_qty"), [500, 20])
        self.assertRecordValues(order.promise_ids, [
            {"state": "accepted", "quantity": 500, "decided_by": self.buyer.id}])
        self.assertEqual(request.line_ids.mapped("qty_to_order"), [0, 0])
        return order

    def _approve(self, order):
        amount = order.amount_total
        with self.day(self.manager.login) as manager:
            manager.click(".o_menu_systray button:has(.fa-clock-o)")
            self._shot(manager, "todos_")
            manager.click(".o-mail-ActivityGroup[data-model_name='purchase.order'] [name=activityTitle]")
            self._shot(manager, "list_")
            manager.click(".o_data_row [name=partner_id]", "永联")
            self._shot(manager, "order_")
            manager.click("button[name=button_approve]")
            manager.see(".o_arrow_button_current[data-value=purchase]")
        self.cost("general manager", "order approved by amount", manager)
        self.assertRecordValues(order, [{
            "state": "purchase", "order_approved_by": self.manager.id, "order_approved_amount": amount}])
        self.assertFalse(order.activity_ids.filtered(lambda todo: todo.user_id == self.manager))
        self.assertTrue(order.picking_ids)
