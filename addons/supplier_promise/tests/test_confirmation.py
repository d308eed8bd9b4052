from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PromiseCommon


@tagged("-at_install", "post_install")
class TestConfirmation(PromiseCommon):
    def _answer(self, line, **said):
        line.order_id.sudo()._answer_line(line.id, said, self.supplier)
        return line.confirmation_ids.sorted("id")[-1:]

    def test_confirmed_as_ordered(self):
        """PUR-4, PUR-5: the supplier confirms all lines in one step; the order counts as received by him."""
        order = self._order(self.terminal | self.rail)
        self.assertEqual((order.confirmation_state, order.acknowledged), ("none", False))
        order.sudo()._confirm_all(self.supplier)
        self.assertEqual(set(order.order_line.mapped("confirmation_state")), {"confirmed"})
        self.assertEqual((order.confirmation_state, order.acknowledged), ("confirmed", True))
        order.sudo()._confirm_all(self.supplier)
        self.assertEqual(len(order.confirmation_ids), 2, "the same once more is no other confirmation")

    def test_differences_side_by_side(self):
        """PUR-4: what he says otherwise stands beside what was ordered; the buyer takes it over, and the line is as
        confirmed."""
        order = self._order()
        line = order.order_line
        answer = self._answer(line, price="2.8", day=self._day(30).isoformat(), reason="Copper is short",
                              name="UK-2.5N terminal")
        self.assertRecordValues(answer, [{
            "state": "differs", "price_ordered": 2.5, "price_said": 2.8, "quantity_said": 100,
            "name_said": "UK-2.5N terminal", "differs_price": True, "differs_quantity": False, "differs_name": True,
            "differs_date": True}])
        self.assertEqual((order.confirmation_state, order.difference_ids), ("differs", answer))
        self.assertEqual(line.price_unit, 2.5, "nothing is taken over by itself")
        self.assertIn(self.buyer, order.activity_ids.user_id)
        order.with_user(self.buyer).action_take_over_differences()
        self.assertRecordValues(line, [{
            "price_unit": 2.8, "name": "UK-2.5N terminal", "confirmation_state": "confirmed"}])
        self.assertEqual((line.date_planned.date(), line.move_ids.date.date()), (self._day(30),) * 2)
        self.assertRecordValues(line.promise_ids, [{"state": "accepted"}])
        self.assertFalse(order.activity_ids)

    def test_refused_difference_has_to_be_confirmed(self):
        """PUR-4: the buyer insists: the line is not confirmed, the promise is refused, nothing has changed."""
        order = self._order()
        line, former = order.order_line, order.order_line.date_planned
        answer = self._answer(line, price="2.8", day=self._day(30).isoformat(), reason="Copper is short")
        answer.with_user(self.buyer).action_refuse()
        self.assertRecordValues(line, [{"price_unit": 2.5, "confirmation_state": "none", "date_planned": former}])
        self.assertEqual(line.promise_ids.state, "refused")
        with self.assertRaises(UserError):
            answer.with_user(self.buyer).action_take_over()

    def test_less_than_ordered(self):
        """PUR-4: the rest is not delivered: the quantity differs; taken over, order and receipt have the less."""
        line = self._order().order_line
        answer = self._answer(line, quantity="80", only="1")
        self.assertRecordValues(answer, [{"quantity_ordered": 100, "quantity_said": 80, "state": "differs"}])
        answer.with_user(self.buyer).action_take_over()
        self.assertRecordValues(line, [{"product_qty": 80, "confirmation_state": "confirmed"}])
        self.assertRecordValues(line.move_ids, [{"product_uom_qty": 80, "date": line.date_planned}])

    def test_agreed_date_survives_another_quantity(self):
        """PUR-4, PUR-8: the quantity changes, the date agreed does not fall back to today plus the list's delay, and no
        false return is made beside the receipt."""
        line = self._order(days=25).order_line
        former = line.date_planned
        self.assertTrue(line.product_id.seller_ids, "confirming has made a price list, which Odoo would ask")
        for quantity in (80, 130):
            line.with_user(self.buyer).product_qty = quantity
            self.assertEqual(line.date_planned, former)
            self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), quantity)
            self.assertEqual(set(line.move_ids.mapped("date")), {former})

    def test_date_alone_is_decided_with_its_promise(self):
        """PUR-4, PUR-8: where only the date differs, accepting the promise settles the confirmation."""
        line = self._order().order_line
        answer = self._answer(line, day=self._day(30).isoformat(), reason="Copper is short")
        self.assertEqual(line.confirmation_state, "differs")
        line.promise_ids.with_user(self.buyer).action_accept()
        self.assertEqual((answer.state, line.confirmation_state), ("taken", "confirmed"))

    def test_changed_order_is_not_confirmed_any_more(self):
        """PUR-4: what the buyer changes after the confirmation has to be confirmed anew."""
        order = self._order()
        order.sudo()._confirm_all(self.supplier)
        order.order_line.with_user(self.buyer).product_qty = 120
        self.assertEqual((order.order_line.confirmation_state, order.confirmation_state), ("none", "none"))
        self.assertIn(order, self.env["purchase.order"].search([("confirmation_state", "=", "none")]))

    def test_offer_to_a_request(self):
        """PUR-3, PUR-4: the price that a supplier gives to a request for quotation is taken over into it."""
        order = self._order(confirm=False, price=0)
        order.state = "sent"
        self._answer(order.order_line, price="3.1").with_user(self.buyer).action_take_over()
        self.assertEqual(order.order_line.price_unit, 3.1)

    def test_what_cannot_be_answered(self):
        """PUR-4: dates and numbers that are none, more than ordered, zero, negative prices, lines of other orders:
        named, and nothing is kept of the answer."""
        order, other = self._order(), self._order()
        line = order.order_line
        for said, word in (
                ({"day": "31.12.2031"}, "no date"), ({"day": "2031-02-30"}, "no date"),
                ({"quantity": "many"}, "no number"), ({"quantity": "0"}, "cannot be promised"),
                ({"quantity": "-1"}, "cannot be promised"),
                ({"quantity": "101"}, "still to come"), ({"price": "-1"}, "not negative"),
                ({"price": "x"}, "no number"),
                ({"day": "2031-03-02"}, "past"), ({"day": "2031-04-30"}, "why the date moves")):
            with self.subTest(said=said), self.assertRaisesRegex(UserError, word), self.env.cr.savepoint():
                order.sudo()._answer_line(line.id, said, self.supplier)
        with self.assertRaisesRegex(UserError, "not on the order"):
            order.sudo()._answer_line(other.order_line.id, {"price": "3"}, self.supplier)
        self.assertFalse(order.confirmation_ids | other.confirmation_ids)
        self.assertFalse(order.promise_ids)

    def test_store_and_accountants_read_the_order(self):
        """PUR-4, ARC-5: who reads purchase orders without being a buyer reads what is ours on the form; what suppliers
        say about prices, and their links, are not in it."""
        order = self._order()
        self._answer(order.order_line, price="2.8")
        for group in ("stock.group_stock_user", "account.group_account_invoice"):
            with self.subTest(group):
                user = new_test_user(self.env, f"sp_{group[:5]}", groups=f"base.group_user,{group}")
                mine = order.with_user(user)
                shown = mine.get_views([(False, "form")])["models"]["purchase.order"]["fields"]
                names = {name for name in shown if mine._fields[name]._module == "supplier_promise"}
                self.assertNotIn("difference_ids", names)
                self.assertEqual(mine.read(sorted(names))[0]["confirmation_state"], "differs")

    def test_who_decides(self):
        """PUR-4, ARC-5: prices are the buyers'; nobody writes what was said."""
        answer = self._answer(self._order().order_line, price="2.8")
        with self.assertRaises(AccessError):
            answer.with_user(self.clerk).read(["price_said"])
        with self.assertRaises(AccessError):
            answer.with_user(self.clerk).action_take_over()
        with self.assertRaises(AccessError):
            answer.with_user(self.buyer).price_said = 1
        with self.assertRaises(UserError):
            answer.sudo().price_said = 1
        with self.assertRaises(AccessError):
            answer.line_id.with_user(self.buyer).write({"confirmation_ids": [Command.clear()]})
