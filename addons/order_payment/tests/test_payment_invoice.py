from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentInvoice(PaymentCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls._age(cls.order, 10)
        cls.down, cls.before, cls.kept = cls.order.payment_line_ids

    def _states(self):
        return self.order.payment_line_ids.mapped("state")

    def _invoice(self, line, user=None):
        line.with_user(user or self.sales).action_invoice()
        return line.invoice_ids

    def test_down_payment_and_final_invoice(self):
        """PAY-1: a due line makes an advance, the last one the final invoice with the retention, that deducts it."""
        self.assertEqual(self._states(), ["due", "open", "open"])
        advance = self._invoice(self.down)
        self.assertRecordValues(advance, [{
            "state": "draft", "amount_total": 300, "invoice_date_due": self.down.date_due,
            "invoice_payment_term_id": False}])
        self.assertTrue(advance.invoice_line_ids.sale_line_ids.is_downpayment)
        self.assertEqual(self._states(), ["invoiced", "open", "open"])
        self._pay(advance)
        self.order._payment_event("ready", self.today)
        self.assertEqual(self._states(), ["paid", "due", "open"])
        final = self._invoice(self.before, self.accountant)
        self.assertEqual((final.amount_total, final.invoice_date_due), (700, self.before.date_due))
        self.assertEqual(self.kept.invoice_ids, final)
        self.assertEqual(self._states(), ["paid", "invoiced", "invoiced"])
        self._pay(final, 600)
        self.assertEqual(self._states(), ["paid", "paid", "invoiced"])
        self.assertEqual(self.kept.amount_open, 100, "the retention waits")
        self._pay(final, 100)
        self.assertEqual(self._states(), ["paid", "paid", "paid"])
        self.assertEqual(self.order.payment_plan_state, "paid")

    def test_partial_payment(self):
        """PAY-1: part of the money: partly paid, and only the rest is open."""
        self._pay(self._invoice(self.down), 120)
        self.assertRecordValues(self.down, [{"state": "partly_paid", "amount_paid": 120, "amount_open": 180}])
        self.assertEqual(self.order.payment_plan_unpaid, 180)

    def test_not_due_and_not_twice(self):
        """PAY-1: a line that is not due says when it will be; one that is invoiced is not invoiced again."""
        with self.assertRaisesRegex(UserError, "due Ready for delivery"):
            self._invoice(self.before)
        self._invoice(self.down)
        with self.assertRaisesRegex(UserError, "invoiced already"):
            self._invoice(self.down)

    def test_cancelled_invoice_opens_the_line_and_tells(self):
        """PAY-1, PAY-2: an invoice cancelled after the money had counted: the line is due again, sales is told."""
        invoice = self._invoice(self.down)
        self._pay(invoice)
        self.env.cr.flush()
        payments = invoice._get_reconciled_payments()
        payments.action_draft()
        invoice.button_draft()
        invoice.button_cancel()
        self.env.cr.flush()
        self.assertEqual((self.down.state, self.down.amount_open), ("due", 300))
        self.assertIn("no longer settled", self.order.message_ids[0].body)
        self.assertIn("300.00", self.order.message_ids[0].body)
        todo = self.down.activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref("order_payment.mail_activity_type_reopened"))
        self.assertEqual(todo.user_id, self.sales)
        self.assertNotIn("300.00", todo.note, "who released something by it need not see amounts")
        self.assertEqual(self._invoice(self.down).filtered(lambda move: move.state == "draft").amount_total, 300)

    def test_credit_note_opens_the_line(self):
        """PAY-1: a posted invoice that is credited as a whole leaves the line due; in part, the rest counts."""
        invoice = self._invoice(self.down)
        invoice.action_post()
        part = invoice._reverse_moves([{"invoice_date": self.today}])
        part.invoice_line_ids.price_unit = 100
        part.action_post()
        self.assertEqual((self.down.amount_invoiced, self.down.state), (200, "due"))
        rest = invoice._reverse_moves([{"invoice_date": self.today}])
        rest.invoice_line_ids.price_unit = 200
        rest.action_post()
        self.assertEqual((self.down.amount_invoiced, self.down.state), (0, "due"))

    def test_deleted_draft_opens_the_line(self):
        """PAY-1: a draft invoice that is thrown away leaves the line due."""
        self._invoice(self.down).unlink()
        self.assertEqual((self.down.state, self.down.amount), ("due", 300))

    def test_invoice_by_hand_counts(self):
        """PAY-1: an invoice that somebody makes past the plan, and its money, is laid over the lines in their order."""
        self._pay(self.order._create_invoices(), 500)
        self.assertRecordValues(self.order.payment_line_ids, [
            {"state": "paid", "amount_paid": 300, "amount_invoiced": 300},
            {"state": "partly_paid", "amount_paid": 200, "amount_invoiced": 600},
            {"state": "invoiced", "amount_paid": 0, "amount_invoiced": 100}])

    def test_invoice_of_two_orders_counts_for_each(self):
        """PAY-1: of an invoice over several orders each order's plan sees its own part."""
        other = self._order(500)
        invoice = (self.order | other)._create_invoices(grouped=False)
        self.assertEqual(len(invoice), 1)
        self._pay(invoice)
        self.assertEqual(self.order.payment_line_ids.mapped("amount_paid"), [300, 600, 100])
        self.assertEqual(other.payment_line_ids.mapped("amount_paid"), [150, 300, 50])

    def test_partial_deliveries(self):
        """PAY-1: of goods invoiced as delivered, half of them make half of the final invoice; the line stays due."""
        self.product.invoice_policy = "delivery"
        order = self._order(100, quantity=10, payment_line_ids=self._lines(
            self._line("progress", 100, date=self.today)))
        line, sold = order.payment_line_ids, order.order_line
        sold.qty_delivered = 5
        line.action_invoice()
        self.assertRecordValues(line, [{"amount": 1000, "amount_invoiced": 500, "state": "due"}])
        self._pay(line.invoice_ids)
        self.assertRecordValues(line, [{"amount_open": 500, "state": "partly_paid"}])
        sold.qty_delivered = 10
        line.action_invoice()
        self._pay(line.invoice_ids.filtered(lambda move: move.state == "draft"))
        self.assertRecordValues(line, [{"amount_invoiced": 1000, "amount_open": 0, "state": "paid"}])

    def test_less_delivered_than_paid_ahead(self):
        """PAY-1: a final invoice that down payments would turn into a credit note is not made; it is said why."""
        self.product.invoice_policy = "delivery"
        order = self._order(100, quantity=10, payment_line_ids=self._lines(
            self._line("down_payment", 30), self._line("progress", 70, event="ready")))
        self._age(order, 10)
        self._pay(self._invoice(order.payment_line_ids[0]))
        order.order_line.filtered(lambda line: line.product_id == self.product and not line.is_downpayment)[
            0].qty_delivered = 1
        order._payment_event("ready", self.today)
        with self.assertRaisesRegex(UserError, "worth less than its down payments"), self.cr.savepoint():
            self._invoice(order.payment_line_ids[1])

    def test_asked_ahead_of_goods_invoiced_as_delivered(self):
        """PAY-1: what the goods wait for is an advance where they are invoiced as delivered."""
        self.product.invoice_policy = "delivery"
        order = self._order(100, quantity=10)
        order._payment_event("ready", self.today)
        before = order.payment_line_ids[1]
        self.assertEqual(self._invoice(before).amount_total, 600)
        self._age(order, 10)
        self._invoice(order.payment_line_ids[0])
        order.order_line.filtered(lambda line: line.product_id == self.product and not line.is_downpayment)[
            0].qty_delivered = 10
        final = order._create_invoices(final=True)
        self.assertEqual((final.amount_total, order.payment_line_ids[2].amount_invoiced), (100, 100))

    def test_invoice_higher_than_planned(self):
        """PAY-1: what an invoice has beyond its line counts for the next ones: the customer is not asked twice."""
        advance = self._invoice(self.down)
        advance.invoice_line_ids.filtered("sale_line_ids").price_unit = 500
        self._pay(advance)
        self.assertEqual(self.order.payment_line_ids.mapped("amount_paid"), [300, 200, 0])
        self.order._payment_event("ready", self.today)
        final = self._invoice(self.before)
        self.assertEqual(final.amount_total, 500)
        self._pay(final)
        self.assertEqual(self._states(), ["paid", "paid", "paid"])

    def test_credit_note_past_the_plan(self):
        """PAY-1: a credit note of no invoice of the plan takes its amount back from the end of the plan."""
        self._invoice(self.down).action_post()
        self.order._payment_event("ready", self.today)
        self._invoice(self.before).action_post()
        self.order.order_line.product_uom_qty = 0.8
        credit = self.order._create_invoices(final=True)
        credit.action_post()
        self.assertEqual((credit.move_type, credit.amount_total), ("out_refund", 200))
        self.order.order_line.product_uom_qty = 1
        self.assertEqual(self.order.payment_line_ids.mapped("amount_invoiced"), [300, 500, 0])

    def test_order_changes_after_its_invoices(self):
        """PAY-1: an order that grows when all is invoiced, or shrinks below what is, has a fault that is named; what is
        asked is never below zero."""
        self._invoice(self.down)
        sold = self.order.order_line.filtered(lambda line: line.product_id == self.product and not line.is_downpayment)
        sold.price_unit = 200
        self.assertEqual(self.order.payment_line_ids.mapped("amount"), [300, 0, 0])
        self.assertIn("more than the order's", self.order.payment_plan_problem)
        sold.price_unit = 1000
        self.assertFalse(self.order.payment_plan_problem)
        self.order._payment_event("ready", self.today)
        self._invoice(self.before)
        self.assertFalse(self.order.payment_plan_problem)
        sold.price_unit = 1200
        self.assertEqual(self.order.payment_plan_state, "fault")
        self.assertIn("1,000.00", self.order.payment_plan_problem)

    def test_partly_invoiced_follows_the_order(self):
        """PAY-1: a line of which a part was delivered and invoiced is no more than the order that lost the rest."""
        self.product.invoice_policy = "delivery"
        order = self._order(100, quantity=10, payment_line_ids=self._lines(
            self._line("delivery", 100, event="date", date=self.today)))
        order.order_line.qty_delivered = 5
        self._pay(self._invoice(order.payment_line_ids))
        order.order_line.product_uom_qty = 5
        self.assertRecordValues(order.payment_line_ids, [{"amount": 500, "amount_open": 0, "state": "paid"}])

    def test_taxes_and_currency(self):
        """PAY-1: advance and final invoice of a taxed order in another currency are the plan's amounts; a rate that
        changes between them changes none of it."""
        euro = self.env.ref("base.EUR") if self.company.currency_id.name != "EUR" else self.env.ref("base.USD")
        euro.active = True
        Rate = self.env["res.currency.rate"]
        rate = Rate.create({"currency_id": euro.id, "name": self.today, "rate": 0.5, "company_id": self.company.id})
        tax = self.env["account.tax"].create({"name": "VAT 13", "amount": 13, "company_id": self.company.id})
        order = self._order(confirm=False, pricelist_id=self.env["product.pricelist"].create({
            "name": "Abroad", "currency_id": euro.id}).id)
        order.order_line.write({"price_unit": 333.33, "product_uom_qty": 3, "tax_ids": [Command.set(tax.ids)]})
        order.action_confirm()
        self._age(order, 10)
        order._payment_event("ready", self.today)
        down, before, kept = order.payment_line_ids
        self.assertEqual(order.currency_id.round(sum(order.payment_line_ids.mapped("amount"))), order.amount_total)
        advance = self._invoice(down)
        self.assertEqual((advance.currency_id, advance.amount_total), (euro, down.amount))
        self._pay(advance)
        rate.rate = 0.4
        final = self._invoice(before)
        self.assertAlmostEqual(final.amount_total, before.amount + kept.amount)
        self._pay(final)
        self.assertEqual(order.payment_line_ids.mapped("state"), ["paid", "paid", "paid"])

    def test_online_payment_stays_with_a_draft_invoice(self):
        """PAY-1: money that came online counts until a posted invoice shows it; a draft shows none."""
        provider = self.env["payment.provider"].create({"name": "Bank", "code": "none"})
        paid = self.env["payment.transaction"].create({
            "provider_id": provider.id, "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
            "amount": 300, "currency_id": self.order.currency_id.id, "partner_id": self.partner.id,
            "reference": "pay online", "sale_order_ids": [Command.set(self.order.ids)]})
        paid.state = "done"
        self.assertEqual(self._states(), ["paid", "open", "open"])
        invoice = self.order._create_invoices()
        self.assertEqual(invoice.transaction_ids, paid)
        self.assertEqual(self._states()[0], "paid")

    def test_who_invoices(self):
        """PAY-1, ARC-5: whoever has neither the right to sell nor to invoice makes no invoice."""
        stranger = self._user("clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.down.with_user(stranger).action_invoice()
        colleague = self._user("colleague", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.down.with_user(colleague).action_invoice()

    def test_queries(self):
        """PAY-1: the list of payments costs the same queries for one order and for twenty, a plan few more."""
        orders = self.env["sale.order"].browse([self._order().id for _number in range(20)])
        counts = []
        for some in (orders[:1], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.payment_line_ids.web_read({
                "amount": {}, "amount_open": {}, "date_due": {}, "state": {}, "is_overdue": {},
                "kind_id": {"fields": {"display_name": {}}}, "order_id": {"fields": {"display_name": {}}},
                "sla_clocks": {}})
            some.mapped("payment_plan_state")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def _confirmed(self, planned):
        order = self._order(confirm=False, **({} if planned else {
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id}))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        order.action_confirm()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_queries_of_a_confirmation(self):
        """PAY-1: confirming an order with a plan costs two queries more than one without, besides its clock."""
        self.env["sla.policy"].search([("model", "=", "order.payment.line")]).active = False
        self._confirmed(True), self._confirmed(False)  # what is cached once
        self.assertLessEqual(self._confirmed(True) - self._confirmed(False), 2)

    def test_commands_do_not_link_invoices(self):
        """PAY-1: invoices of a line come by its button only."""
        for values in ({"invoice_ids": [Command.set([])]}, {"amount_agreed": 5}, {"state": "paid"}):
            with self.assertRaises(AccessError):
                self.down.with_user(self.sales).write(values)
