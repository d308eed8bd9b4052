from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OrderChangeCommon


@tagged("-at_install", "post_install")
class TestBadInput(OrderChangeCommon):

    def _refused(self, change, words):
        with self.assertRaisesRegex(UserError, words):
            change.action_assess()

    def test_new_notice_is_called_new(self):
        """CHG-8: a notice that has no number yet is not called by a stroke."""
        self.assertEqual(self.env["order.change"].new({"order_name": "S1"}).display_name, "New (S1)")
        self.assertEqual(self.env["order.change"].new({}).display_name, "New")

    def test_lines_that_say_nothing_or_too_much(self):
        """CHG-8: what is missing, impossible or already so is said with the line, and what to do."""
        dozen = self.env.ref("uom.product_uom_dozen")
        kilo = self.env.ref("uom.product_uom_kgm")
        past = {"kind": "date", "date": fields.Date.today() - timedelta(days=1)}
        far = {"kind": "date", "date": "9999-12-31"}
        for line, words in (
                ({"kind": "quantity", "quantity": 3}, "choose the order line"),
                (self._quantity(-1), "cannot be negative"),
                (self._quantity(10), "says 10.0 already"),
                (self._quantity(2, quantity_unit_id=kilo.id), "cannot be converted"),
                (self._price(-5), "cannot be negative"), (self._price(100), "the price already"),
                (self._new(0), "above zero"), (self._new(-1), "above zero"), ({"kind": "new", "quantity": 1}, "choose"),
                (past, "is past"), (far, "too far away"),
                ({"kind": "date"}, "give the new date"), (self._date(0), "the date already"),
                (self._text("IP4X"), "write what the text becomes"), ({"kind": "design"}, "design"),
                ({"kind": "document"}, "choose the release or document"),
                ({"kind": "product", "order_line_id": self.row.id}, "choose the new product"),
                ({"kind": "product", "order_line_id": self.row.id, "product_id": self.product.id}, "ordered already")):
            with self.subTest(line=line):
                self._refused(self._change(line), words)
        change = self._change(self._quantity(1, quantity_unit_id=dozen.id))
        change.action_assess()
        self.assertEqual(change.line_ids.quantity_after, 12)

    def test_empty_change(self):
        """CHG-8: a change without lines changes nothing."""
        self._refused(self._change(), "changes nothing yet")

    def test_same_line_twice(self):
        """CHG-8: one change says one thing of an order line once, and names one date."""
        for lines in ([self._quantity(8), self._quantity(7)], [self._date(5), self._date(6)]):
            with self.subTest(lines=lines), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), \
                    self.cr.savepoint():
                self._change(*lines)

    def test_line_of_another_order(self):
        """CHG-8: lines and documents are the order's own."""
        other = self._order()
        drawing = self._document(other, "drawing", "Front")
        for line in (self._quantity(3, other.order_line), {"kind": "document", "document_id": drawing.id}):
            with self.subTest(line=line), self.assertRaisesRegex(UserError, "does not belong to order"):
                self._change(line)

    def test_order_that_cannot_be_changed(self):
        """CHG-8: a quotation, a locked and a cancelled order are refused, at the assessment and at the approval."""
        quotation = self._change(self._quantity(1, (other := self._order()).order_line), order=other)
        self._refused(quotation, "is a quotation")
        change = self._change(self._quantity(8))
        self.order.action_lock()
        self._refused(change, "is locked")
        self.order.action_unlock()
        change.action_assess()
        self.order.action_lock()
        with self.assertRaisesRegex(UserError, "is locked"):
            self._approve(change)
        self.order.action_unlock()
        self.order._action_cancel()
        self.assertEqual(change.state, "cancelled")
        late = self._change(self._quantity(8))
        self._refused(late, "is cancelled")

    def test_never_below_what_is_delivered(self):
        """CHG-8: what has left stays ordered; down to that it may fall."""
        self._deliver(4)
        self._refused(self._change(self._quantity(3)), "4.0 .* are delivered already.*4.0 at least")
        self._refused(self._change({
            "kind": "product", "order_line_id": self.row.id, "product_id": self.breaker.id}), "delivered already")
        self._applied(self._quantity(4))
        self.assertEqual(self.row.product_uom_qty, 4)

    def test_order_with_posted_invoices(self):
        """CHG-8: what is invoiced keeps quantity, product and price; a new line beside it is fine."""
        invoice = self.order._create_invoices()
        invoice.action_post()
        for line, words in (
                (self._quantity(8), "invoiced already"), (self._price(90), "invoiced at the present price"),
                ({"kind": "product", "order_line_id": self.row.id, "product_id": self.breaker.id}, "invoiced already")):
            with self.subTest(line=line):
                self._refused(self._change(line), words)
        self._applied(self._new(1, 50.0))
        self.assertEqual(self.order.amount_untaxed, 1050)

    def test_delivered_between_assessment_and_approval(self):
        """CHG-8: the goods moved meanwhile: refused, nothing changed."""
        change = self._change(self._quantity(3))
        change.action_assess()
        self._deliver(4)
        with self.assertRaisesRegex(UserError, "delivered already"):
            self._approve(change)

    def test_foreign_currency_and_another_unit(self):
        """CHG-8: amounts are the order's, what decides who is authorised the company's; dozens become pieces."""
        currency = self.env["res.currency"].create({
            "name": "ZZZ", "symbol": "Z", "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.5})]})
        pricelist = self.env["product.pricelist"].create({"name": "Z", "currency_id": currency.id})
        order = self._confirmed(pricelist_id=pricelist.id)
        dozen = self.env.ref("uom.product_uom_dozen")
        change = self._change(
            self._quantity(2, order.order_line, quantity_unit_id=dozen.id), self._new(1, 50.0), order=order)
        change.action_assess()
        self.assertEqual(change.currency_id, currency)
        self.assertEqual(change.sudo().amount_supplement, 1400 + 50 + (change.sudo().amount_after - 2450))
        self.assertEqual(change.sudo().authority_amount, change.sudo().amount_after * 2)
        self._pass_review(change)
        self._sign(change)
        self._approve(change)
        self.assertEqual(order.order_line[0].product_uom_qty, 24)

    def test_asked_for_in_the_future(self):
        """CHG-1: nobody gains time by a date to come."""
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._change(self._text(), received_on=fields.Datetime.now() + timedelta(hours=1))

    def test_cost_changed_since_the_assessment(self):
        """CHG-7, CHG-8: what was signed is what it costs: another tax since is found."""
        change = self._change(self._new(1, 50.0))
        change.action_assess()
        change.sudo().amount_after += 10
        self._pass_review(change)
        self._sign(change)
        with self.assertRaisesRegex(UserError, "would make the order cost"):
            self._approve(change)

    def _deliver(self, quantity):
        if "move_ids" in self.row._fields:  # as the warehouse does it, where it is installed
            move = self.row.move_ids[:1]
            move.write({"quantity": quantity, "picked": True})
            move._action_done()
        else:
            self.row.qty_delivered = quantity
        self.assertEqual(self.row.qty_delivered, quantity)
