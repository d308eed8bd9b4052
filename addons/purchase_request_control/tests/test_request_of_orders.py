"""Needs of orders become requests of their own, and orders that know whose need they are."""
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestRequestOfOrders(RequestCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_to_order(cls.breaker, cls.busbar)
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def _sold(self, quantity, name="S1", user=None):
        """A delivery that is made to order, as a sales order brings it about; more or less of it by the same way."""
        reference = self.env["stock.reference"].search([("name", "=", name)]) or (
            self.env["stock.reference"].create({"name": name}))
        self.env["stock.rule"].run([self.env["stock.rule"].Procurement(
            self.breaker, quantity, self.breaker.uom_id, self.customers, name, name, self.company, {
                "warehouse_id": self.warehouse, "reference_ids": reference, "company_id": self.company,
                "route_ids": self.warehouse.mto_pull_id.route_id,
                "date_planned": fields.Datetime.now() + timedelta(days=30)})])
        return reference.move_ids.filtered(lambda move: move.state != "cancel")

    def test_one_request_for_each_manufacturing_order(self):
        """MAT-2: two orders are two requests, of which each knows its order, its planner and its references; the
        components of one order are lines of its one request."""
        first = self._production(2, components={self.breaker: 3, self.busbar: 1})
        second = self._production(1)
        requests = self.env["purchase.request"].search([("production_id", "in", (first + second).ids)])
        self.assertEqual(len(requests), 2)
        mine = requests.filtered(lambda request: request.production_id == first)
        self.assertEqual(set(mine.line_ids.mapped(lambda line: (line.product_id.name, line.product_qty))),
                         {("Breaker", 6), ("Busbar", 2)})
        self.assertEqual((mine.requested_by, mine.state, mine.request_kind), (self.planner, "draft", "plan"))
        self.assertEqual(mine.reference_ids, first.reference_ids)
        self.assertEqual(mine.line_ids.production_id, first)
        self.assertEqual(mine.line_ids.move_dest_ids, first.move_raw_ids)
        self.assertEqual((first + second).mapped("purchase_request_count"), [1, 1])
        self.assertEqual(first.with_user(self.planner).action_view_purchase_requests()["res_id"], mine.id)

    def test_sales_orders_are_not_merged(self):
        """MAT-2: needs of two sales orders are two requests, each with its reference."""
        first, second = self._sold(3, "S1"), self._sold(4, "S2")
        requests = (first | second).created_purchase_request_line_id.request_id
        self.assertEqual(len(requests), 2)
        self.assertEqual(set(requests.mapped("reference_ids.name")), {"S1", "S2"})

    def test_reducing_an_order_makes_no_negative_line(self):
        """MAT-8: an order of 3 becomes 1 (trap 25): the delivery is 1, nothing is received from the customer, and the
        draft request asks for 1."""
        move = self._sold(3)
        line = move.created_purchase_request_line_id
        moves = self._sold(-2)
        self.assertEqual(moves, move)
        self.assertEqual((move.product_uom_qty, move.location_dest_id), (1, self.customers))
        self.assertFalse(self.env["stock.move"].search([
            ("product_id", "=", self.breaker.id), ("location_id", "=", self.customers.id)]))
        self.assertEqual(line.request_id.line_ids, line)
        self.assertEqual(line.product_qty, 1)
        self.assertFalse(self.env["purchase.request.line"].search([("product_qty", "<", 0)]))

    def test_demand_that_vanishes_takes_its_draft_along(self):
        """MAT-8: an order that needs nothing any more leaves no draft behind."""
        move = self._sold(3)
        request = move.created_purchase_request_line_id.request_id
        self._sold(-3)
        self.assertFalse(request.exists())

    def test_quantity_of_a_manufacturing_order(self):
        """MAT-8: an order that is made smaller lowers its draft; one that grows asks for more on its own request."""
        production = self._production(4)
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        change = self.env["change.production.qty"]
        change.create({"mo_id": production.id, "product_qty": 3}).change_prod_qty()
        self.assertEqual(request.line_ids.product_qty, 9)
        request.with_user(self.planner).button_to_approve()
        request.with_user(self.manager).button_approved()
        change.create({"mo_id": production.id, "product_qty": 5}).change_prod_qty()
        requests = self.env["purchase.request"].search([("production_id", "=", production.id)], order="id")
        self.assertEqual(requests.line_ids.mapped("product_qty"), [9, 6])
        self.assertEqual(requests.mapped("state"), ["approved", "draft"])

    def _approve_of(self, production):
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        request.with_user(self.planner).button_to_approve()
        request.with_user(self.manager).button_approved()
        return request

    def test_order_knows_its_need(self):
        """PUR-2: the order made of a request carries the references, is found from the manufacturing order, comes on
        the day of the need, and is to be ordered the lead time before; its goods go to the order."""
        self.company.purchase_lead_working = False
        production = self._production(2)
        request = self._approve_of(production)
        order = self._order(request)
        self.assertEqual(order.reference_ids, production.reference_ids)
        self.assertIn(production.name, order.origin)
        self.assertIn(order, production._get_purchase_orders())
        line = order.order_line
        self.assertEqual((line.product_qty, line.price_unit), (6, 100))
        day = request.line_ids.date_required
        self.assertEqual(request.line_ids.order_by, day - timedelta(days=5))
        self.assertEqual(order.date_order.date(), day - timedelta(days=5))
        self.assertLessEqual(abs((line.date_planned.date() - day).days), 1)
        order.button_confirm()
        self.assertEqual(order.picking_ids.move_ids.move_dest_ids, production.move_raw_ids)

    def test_needs_keep_their_lines(self):
        """PUR-2: one request for quotation may hold the needs of two orders, each on its own line; the company may
        merge them."""
        orders = self._production(1) + self._production(2)
        requests = self._approve_of(orders[0]) + self._approve_of(orders[1])
        quotation = self._order(requests)
        self.assertEqual(sorted(quotation.order_line.mapped("product_qty")), [3, 6])
        self.assertEqual(len(quotation.order_line.filtered(lambda line: len(line.purchase_request_lines) == 1)), 2)
        self.assertEqual(quotation.reference_ids, orders.reference_ids)
        quotation.button_cancel()
        self.assertEqual(requests.line_ids.mapped("qty_to_order"), [3, 6])
        self.assertEqual(set(orders.move_raw_ids.mapped("state")) & {"cancel"}, set())
        self.company.purchase_merge_needs = True
        merged = self._order(requests).order_line
        self.assertEqual((len(merged), merged.product_qty), (1, 9))

    def test_receipt_serves_the_request(self):
        """PUR-2: what is received, in parts too, is not ordered again."""
        request = self._approved(quantity=10)
        order = self._order(request)
        order.button_confirm()
        picking = order.picking_ids
        self._receive(picking, 4)
        line = request.line_ids
        self.assertEqual((line.qty_done, line.qty_to_order), (4, 0))
        rest = order.picking_ids - picking
        self._receive(rest, 6)
        self.assertEqual((line.qty_done, line.qty_to_order), (10, 0))

    def test_request_for_a_shortage(self):
        """MAT-4: what is missing for an order is one draft of that order; the same shortage is not asked for twice,
        another order's is another request, and a quantity that is none is refused."""
        make = self.env["purchase.request"].with_user(self.planner)._make_for_shortage
        first, second = self._production(1, confirm=False), self._production(1, confirm=False)
        day = fields.Datetime.now() + timedelta(days=3)
        unit = self.breaker.uom_id
        request = make(self.breaker, 2, unit, day, first, "Broken at assembly")
        self.assertRecordValues(request, [{
            "state": "draft", "request_kind": "shortage", "production_id": first.id, "requested_by": self.planner.id,
            "department_id": self.department.id, "description": "Broken at assembly"}])
        self.assertEqual(request, make(self.breaker, 3, unit, day + timedelta(days=2), first, "Broken at assembly"))
        self.assertEqual((request.line_ids.product_qty, request.line_ids.date_required), (3, day.date()))
        make(self.busbar, 1, unit, day, first, "Lost")
        self.assertEqual(len(request.line_ids), 2)
        self.assertNotEqual(request, make(self.breaker, 2, unit, day, second, "Broken"))
        for quantity in (0, -1, float("nan"), None):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                make(self.breaker, quantity, unit, day, first, "Broken")
        self.assertRecordValues(request.activity_ids, [{"user_id": self.planner.id}])
        self.assertIn(request.name, request.activity_ids.summary)
        request.button_to_approve()
        self.assertEqual(request.assigned_to, self.manager)
        self.assertEqual(request.activity_ids.user_id, self.manager, "the applicant's to-do is done")
        self.assertNotEqual(request, make(self.breaker, 1, unit, day, first, "Another one"))

    def test_multi_step_finds_the_order(self):
        """MAT-2: with picking before production the request still is the manufacturing order's."""
        self.warehouse.manufacture_steps = "pbm"
        route = self.warehouse.pbm_route_id
        route.rule_ids.filtered(lambda rule: rule.location_dest_id == self.warehouse.pbm_loc_id).procure_method = (
            "make_to_order")
        self.breaker.route_ids = [Command.set(self.env.ref("purchase_stock.route_warehouse0_buy").ids)]
        production = self._production(2)
        request = self.env["purchase.request"].search([("production_id", "=", production.id)])
        self.assertEqual(request.line_ids.product_qty, 6)
