from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import ShortageCommon


@tagged("-at_install", "post_install")
class TestShortageEngine(ShortageCommon):
    def test_missing_part_opens_a_line(self):
        """MAT-4: what no supply covers is a line: product, quantity, order, needed by, cause, owner, a to-do."""
        order = self.make_order([(self.breaker, 3)])
        self.settle()
        line = self.lines(order)
        self.assertRecordValues(line, [{
            "product_id": self.breaker.id, "quantity": 3, "production_id": order.id, "needed_by": order.date_start,
            "cause": "purchased", "owner_id": self.head_buyer.id, "state": "open", "expected_date": False,
            "next_chase_date": fields.Date.today()}])
        self.assertTrue(line.name.startswith("QJ"))
        self.assertEqual(line.activity_ids.user_id, self.head_buyer)
        self.assertEqual(line.sla_clock_ids.mapped("state"), ["running"])

    def test_line_lives_with_its_supply(self):
        """MAT-4: promised by a late order, covered by one in time, closed by the receipt; to-do and clock with it."""
        order = self.make_order([(self.breaker, 3)], days=10)
        purchase = self.buy(self.breaker, 3, days=15)
        purchase.user_id = self.buyer
        self.settle()
        line = self.lines(order)
        self.assertRecordValues(line, [{
            "state": "promised", "purchase_line_id": purchase.order_line.id, "owner_id": self.buyer.id,
            "days_late": 5}])
        self.assertEqual(line.activity_ids.user_id, self.buyer)
        purchase.order_line.date_planned = self.now + timedelta(days=8)
        self.settle()
        self.assertEqual(line.state, "covered")
        self.assertFalse(line.activity_ids)
        purchase.order_line.date_planned = self.now + timedelta(days=12)
        self.settle()
        self.assertRecordValues(line, [{"state": "promised", "days_late": 2}])
        self.assertEqual(line.activity_ids.user_id, self.buyer | self.planner, "PUR-8: the planner is told of the date")
        self.assertGreaterEqual(len(line.promise_ids), 2, "the history of the promised dates")
        self.receive(purchase)
        self.settle()
        self.assertRecordValues(line, [{"state": "closed", "closing": "receipt"}])
        self.assertFalse(line.activity_ids)
        self.assertNotIn("running", line.sla_clock_ids.mapped("state"))

    def test_change_closes_the_line(self):
        """MAT-4: an order that is cancelled, or does not need the part any more, misses nothing."""
        cancelled, changed = self.make_order([(self.breaker, 1)]), self.make_order([(self.busbar, 2)])
        self.settle()
        lines = self.lines(cancelled) | self.lines(changed)
        cancelled.action_cancel()
        changed.move_raw_ids.product_uom_qty = 0
        self.settle()
        self.assertEqual([line.closing for line in lines], ["change", "change"])

    def test_open_again_is_a_new_line(self):
        """MAT-4: a line that is closed stays closed; the same part missing again is another line."""
        order = self.make_order([(self.breaker, 1)])
        self.settle()
        first = self.lines(order)
        self.put(self.breaker, 1)
        self.settle()
        self.assertEqual(first.state, "closed")
        self.put(self.breaker, -1)
        self.settle()
        self.assertEqual(len(self.lines(order)), 2)

    def test_one_line_for_two_components(self):
        """MAT-4: two component lines of one product are one line of the order."""
        order = self.make_order([(self.breaker, 3), (self.breaker, 4)])
        self.put(self.breaker, 5)
        self.settle()
        self.assertEqual(self.lines(order).mapped("quantity"), [2])

    def test_delivery_misses_too(self):
        """MAT-4: a delivery that cannot be made has its line."""
        move = self.move(self.breaker, 4, self.stock, self.env.ref("stock.stock_location_customers"), days=3,
                         picking_type_id=self.warehouse.out_type_id.id)
        move._assign_picking()
        self.settle()
        self.assertRecordValues(self.lines(move.picking_id), [{"quantity": 4, "production_id": False}])

    def test_horizon(self):
        """MAT-4: what starts beyond the horizon is not chased yet, unless the planner checks the order."""
        self.company.shortage_horizon_days = 30
        order = self.make_order([(self.breaker, 1)], days=60)
        self.settle()
        self.assertFalse(self.lines(order))
        self.company.shortage_horizon_days = 90
        self.settle()
        self.assertTrue(self.lines(order))

    def test_made_here(self):
        """MAT-4: what is made here is brought by who answers for the order that makes it, else by the planner."""
        self.env["mrp.bom"].create({"product_tmpl_id": self.busbar.product_tmpl_id.id, "bom_line_ids": [
            Command.create({"product_id": self.breaker.id, "product_qty": 1})]})
        order = self.make_order([(self.busbar, 1)], days=3)
        self.settle()
        self.assertRecordValues(self.lines(order), [{"cause": "self_made", "owner_id": self.planner.id}])
        child = self.make_order([(self.breaker, 1)], days=8, product=self.busbar, user_id=self.other_planner.id)
        self.settle()
        self.assertRecordValues(self.lines(order), [{
            "cause": "self_made", "owner_id": self.other_planner.id, "supply_production_id": child.id}])

    def test_who_left_is_replaced(self):
        """MAT-4: owners who are archived are passed over, and replaced by the next run."""
        order = self.make_order([(self.breaker, 1)])
        self.settle()
        line = self.lines(order)
        self.head_buyer.active = False
        self.settle()
        self.assertEqual(line.owner_id, self.other_planner)
        self.assertEqual(line.activity_ids.user_id, self.other_planner)
        self.other_planner.active = False
        self.settle()
        self.assertFalse(line.owner_id)

    def test_buyer_of_the_supplier(self):
        """MAT-4: nothing is ordered yet: the buyer of the product's supplier brings it."""
        self.breaker.seller_ids = [Command.create({"partner_id": self.supplier.id, "price": 1})]
        order = self.make_order([(self.breaker, 1)])
        self.settle()
        self.assertEqual(self.lines(order).owner_id, self.buyer)

    def test_constant_queries(self):
        """MAT-4: opening, moving and closing cost the same for 5 orders and for 40, but for the insertion of to-dos."""
        def follow():
            facts = self.env["material.shortage"]._get_peg_facts()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["material.shortage"]._follow_pegs(None, facts)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        counts = []
        for count in (5, 40):
            orders = self.make_orders([
                ([(self.make_product(f"Part {count} {number}"), 1)], number % 9 + 1) for number in range(count)])
            self.env.flush_all()
            self.env["material.pegging"]._refresh()
            opening = follow()
            self.buy_each(orders.move_raw_ids.product_id, 1, days=20)
            self.env.flush_all()
            self.env["material.pegging"]._refresh()
            moving = follow()
            for order in orders:
                self.put(order.move_raw_ids.product_id, 1)
            self.env.flush_all()
            self.env["material.pegging"]._refresh()
            counts.append((opening, moving, follow()))
            self.assertEqual({line.state for order in orders for line in self.lines(order)}, {"closed"})
        for few, many in zip(*counts, strict=True):
            self.assertLessEqual(many, few + 6, counts)

    def test_page_of_the_list_costs_constant_queries(self):
        """MAT-4: the list, every column of it, with purchases and clocks: at most 13 queries, however long."""
        lines = self.env["material.shortage"].with_user(self.planner)
        view = etree.fromstring(lines.get_view(view_type="list")["arch"])
        spec = {node.get("name"): {} for node in view.iter("field")}
        spec |= {name: {"fields": {"display_name": {}}} for name in spec if lines._fields[name].type == "many2one"}
        counts = []
        for count in (4, 20):
            parts = [self.make_product(f"Part {count} {number}") for number in range(count)]
            self.make_orders([([(part, 1)], number % 9 + 1) for number, part in enumerate(parts)])
            self.buy_each(parts[1::2], 1, days=20)
            self.settle()
            lines.web_search_read([], spec, limit=80)  # rights and rules are cached
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = lines.web_search_read([], spec, limit=80, count_limit=10001)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertGreaterEqual(len(page["records"]), count)
        self.assertLessEqual(counts[0], 13)
        self.assertEqual(*counts)
