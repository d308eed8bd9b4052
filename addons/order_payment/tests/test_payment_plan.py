from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PaymentCommon


@tagged("-at_install", "post_install")
class TestPaymentPlan(PaymentCommon):

    def test_customers_term_makes_the_plan(self):
        """PAY-1: a new order takes the plan of the customer's payment term; another term, another plan."""
        order = self._order(confirm=False)
        self.assertRecordValues(order.payment_line_ids, [
            {"kind_id": self.kinds["down_payment"].id, "amount": 300, "event": "signed", "days": 7, "months": 0},
            {"kind_id": self.kinds["before_delivery"].id, "amount": 600, "event": "ready", "days": 0, "months": 0},
            {"kind_id": self.kinds["retention"].id, "amount": 100, "event": "accepted", "days": 0, "months": 12}])
        order.payment_term_id = self.env.ref("order_payment.payment_term_30_30_30_10")
        self.assertEqual(order.payment_line_ids.mapped("amount"), [300, 300, 300, 100])
        plain = self.env.ref("account.account_payment_term_30days")
        order.payment_term_id = plain
        self.assertFalse(order.payment_line_ids, "a term without a plan leaves none")
        order.payment_line_ids = self._lines(self._line("delivery", 100))
        order.write({"payment_term_id": plain.id, "client_order_ref": "as before"})
        self.assertEqual(len(order.payment_line_ids), 1, "what was written by hand stays with the same term")
        order.partner_id = self.partner.copy({"property_payment_term_id": self.term.id})
        self.assertEqual(order.payment_line_ids.mapped("amount"), [300, 600, 100], "another customer, his term's plan")

    def test_form_shows_the_plan_of_the_chosen_term(self):
        """PAY-1: the form shows the plan as soon as the customer is chosen, and keeps what is changed in it."""
        with Form(self.env["sale.order"].with_user(self.sales)) as form:
            form.partner_id = self.partner
            self.assertEqual(len(form.payment_line_ids), 3)
            with form.payment_line_ids.edit(0) as line:
                line.days = 3
        self.assertEqual(form.record.payment_line_ids.mapped("days"), [3, 0, 0])

    def test_plain_term_makes_no_plan(self):
        """PAY-1: payment terms without events stay what they are in Odoo, and orders with them have no plan."""
        order = self._order(confirm=False, payment_term_id=self.env.ref("account.account_payment_term_30days").id)
        self.assertFalse(order.payment_line_ids)
        order.action_confirm()
        self.assertEqual((order.state, order.payment_plan_state), ("sale", False))
        self.assertEqual(order._create_invoices().invoice_payment_term_id, order.payment_term_id)

    def test_plan_that_is_not_whole_is_refused(self):
        """PAY-1: a plan of 95 % is neither sent nor confirmed, by no door; the message says to how much it comes."""
        order = self._order(confirm=False, payment_line_ids=self._lines(
            self._line("down_payment", 30), self._line("delivery", 65)))
        for door in (order.action_confirm, lambda: order.write({"state": "sent"}), order.action_quotation_sent):
            with self.assertRaisesRegex(UserError, "comes to 95 %, not to 100 %"), self.cr.savepoint():
                door()
        with self.assertRaisesRegex(UserError, "comes to 105 %"), self.cr.savepoint():
            self._order(state="sale", confirm=False, payment_line_ids=self._lines(
                self._line("down_payment", 30), self._line("delivery", 75)))
        self.assertEqual(order.payment_line_ids.mapped("amount"), [300, 650], "a draft says what each line would be")

    def test_amounts_and_shares(self):
        """PAY-1: a fixed amount beside shares counts; where both together are not the order, the sum is said."""
        order = self._order(confirm=False, payment_line_ids=self._lines(
            self._line("down_payment", basis="amount", amount_given=400), self._line("delivery", 50)))
        with self.assertRaisesRegex(UserError, r"900\.00.*1,000\.00.*90\.00 %"), self.cr.savepoint():
            order.action_confirm()
        order.payment_line_ids[1].percent = 60
        order.action_confirm()
        self.assertEqual(order.payment_line_ids.mapped("amount"), [400, 600])

    def test_bad_terms_are_named(self):
        """PAY-1: a share of 0 or 101 %, no amount, a date that is missing, negative days: each is said."""
        for values, word in (
            (self._line("delivery", 0), "share is 0 %"), (self._line("delivery", 101), "share is 101 %"),
            (self._line("delivery", basis="amount"), "amount above zero"),
            (self._line("progress", 100, event="date"), "Give the date"),
            (self._line("down_payment", 100, event="delivered"), "cannot wait for the contract"),
            (self._line("delivery", 100, days=-1), "months and days"),
            (self._line("delivery", 100, months=121), "ten years"),
        ):
            with self.subTest(word), self.assertRaisesRegex(ValidationError, word), self.cr.savepoint():
                self._order(confirm=False, payment_line_ids=self._lines(values))

    def test_rounding_and_taxes(self):
        """PAY-1: the shares are of the total with taxes, and add up to it in a currency without decimals too."""
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create({"name": "Yen", "currency_id": yen.id})
        order = self._order(1001, confirm=False, pricelist_id=pricelist.id)
        order.order_line.write({"price_unit": 1001, "tax_ids": [Command.create({
            "name": "VAT 13", "amount": 13, "company_id": self.company.id})]})
        self.assertEqual((order.currency_id, order.amount_total), (yen, 1131))
        self.assertEqual(order.payment_line_ids.mapped("amount"), [339, 679, 113])

    def test_order_of_zero_or_less_asks_for_nothing(self):
        """PAY-1: a plan of an order that comes to nothing, or below it, is confirmed and asks for nothing."""
        for price in (0, -100):
            order = self._order(price)
            self._age(order, 10)
            self.assertEqual(order.payment_line_ids.mapped("state"), ["paid"] * 3)
            self.assertFalse(order.payment_plan_unpaid)

    def test_foreign_currency_is_summed_in_the_companys(self):
        """PAY-1: what is unpaid of an order in another currency is in both, at the order's rate."""
        euro = self.env.ref("base.EUR") if self.company.currency_id.name != "EUR" else self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create({
            "currency_id": euro.id, "name": self.today, "rate": 0.5, "company_id": self.company.id})
        pricelist = self.env["product.pricelist"].create({"name": "Abroad", "currency_id": euro.id})
        order = self._order(confirm=False, pricelist_id=pricelist.id)
        order.order_line.price_unit = 1000
        order.action_confirm()
        self.assertRecordValues(order.payment_line_ids, [
            {"amount_open": 300, "amount_open_company": 600}, {"amount_open": 600, "amount_open_company": 1200},
            {"amount_open": 100, "amount_open_company": 200}])

    def test_plan_follows_the_order(self):
        """PAY-1: lines of a confirmed order change, the plan follows; all of it adds up."""
        order = self._order()
        order.order_line.product_uom_qty = 2
        self.assertEqual(order.payment_line_ids.mapped("amount"), [600, 1200, 200])

    def test_invoiced_line_stays(self):
        """PAY-1: a line that is invoiced does not follow the order any more; the others share the rest."""
        order = self._order()
        self._age(order, 10)
        order.payment_line_ids[0].action_invoice()
        order.order_line.filtered(lambda line: not line.is_downpayment and not line.display_type).price_unit = 1700
        self.assertEqual(order.payment_line_ids.mapped("amount"), [300, 1200, 200])
        self.assertFalse(order.payment_plan_problem)
        order.payment_line_ids.invoice_ids.button_cancel()
        self.assertEqual(order.payment_line_ids.mapped("amount"), [510, 1020, 170])

    def test_amounts_that_no_longer_fit(self):
        """PAY-1: a plan of fixed amounts does not follow; the order says that it is to be revised."""
        order = self._order(payment_line_ids=self._lines(
            self._line("down_payment", basis="amount", amount_given=400),
            self._line("delivery", basis="amount", amount_given=600)))
        order.order_line.price_unit = 1100
        self.assertEqual(order.payment_plan_state, "fault")
        self.assertIn("1,000.00", order.payment_plan_problem)

    def test_cancelled_order(self):
        """PAY-1: a cancelled order asks for nothing; what was invoiced stays so, and a quotation again it asks."""
        order = self._order()
        self._age(order, 10)
        order.payment_line_ids[0].action_invoice()
        order.payment_line_ids[0].invoice_ids.action_post()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(order.payment_line_ids.mapped("state"), ["invoiced", "cancelled", "cancelled"])
        self.assertEqual(set(order.payment_line_ids.mapped("amount_open")), {0})
        order.action_draft()
        self.assertEqual(order.payment_line_ids.mapped("state"), ["invoiced", "open", "open"])

    def test_copy_takes_the_terms_only(self):
        """PAY-1: a copied order has the plan, without invoices and events."""
        order = self._order()
        self._age(order, 10)
        order.payment_line_ids[0].action_invoice()
        order._payment_event("accepted", self.today)
        copied = order.with_user(self.sales).copy()
        self.assertEqual(copied.payment_line_ids.mapped("percent"), [30, 60, 10])
        self.assertFalse(copied.payment_line_ids.invoice_ids)
        self.assertFalse(copied.payment_line_ids.filtered("date_due"))
        self.assertFalse(copied.payment_event_ids)

    def test_terms_are_whole_plans(self):
        """PAY-1: a payment term names the payment of each of its lines or of none, as shares after an event."""
        term = self.term.copy()
        self.assertTrue(term.is_payment_plan)
        with self.assertRaisesRegex(ValidationError, "of each line, or of none"), self.cr.savepoint():
            term.line_ids = [Command.update(term.line_ids[0].id, {"plan_kind_id": False})]
        with self.assertRaisesRegex(ValidationError, "days after"), self.cr.savepoint():
            term.line_ids[0].delay_type = "days_after_end_of_month"
