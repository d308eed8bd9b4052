from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import DAY, PeggingCommon


@tagged("-at_install", "post_install")
class TestPeggingServed(PeggingCommon):
    def test_late_purchase_shows_orders_and_customers_down_to_the_delivery(self):
        """MAT-12: breaker late → busbar set late → cabinet late → delivery to the customer late."""
        purchase = self.buy(self.breaker, 2, days=20)
        sub = self.make_order([(self.breaker, 1)], days=3, product=self.busbar)
        order = self.make_order([(self.busbar, 1)], days=6)
        delivery = self.sell(self.cabinet, 1, days=9)
        self.peg_anew()
        self.assertEqual(purchase.late_peg_count, 1)
        action = purchase.action_view_pegs()
        pegs = self.env["material.peg"].search(action["domain"])
        self.assertEqual(pegs.production_id, sub | order)
        self.assertEqual(pegs.picking_id, delivery.picking_id)
        self.assertEqual(pegs.sale_line_id, delivery.sale_line_id)
        self.assertEqual(pegs.partner_id, self.customer)
        self.assertEqual(set(pegs.mapped("is_late")), {True})
        self.assertEqual(purchase.order_line.action_view_served()["domain"], action["domain"])
        self.assertEqual(purchase.picking_ids.move_ids.action_view_served()["domain"], action["domain"])

    def test_requests_show_what_they_are_for(self):
        """MAT-12: an order that is not confirmed yet shows what it is to cover."""
        purchase = self.buy(self.breaker, 2, days=20, confirm=False)
        order = self.make_order([(self.breaker, 1)], days=3)
        self.peg_anew()
        pegs = self.env["material.peg"].search(purchase.action_view_pegs()["domain"])
        self.assertRecordValues(pegs, [{
            "production_id": order.id, "purchase_line_id": purchase.order_line.id, "purchase_order_id": purchase.id,
            "kind": "draft", "is_late": True}])

    def test_late_supplies_of_the_menu(self):
        """MAT-12: the menu lists late supplies and whom they delay, not what is in time."""
        self.buy(self.breaker, 1, days=2)
        self.buy(self.busbar, 1, days=20)
        order = self.make_order([(self.breaker, 1), (self.busbar, 1)], days=9)
        self.peg_anew()
        late = self.env["material.peg"].search(self.env["material.peg"].action_open(late=True)["domain"])
        self.assertEqual(late.filtered(lambda peg: peg.production_id == order).product_id, self.busbar)

    def test_supply_is_named_by_its_order(self):
        """MAT-12: late supplies are grouped by the number of the order that brings them, not by the name of a move."""
        purchase = self.buy(self.breaker, 1, days=20)
        order = self.make_order([(self.breaker, 1)], days=3)
        self.peg_anew()
        action = self.env["material.peg"].action_open(late=True)
        self.assertEqual(action["context"], {"display_default_code": False, "search_default_by_supply": 1})
        late = self.env["material.peg"].search([*action["domain"], ("production_id", "=", order.id)])
        self.assertEqual(late.mapped("supply_name"), [purchase.name])

    def test_peg_opens_its_demand_and_its_supply(self):
        """MAT-12: one click from the peg to the order that waits and to the purchase that it waits for."""
        purchase = self.buy(self.breaker, 1)
        order = self.make_order([(self.breaker, 2)])
        self.peg_anew()
        incoming, missing = self.env["material.peg"].search([("production_id", "=", order.id)], order="quantity, kind")
        self.assertEqual(incoming.action_view_demand()["res_id"], order.id)
        self.assertEqual(incoming.action_view_supply()["res_model"], "purchase.order")
        self.assertEqual(incoming.action_view_supply()["res_id"], purchase.id)
        self.assertFalse(missing.action_view_supply())

    def test_sale_shows_what_covers_its_delivery(self):
        """MAT-12: from the sale to what covers it."""
        delivery = self.sell(self.cabinet, 1)
        self.peg_anew()
        pegs = self.env["material.peg"].search(delivery.sale_line_id.order_id.action_view_pegs()["domain"])
        self.assertRecordValues(pegs, [{"kind": "missing", "demand_move_id": delivery.id, "quantity": 1}])

    def test_order_is_found_by_its_kit(self):
        """MAT-3: manufacturing orders are found by kit rate, date and colour; without a kit only by "none"."""
        self.put(self.breaker, 1)
        ready, short = self.make_order([(self.breaker, 1)], days=1), self.make_order([(self.breaker, 1)], days=2)
        draft = self.make_order([(self.breaker, 1)], confirm=False)
        self.peg_anew()
        Order = self.env["mrp.production"]
        both = ready | short | draft
        for domain, found in (
            ([("kit_rate", ">=", 100)], ready), ([("kit_rate", "<", 100)], short),
            ([("kit_state", "=", "short")], short),
            ([("kit_state", "!=", "short")], ready | draft), ([("kit_state", "=", False)], draft),
            ([("kit_state", "in", ["short", False])], short | draft), ([("kit_id", "!=", False)], ready | short),
            ([("kit_date", "!=", False)], ready), ([("kit_date", "<=", self.now + 3 * DAY)], ready),
        ):
            self.assertEqual(Order.search([*domain, ("id", "in", both.ids)]), found, domain)

    def test_forms_show_the_buttons(self):
        """MAT-12: the forms of orders and purchases open with their buttons."""
        order = self.make_order([(self.breaker, 1)])
        self.peg_anew()
        self.assertEqual(Form(order).kit_rate, 0)
        self.assertEqual(Form(self.buy(self.breaker, 1)).late_peg_count, 0)

    def test_whoever_reads_an_order_sees_its_kit(self):
        """ARC-5, MAT-3: a salesperson who may read the order reads and finds its kit, not the kits themselves."""
        order = self.make_order([(self.breaker, 1)])
        self.peg_anew()
        user = new_test_user(self.env, "sales_pegging", groups="sales_team.group_sale_salesman")
        self.assertEqual(order.with_user(user).kit_state, "short")
        self.assertIn(order, order.with_user(user).search([("kit_state", "=", "short")]))
        with self.assertRaises(AccessError):
            order.kit_id.with_user(user).read(["state"])

    def test_people_read_and_nobody_writes(self):
        """ARC-5: storekeepers, planners and buyers read pegs and kits of their company; nobody writes them."""
        other = self.env["res.company"].create({"name": "Other"})
        order = self.make_order([(self.breaker, 1)])
        self.peg_anew()
        peg = self.env["material.peg"].search([("production_id", "=", order.id)])
        for group in ("stock.group_stock_user", "mrp.group_mrp_user", "purchase.group_purchase_user"):
            user = new_test_user(self.env, f"mine_{group}", groups=group)
            stranger = new_test_user(
                self.env, f"theirs_{group}", groups=group, company_id=other.id, company_ids=[Command.set(other.ids)])
            self.assertEqual(peg.with_user(user).search([("id", "=", peg.id)]).kind, "missing")
            self.assertEqual(order.kit_id.with_user(user).state, "short")
            self.assertFalse(peg.with_user(stranger).search([("id", "=", peg.id)]))
            self.assertFalse(order.kit_id.with_user(stranger).search([("id", "=", order.kit_id.id)]))
            with self.assertRaises(AccessError):
                order.kit_id.with_user(user).state = "ready"
            with self.assertRaises(AccessError):
                self.env["material.peg.row"].with_user(user).search([])
        nobody = new_test_user(self.env, "nobody_pegging", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["material.pegging"].with_user(nobody).action_refresh()
