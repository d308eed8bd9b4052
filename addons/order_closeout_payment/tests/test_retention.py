from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_closeout.tests.common import CloseoutCommon


@tagged("-at_install", "post_install")
class TestRetention(CloseoutCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = [cls.env.ref(f"order_payment.order_payment_kind_{kind}") for kind in ("before_delivery", "retention")]
        cls.company.order_evaluation_from = "2020-01-01"
        cls.planned = cls._order(cls.special, payment_line_ids=[
            Command.create({"kind_id": kinds[0].id, "percent": 90, "event": "date", "date": "2026-01-01"}),
            Command.create({"kind_id": kinds[1].id, "percent": 10, "event": "date", "date": "2040-01-01"})])
        cls.planned.action_confirm()
        for line in cls.planned.order_line:
            line.qty_delivered = line.product_uom_qty

    def _is_ready(self):
        orders = self.env["sale.order"].search(self.planned._get_evaluable_domain())
        return self.planned in orders._filter_fulfilled()

    def test_evaluation_does_not_wait_for_the_retention(self):
        """EVA-1, PAY-1: delivered, and all but the retention is paid: the order is evaluated, although the retention is
        part of the final invoice and due years later; while a payment that is due is open it is not."""
        due, retention = self.planned.payment_line_ids
        self.assertEqual(due.state, "due")
        self.assertFalse(self._is_ready())
        due.action_invoice()
        due.invoice_ids.action_post()
        self.assertFalse(self._is_ready(), "invoiced is not paid")
        self._pay(due.invoice_ids, due.amount)
        self.assertEqual((due.state, retention.state == "paid"), ("paid", False))
        self.assertEqual(due.invoice_ids.payment_state, "partial")
        self.assertTrue(self._is_ready())

    def test_retention_that_is_due_is_waited_for(self):
        """EVA-1, PAY-1: a retention whose day has come, and is not paid, keeps the evaluation back; paid, it opens."""
        due, retention = self.planned.payment_line_ids
        due.action_invoice()
        due.invoice_ids.action_post()
        self._pay(due.invoice_ids, due.amount)
        with freeze_time("2040-02-01"):
            self.assertFalse(self.planned._is_fulfilled())
            self._pay(due.invoice_ids, retention.amount)
            self.assertTrue(self.planned._is_fulfilled())

    def _pay(self, invoice, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({"amount": amount})._create_payments()
