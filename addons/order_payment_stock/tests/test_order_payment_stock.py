from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_payment.tests.common import PaymentCommon


@tagged("-at_install", "post_install")
class TestOrderPaymentStock(PaymentCommon):
    """An order of ten cabinets: 60 % when they are ready, 40 % a month after delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create({
            "name": "Cabinet", "is_storable": True, "list_price": 100.0, "invoice_policy": "order"})
        cls.stock = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1).lot_stock_id
        cls.order = cls._order(100, quantity=10, payment_line_ids=cls._lines(
            cls._line("before_delivery", 60), cls._line("delivery", 40, months=1)))
        cls.ready, cls.delivered = cls.order.payment_line_ids

    def _receive(self, quantity):
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, quantity)
        self.order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).action_assign()

    def _ship(self, quantity):
        picking = self.order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True, skip_sms=True)._action_done()
        return picking

    def test_ready_when_all_is_reserved(self):
        """PAY-1: half of the goods in stock are not ready; all of them are, and the payment before delivery is due."""
        self._receive(5)
        self.assertFalse(self.ready.date_due)
        self._receive(5)
        self.assertEqual((self.ready.date_due, self.ready.state), (self.today, "due"))
        self.order.picking_ids.do_unreserve()
        self.assertTrue(self.ready.date_due, "the customer was told")

    def test_delivered_with_the_last_transfer(self):
        """PAY-1: of partial deliveries the last one counts, on its day; a corrected day is followed."""
        self._receive(10)
        self._ship(4)
        self.assertFalse(self.delivered.date_due)
        last = self._ship(6)
        self.assertTrue(self.delivered.date_due)
        last.date_done = datetime(2027, 1, 31, 4)
        self.assertEqual(self.delivered.date_due, datetime(2027, 2, 28).date())
        self.assertEqual(self.order.payment_event_ids.filtered(
            lambda event: event.event == "delivered").source, last.name)

    def test_return_takes_it_back(self):
        """PAY-1: goods that come back were not delivered: the payment waits again."""
        self._receive(10)
        picking = self._ship(10)
        self.assertTrue(self.delivered.date_due)
        self._give_back(picking, True)
        self.assertFalse(self.delivered.date_due)

    def test_what_is_repaired_stays_delivered(self):
        """PAY-1, AFT-4: goods that come to be repaired and are sent back move no payment: neither on the day they come,
        nor on the day they leave again. Once they are taken for good, it waits."""
        self._receive(10)
        picking = self._ship(10)
        picking.date_done = datetime(2027, 1, 31, 4)
        due = self.delivered.date_due
        back = self._give_back(picking, False)
        self.assertEqual(self.delivered.date_due, due)
        again = self._give_back(back, False)
        self.assertEqual((again.state, self.delivered.date_due), ("done", due))
        back = self._give_back(again, False)
        self.assertEqual(self.delivered.date_due, due)
        back.move_ids.to_refund = True
        self.assertFalse(self.delivered.date_due)

    def _give_back(self, picking, to_refund):
        wizard = self.env["stock.return.picking"].with_context(
            active_ids=picking.ids, active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.write({"quantity": 3, "to_refund": to_refund})
        returned = wizard._create_return()
        returned.move_ids.quantity = 3
        returned.move_ids.picked = True
        returned._action_done()
        return returned

    def test_people_do_not_tell_what_transfers_tell(self):
        """PAY-1: nobody says by hand that goods were delivered; an acceptance is said."""
        order = self.order.with_user(self.sales)
        with self.assertRaisesRegex(UserError, "comes from its transfers"):
            order._tell_payment_event("delivered", self.today, "")
        order._tell_payment_event("accepted", self.today - timedelta(days=1), "Record 7")
        self.assertEqual(self.order.payment_event_ids.mapped("event"), ["accepted"])

    def test_two_orders_in_one_go(self):
        """PAY-1: transfers of two orders that are done together tell both."""
        other = self._order(100, quantity=1, payment_line_ids=[
            Command.create(self._line("delivery", 100))])
        self._receive(11)
        pickings = self.order.picking_ids | other.picking_ids
        other.picking_ids.action_assign()
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty
        pickings.move_ids.picked = True
        pickings._action_done()
        self.assertTrue(self.delivered.date_due and other.payment_line_ids.date_due)
