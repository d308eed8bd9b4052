from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import DAY, PeggingCommon


@tagged("-at_install", "post_install")
class TestPegging(PeggingCommon):
    def test_stock_then_receipts_then_requests_then_nothing(self):
        """MAT-12: a demand is covered from stock, then from what comes, then from what is only asked for."""
        self.put(self.breaker, 2)
        self.buy(self.breaker, 3, days=5)
        self.buy(self.breaker, 4, days=1, confirm=False)
        order = self.make_order([(self.breaker, 10)], days=10)
        order.do_unreserve()
        self.peg_anew()
        self.assertEqual(
            self.pegs(order), [("stock", 2, 0), ("draft", 4, 1), ("incoming", 3, 5), ("missing", 1, False)])
        self.assertRecordValues(order, [{"kit_state": "short", "kit_rate": 0, "kit_date": False}])

    def test_claims_go_by_priority_date_and_number(self):
        """MAT-12: trap 14: an urgent order comes first, then the earlier one."""
        late, early, urgent = (self.make_order([(self.breaker, 2)], days=days) for days in (9, 8, 10))
        urgent.priority = "1"
        self.buy(self.breaker, 4, days=3)
        self.peg_anew()
        self.assertEqual(
            [self.pegs(order)[0][0] for order in (urgent, early, late)], ["incoming", "incoming", "missing"])

    def test_two_lines_of_one_product_coverable_singly_are_not_together(self):
        """MAT-12: odoo/odoo #138636: 3 in stock, two lines of 2 in one order: one of them misses 1."""
        self.put(self.breaker, 3)
        order = self.make_order([(self.breaker, 2), (self.breaker, 2)])
        order.do_unreserve()
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("stock", 2, 0), ("stock", 1, 0), ("missing", 1, False)])
        self.assertRecordValues(order, [{"kit_rate": 50, "kit_state": "short"}])

    def test_own_reservation_is_not_still_to_come(self):
        """MAT-12: odoo/odoo #208049: what an order has reserved covers it and nobody else, lying in stock."""
        self.put(self.breaker, 3)
        order = self.make_order([(self.breaker, 3)], days=20)
        order.action_assign()
        other = self.make_order([(self.breaker, 3)], days=1)
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("reserved", 3, 0)])
        self.assertEqual(self.pegs(other), [("missing", 3, False)])
        self.assertRecordValues(order, [{"kit_rate": 100, "kit_state": "ready"}])

    def test_fully_reserved_demand_takes_no_part_in_the_queue(self):
        """MAT-12: a zero-width interval: with a reserved order between them, the others share what comes."""
        self.put(self.breaker, 2)
        reserved = self.make_order([(self.breaker, 2)], days=5)
        reserved.action_assign()
        before, after = (self.make_order([(self.breaker, 2)], days=days) for days in (4, 6))
        self.buy(self.breaker, 3, days=3)
        self.peg_anew()
        self.assertEqual(self.pegs(before), [("incoming", 2, 3)])
        self.assertEqual(self.pegs(reserved), [("reserved", 2, 0)])
        self.assertEqual(self.pegs(after), [("incoming", 1, 3), ("missing", 1, False)])

    def test_unit_of_the_bill_is_converted(self):
        """MAT-12: odoo/odoo #117455: a bill in grams of a product in kilograms; an order in grams, too."""
        kg, gram = self.env.ref("uom.product_uom_kgm"), self.env.ref("uom.product_uom_gram")
        copper = self.make_product("Copper", uom_id=kg.id)
        self.put(copper, 0.3)
        self.buy(copper, 200, days=4, product_uom_id=gram.id)
        self.buy(copper, 400, days=4, product_uom_id=gram.id, confirm=False)
        order = self.make_order([(copper, 1000, gram)])
        order.do_unreserve()
        self.peg_anew()
        self.assertCountEqual(
            self.pegs(order), [("stock", 0.3, 0), ("incoming", 0.2, 4), ("draft", 0.4, 4), ("missing", 0.1, False)])

    def test_units_that_do_not_divide(self):
        """MAT-12: a bill in pieces of a product counted in boxes of seven: what rounding leaves is neither missing nor
        lent to the next order."""
        piece = self.env.ref("uom.product_uom_unit")
        box = self.env["uom.uom"].create({"name": "Box of 7", "relative_factor": 7, "relative_uom_id": piece.id})
        screw = self.make_product("Screw", uom_id=box.id)
        orders = [self.make_order([(screw, 1, piece)], days=day) for day in range(3, 10)]
        for order in orders:
            order.do_unreserve()
        self.put(screw, sum(order.move_raw_ids.product_qty for order in orders))
        self.peg_anew()
        for order in orders:
            self.assertEqual([peg[:2] for peg in self.pegs(order)], [("stock", order.move_raw_ids.product_qty)])

    def test_late_supply_comes_today_at_the_earliest(self):
        """MAT-12, PUR-8: a supplier date in the past means now, not then; who waits for it is late."""
        purchase = self.buy(self.breaker, 1, days=-6)
        order = self.make_order([(self.breaker, 1)], days=-1)
        self.peg_anew()
        peg = self.env["material.peg"].search([("production_id", "=", order.id)])
        self.assertTrue(peg.is_late)
        self.assertEqual(self.days(peg.date_available), 0)
        self.assertAlmostEqual(peg.days_late, 1, 2)
        self.assertEqual(order.kit_state, "late")
        purchase.order_line.date_planned = self.now + 7 * DAY
        self.peg_anew(self.breaker)
        self.assertEqual(self.pegs(order), [("incoming", 1, 7)])

    def test_later_of_the_promise_and_the_receipt_counts(self):
        """MAT-12: traps 1 and 2: a later promise does not move the receipt, a moved receipt not the line."""
        purchase = self.buy(self.breaker, 1, days=3)
        order = self.make_order([(self.breaker, 1)])
        purchase.order_line.date_planned = self.now + 8 * DAY
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("incoming", 1, 8)])
        purchase.picking_ids.scheduled_date = self.now + 12 * DAY
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("incoming", 1, 12)])

    def test_an_order_waits_for_its_sub_order(self):
        """MAT-12: what an order makes is there once its own parts are and it has been made."""
        self.buy(self.breaker, 1, days=20)
        self.make_order([(self.breaker, 1)], days=3, product=self.busbar, takes=4)
        order = self.make_order([(self.busbar, 1)], days=10)
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("incoming", 1, 24)])
        self.assertEqual(order.kit_state, "late")
        self.assertEqual(self.env["mrp.production"].search([("kit_state", "=", "late")]) & order, order)

    def test_an_order_waits_for_ever_for_a_sub_order_that_misses_parts(self):
        """MAT-12: nobody knows when it comes: no date, and the kit is short."""
        self.make_order([(self.breaker, 1)], days=3, product=self.busbar)
        order = self.make_order([(self.busbar, 1)], days=10)
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("incoming", 1, False)])
        self.assertRecordValues(order, [{"kit_state": "short", "kit_date": False}])

    def test_refresh_of_a_part_reaches_the_orders_above(self):
        """MAT-12: a part that comes later moves the orders two levels up; other parts of theirs are remembered."""
        purchase = self.buy(self.breaker, 1, days=2)
        other = self.make_product("Lamp")
        self.buy(other, 1, days=6)
        self.make_order([(self.breaker, 1), (other, 1)], days=3, product=self.busbar, takes=1)
        order = self.make_order([(self.busbar, 1)], days=20)
        self.peg_anew()
        self.assertEqual(self.pegs(order), [("incoming", 1, 7)])
        purchase.order_line.date_planned = self.now + 30 * DAY
        self.peg_anew(self.breaker)
        self.assertEqual(self.pegs(order), [("incoming", 1, 31)])
        purchase.order_line.date_planned = self.now + DAY
        purchase.picking_ids.scheduled_date = self.now + DAY
        self.peg_anew(self.breaker)
        self.assertEqual(self.pegs(order), [("incoming", 1, 7)], "the lamp has been forgotten")

    def test_what_is_bought_for_an_order_is_its_own(self):
        """MAT-12: make to order: its purchase, confirmed or not, covers the order whoever comes first."""
        to_order, buy = self.env.ref("stock.route_warehouse0_mto"), self.env.ref("purchase_stock.route_warehouse0_buy")
        to_order.active = True
        product = self.make_product("Meter", route_ids=(to_order | buy).ids, seller_ids=[
            Command.create({"partner_id": self.supplier.id, "delay": 3})])
        order = self.make_order([(product, 2)], days=30)
        purchase = self.env["purchase.order.line"].search([("product_id", "=", product.id)]).order_id
        self.assertTrue(purchase, "this test needs a make-to-order purchase")
        early = self.move(product, 2, self.stock, self.env.ref("stock.stock_location_customers"), days=1)
        self.peg_anew()
        self.assertEqual(self.pegs(order)[0][:2], ("draft", 2))
        self.assertEqual(self.pegs(early), [("missing", 2, False)])
        purchase.button_confirm()
        self.peg_anew()
        self.assertEqual(self.pegs(order)[0][:2], ("incoming", 2))
        self.assertEqual(self.pegs(early), [("missing", 2, False)])

    def test_kit_names_its_bottleneck_and_the_next_five(self):
        """MAT-3, MAT-12: the part that comes last, then the five before it."""
        parts = [self.make_product(f"Part {number}") for number in range(8)]
        for days, part in enumerate(parts[:-1], start=1):
            self.buy(part, 1, days=days)
        self.put(parts[-1], 1)
        order = self.make_order([(part, 1) for part in parts], days=5)
        self.peg_anew()
        kit = order.kit_id
        self.assertRecordValues(kit, [{
            "state": "late", "kit_rate": 12.5, "line_count": 8, "blocker_count": 7, "company_id": self.env.company.id,
            "bottleneck_product_id": parts[6].id, "date_start": order.date_start}])
        self.assertEqual(self.days(kit.kit_date), 7)
        self.assertEqual([blocker["product_id"] for blocker in kit.next_blockers], [part.id for part in parts[5:0:-1]])
        self.assertTrue(kit.next_blockers_text.startswith("Part 5 ("))

    def test_a_request_for_quotation_is_amber_even_in_time(self):
        """MAT-3: what nobody has confirmed is no green."""
        self.buy(self.breaker, 1, days=2, confirm=False)
        order = self.make_order([(self.breaker, 1)], days=9)
        self.peg_anew()
        self.assertEqual(order.kit_state, "late")

    def test_closed_orders_have_no_kit(self):
        """MAT-3: a kit is of an open order; a cancelled one loses it."""
        order = self.make_order([(self.breaker, 1)])
        self.peg_anew()
        self.assertEqual(order.kit_state, "short")
        order.action_cancel()
        self.assertFalse(self.pegs(order), "pegs of a cancelled order are not shown, even before the next run")
        self.peg_anew(self.breaker)
        self.assertFalse(order.kit_id)
        self.assertIn(order, self.env["mrp.production"].search([("kit_state", "=", False)]))

    def test_rows_that_stay_keep_their_number(self):
        """MAT-12: a run writes what has changed only."""
        self.buy(self.breaker, 5, days=2)
        orders = self.make_order([(self.breaker, 1)], days=5) | self.make_order([(self.breaker, 1)], days=6)
        self.peg_anew()
        first, second = self.env["material.peg"].search([("production_id", "in", orders.ids)], order="demand_date").ids
        orders[1].move_raw_ids.product_uom_qty = 2
        self.peg_anew()
        after = self.env["material.peg"].search([("production_id", "in", orders.ids)], order="demand_date").ids
        self.assertEqual(after[0], first)
        self.assertNotEqual(after[1], second)

    def test_as_of_is_shown(self):
        """MAT-12: each window says as of when it was computed, each row, too."""
        order = self.make_order([(self.breaker, 1)])
        self.peg_anew()
        as_of = self.env["material.pegging"]._get_as_of(self.env.company)
        self.assertLess(as_of - self.now, timedelta(minutes=5))
        self.assertIn("as of", order.action_view_pegs()["name"])
        self.assertEqual(order.kit_id.computed_on, as_of)
        self.assertEqual(self.env["material.peg"].search([("production_id", "=", order.id)]).computed_on, as_of)
