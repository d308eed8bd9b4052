from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestOffers(IncomingCommon):
    """Several suppliers are asked for one need, one of them gets the order (PUR-3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls.env["res.partner"].create([{"name": "Other Works"}, {"name": "Third Works"}])
        for number, partner in enumerate(cls.others):
            cls.env["product.supplierinfo"].create({
                "partner_id": partner.id, "product_tmpl_id": cls.product.product_tmpl_id.id, "price": 8 + number,
                "company_id": cls.company.id})

    def _asked(self):
        """A request for quotation, and those to the others that the window proposes."""
        first = self._order((self.product, 50), (self.plain, 3), confirm=False)
        wizard = self.env["quality.rfq.ask"].with_user(self.buyer).create({"order_id": first.id})
        self.assertEqual(wizard.partner_ids, self.others)
        wizard.action_ask()
        return first, first.rfq_beside_ids.sorted("id")

    def _choose(self, order, reason="Earliest"):
        self.env["quality.rfq.choice"].with_user(self.buyer).create({
            "order_id": order.id, "reason": reason}).action_confirm()

    def test_others_are_asked_for_the_same(self):
        """PUR-3: who stands in the price lists is proposed; each is asked for the same at his own price."""
        first, offers = self._asked()
        self.assertRecordValues(offers, [
            {"partner_id": partner.id, "state": "draft", "user_id": self.buyer.id} for partner in self.others])
        self.assertEqual([offer.order_line.mapped("product_qty") for offer in offers], [[50, 3]] * 2)
        self.assertEqual([offer.order_line[0].price_unit for offer in offers], [8, 9])
        self.env.flush_all()
        compared = self.env["quality.rfq.comparison"].search([("product_id", "=", self.product.id)])
        self.assertEqual(compared.order_id, first | offers)

    def test_nothing_is_ordered_before_the_choice(self):
        """PUR-3: none of several offers is confirmed before one is chosen with its reason; the others are cancelled."""
        first, offers = self._asked()
        for order in first | offers:
            with self.assertRaisesRegex(UserError, first.name):
                order.with_user(self.buyer).button_confirm()
        self._choose(offers[1], "Never a rejected lot")
        self.assertEqual((first | offers).mapped("state"), ["cancel", "cancel", "draft"])
        offers[1].with_user(self.buyer).button_confirm()
        self.assertEqual(offers[1].state, "purchase")
        first.button_draft()
        with self.assertRaisesRegex(UserError, "Choose one"):
            offers[0].button_draft() or offers[0].button_confirm()

    def test_need_goes_over_to_the_chosen_offer(self):
        """PUR-3: what waits for the first request waits for the chosen offer, and is not set to be taken from stock."""
        first, offers = self._asked()
        waiting = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 50, "location_id": self.stock.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id, "procure_method": "make_to_order",
            "created_purchase_line_ids": [Command.set(first.order_line[0].ids)]})
        waiting.state = "waiting"
        self._choose(offers[0])
        self.assertEqual(waiting.created_purchase_line_ids, offers[0].order_line[0])
        self.assertEqual((waiting.state, waiting.procure_method), ("waiting", "make_to_order"))
        offers[0].button_confirm()
        self.assertEqual(offers[0].order_line[0].move_ids.move_dest_ids, waiting)

    def test_one_need_is_on_order_once(self):
        """PUR-3: reordering counts one of the offers, before the choice and after it."""
        def on_order():
            return self.product._get_quantity_in_progress(warehouse_ids=self.warehouse.ids)[1][
                self.product.id, self.warehouse.id]
        _first, offers = self._asked()
        self.assertEqual(on_order(), 50)
        self._choose(offers[0])
        self.assertEqual(on_order(), 50)

    def test_who_cannot_be_asked(self):
        """PUR-3: nobody, somebody a second time, or beside what is ordered: refused; the mark is nobody's to write."""
        first, offers = self._asked()
        for partners, words in ((self.env["res.partner"], "Name"), (self.supplier, "asked already"),
                                (self.others[0], "asked already")):
            with self.assertRaisesRegex(UserError, words):
                offers[1]._ask_others(partners)
        with self.assertRaises(AccessError):
            offers[0].with_user(self.purchase_head).rfq_first_id = False
        self._choose(first)
        first.button_confirm()
        with self.assertRaises(UserError):
            first.action_ask_others()
