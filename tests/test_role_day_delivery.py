"""The end of an order: finance collects what the goods wait for, the order desk releases, the store ships, the desk
sees it. A day for each role, from the login on, in Chinese; the consignee has his own test (test_crate_page.py)."""
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.order_delivery.tests.common import DeliveryCommon
from odoo.addons.order_delivery.tests.test_page import SIGNATURE

import role_day


class TestDeliveryDays(DeliveryCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.finance = cls._person("finance", "account.group_account_invoice")
        people = cls.finance | cls.desk | cls.store | cls.seller
        people.write({"lang": "zh_CN", "tz": role_day.ZONE, "odoobot_state": "disabled"})
        cls.customer.write({"lang": "zh_CN", "name": "江州供电有限公司"})
        cls.cabinet.name = "KYN28A-12 高压开关柜"
        kind = "order_payment.order_payment_kind_"
        cls.order = cls._order(
            commitment_date=fields.Datetime.now() + timedelta(days=3), payment_line_ids=[
                Command.create({"kind_id": cls.env.ref(f"{kind}before_delivery").id, "percent": 90}),
                Command.create({"kind_id": cls.env.ref(f"{kind}retention").id, "percent": 10})])
        cls.order.picking_ids.scheduled_date = fields.Datetime.now() + timedelta(days=2)

    def test_from_the_payment_to_the_gate(self):
        """PAY-1, PAY-2, DLV-1, DLV-3, DLV-5: finance makes the invoice of a payment that is due, registers the money
        and sees it on the order; the desk releases the notice, which was held up before; the store validates; the
        notice is shipped, which the store sees at once, with what still follows."""
        order = self.order
        line = order.payment_line_ids[0]
        self.assertEqual(line.state, "due")
        with self.day(self.desk.login, page=f"/odoo/sales/{order.id}") as desk:
            desk.click("button[name=action_make_delivery_notice]")
            desk.see(".alert-danger", "提货款")
        notice = self.env["delivery.notice"].search([("order_id", "=", order.id)])
        self._collect(line)
        arrival = (notice.date_planned + timedelta(days=1)).strftime("%Y/%m/%d %H:%M:%S")
        with self.day(self.desk.login, tab=desk):
            desk.click("[name=date_arrival] button, [name=date_arrival] input")
            desk.fill("[name=date_arrival] input", arrival)
            desk.click("button[name=action_release]")
            desk.see(".o_arrow_button_current[data-value=released]")
        self.cost("order desk", "delivery notice, released", desk)
        self.assertRecordValues(notice, [{"state": "released", "released_by": self.desk.id}])
        self._ship_it(order, notice)
        with self.day(self.desk.login, tab=desk):
            desk.see(".o_arrow_button_current[data-value=shipped]")

    def _sent(self, **values):
        """A notice whose goods have left, with its crates."""
        notice = self._notice(self._order(commitment_date=fields.Datetime.now() + timedelta(days=3)), **values)
        self._ship(notice)
        notice.sudo()._follow()
        return notice

    def test_from_the_report_of_the_site_to_after_sales(self):
        """DLV-3, DLV-7: the site has reported a dented crate: the desk finds it among the crates, opens the claim that
        is there already, and asks after-sales, whose request it sees."""
        notice = self._sent(waybill="RC-1")
        notice.sudo().crate_ids[:1]._answer({
            "signer": "王工", "signature": SIGNATURE, "damaged": "1", "text": "柜门变形，母线室进水"})
        claim = notice.sudo().claim_ids
        number = claim.name
        with self.day(self.desk.login) as desk:
            desk.start("order_delivery.order_delivery_menu_root")
            desk.click("[data-menu-xmlid='order_delivery.delivery_crate_menu']")
            desk.click(".o_data_row", "柜门变形")
            desk.click("button[name=action_view_claims]")
            desk.see(".oe_title [name=name]", number)
            desk.click("button[name=action_service_request]")
            desk.see("[name=claim_count]", "1")
        self.cost("order desk", "claim of a reported crate, after-sales asked", desk)
        self.assertIn("母线室进水", claim.service_request_id.description)

    def test_sales_looks_at_its_deliveries(self):
        """DLV-5, DLV-9: sales sees in the ledger what has left, with days and receipt, and how many orders were on
        time."""
        number = self._sent().sudo().order_id.name
        with self.day(self.seller.login) as sales:
            sales.start("order_delivery.order_delivery_menu_root")
            sales.click("[data-menu-xmlid='delivery_ledger.delivery_ledger_menu']")
            sales.see(".o_data_row", number)
            sales.see(".o_data_row [name=punctuality]", "准时")
            sales.click("[data-menu-xmlid='delivery_ledger.delivery_punctuality_menu']")
            sales.see(".o_pivot", "江州供电有限公司")
        self.cost("sales", "ledger and on-time delivery looked at", sales)

    def _collect(self, line):
        order = line.order_id.id
        with self.day(self.finance.login) as finance:
            finance.start("account.menu_finance")
            finance.menu("account.menu_finance_receivables", "order_payment.order_payment_line_menu_account")
            finance.click(".o_data_row button[name=action_invoice]")
            finance.click("button[name=action_post]")
            finance.click("button[name=action_register_payment]")
            finance.click(".modal button[name=action_create_payments]")
            finance.see("body:not(:has(.modal))")
            finance.open(f"/odoo/sales/{order}")
            finance.click(".nav-link[name=payment_plan]")
            finance.see("[name=payment_line_ids] .o_data_row [name=state] .text-bg-success", "已收款")
        self.cost("finance", "payment due: invoice, money, seen on the order", finance)
        self.assertEqual(line.state, "paid")
        self.assertEqual(line.invoice_ids.create_uid, self.finance)

    def _ship_it(self, order, notice):
        picking, number = order.picking_ids.id, notice.name
        with self.day(self.store.login, page=f"/odoo/action-stock.action_picking_tree_outgoing/{picking}") as store:
            store.see("[name=delivery_notice_id]", number)
            store.click("button[name=button_validate]")
            store.see(".o_arrow_button_current[data-value=done]")
        self.cost("warehouse", "delivery validated", store)
        with self.day(self.store.login, tab=store):
            store.click("button[name=action_view_delivery_notice]")
            store.see(".o-mail-Message", "已发货。")
            store.see(".alert-info button[name=action_follow]")
        self.assertRecordValues(notice, [{"state": "shipped", "shipped_by": self.store.id}])
