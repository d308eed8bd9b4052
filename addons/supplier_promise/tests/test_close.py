from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import PromiseMixin


@tagged("-at_install", "post_install")
class TestClose(PromiseMixin, AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=SUPERUSER_ID, context={"allowed_company_ids": cls.company_data["company"].ids})
        cls.env.company.write({
            name: value for name, value in (("quality_payment_gate", False), ("delivery_note_required", False))
            if name in cls.env.company._fields})
        cls._set_up_purchase()

    def _run(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["purchase.order"]._cron_close_orders()

    def _bill(self, order):
        order.sudo().action_create_invoice()
        bill = order.sudo().invoice_ids
        bill.invoice_date = bill.date
        bill.action_post()
        return bill

    def test_closed_when_all_steps_are_done(self):
        """PUR-11: what is missing is named step by step; received, billed and paid, the order is closed by the cron and
        locked; its files stay; only a purchase manager opens it again."""
        order = self._order()
        mine = order.with_user(self.buyer)
        for word in ("goods to receive", "the bill"):
            self.assertIn(word, order.closing_missing)
        with self.assertRaisesRegex(UserError, "goods to receive, the bill"):
            mine.action_close_purchase()
        self._receive(order)
        self.assertNotIn("goods to receive", order.closing_missing)
        bill = self._bill(order)
        self.assertEqual(order.closing_missing, "the payment")
        self._run()
        self.assertFalse(order.closed_on)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids).create({})._create_payments()
        order.invalidate_recordset(["closing_missing"])
        self.assertFalse(order.closing_missing)
        paper = self.env["ir.attachment"].create({
            "name": "Order.pdf", "raw": b"%PDF-1.4", "res_model": "purchase.order", "res_id": order.id})
        self._run()
        self.assertTrue(order.closed_on and order.locked)
        with self.assertRaisesRegex(UserError, "is closed"):
            mine.order_line.price_unit = 3
        with self.assertRaisesRegex(UserError, "is closed"):
            mine.order_line.create({"order_id": order.id, "product_id": self.rail.id, "product_qty": 1})
        with self.assertRaisesRegex(UserError, "is closed"):
            mine.locked = False
        with self.assertRaises(UserError):
            paper.unlink()
        with self.assertRaisesRegex(UserError, "closed already"):
            mine.action_close_purchase()
        with self.assertRaises(AccessError):
            mine.button_unlock()
        order.with_user(self.chief).button_unlock()
        self.assertFalse(order.closed_on or order.locked)

    def test_who_closes(self):
        """PUR-11: buyers close; when it was closed is not typed in."""
        order = self._order()
        with self.assertRaises(AccessError):
            order.with_user(self.clerk).action_close_purchase()
        with self.assertRaises(AccessError):
            order.with_user(self.buyer).closed_on = "2031-01-01"
