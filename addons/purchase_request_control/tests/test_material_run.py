from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestMaterialRun(RequestCommon):
    """The daily run and the safety stock (MAT-1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["stock.warehouse.orderpoint"].search([]).active = False
        cls.company.horizon_days = 0
        buy = cls.env.ref("purchase_stock.route_warehouse0_buy")
        (cls.breaker | cls.busbar).route_ids = [Command.set(buy.ids)]
        cls.point = cls.env["stock.warehouse.orderpoint"].create({
            "product_id": cls.breaker.id, "location_id": cls.stock.id, "warehouse_id": cls.warehouse.id,
            "product_min_qty": 10, "product_max_qty": 25, "company_id": cls.company.id})

    def _run(self):
        self.env.invalidate_all()  # each run is a transaction of its own
        self.env["material.run"].with_user(self.buyer).action_run_now()
        return self.company.material_run_ids[:1]

    def _lines(self):
        return self.env["purchase.request.line"].search([("product_id", "=", self.breaker.id)])

    def test_run_requests_what_is_below(self):
        """MAT-1: what falls below its minimum is requested once, in the run's request; the run keeps who, when, with
        which horizon, and what it found."""
        run = self._run()
        self.assertRecordValues(run, [{
            "user_id": self.buyer.id, "orderpoint_count": 1, "below_count": 1, "request_line_count": 1,
            "horizon_days": 0, "unserved_count": 0}])
        self.assertTrue(run.finished_on)
        line = self._lines()
        self.assertEqual((line.product_qty, line.request_id.run_id, line.orderpoint_id), (25, run, self.point))
        self.assertEqual((line.request_state, line.request_kind), ("draft", "plan"))
        for _again in range(2):
            self.assertEqual(self._run().request_line_count, 0)
        self.assertEqual(self._lines(), line)

    def test_run_tells_who_acts(self):
        """MAT-1: the draft that a run made is somebody's to-do, once: the request his who asks for its approval, the
        request for quotation its buyer's until it is confirmed."""
        self.busbar.purchase_request = False
        self.supplier.buyer_id = self.buyer
        self.point.copy({"product_id": self.busbar.id, "name": "Busbar"})
        self._run()
        request = self._lines().request_id
        self.assertEqual(request.activity_ids.user_id, request.requested_by)
        order = self.env["purchase.order.line"].search([("product_id", "=", self.busbar.id)]).order_id
        self._run()
        self.assertEqual(order.activity_ids.mapped("user_id"), self.buyer)
        self.assertEqual(len(order.activity_ids), 1)
        order.button_confirm()
        self.assertFalse(order.activity_ids)

    def test_same_need_is_not_procured_again(self):
        """MAT-1: whatever becomes of what was requested — approved, ordered in part, its order cancelled, arriving
        after the horizon (odoo/odoo #173842) — the next run does not ask for it again."""
        self._run()
        request = self._lines().request_id

        def still_once(what):
            self._run()
            with self.subTest(what=what):
                self.assertEqual(self._lines(), request.line_ids)
        request.button_to_approve()
        still_once("to approve")
        request.button_approved()
        still_once("approved")
        line = request.line_ids
        part = self._order(request, quantities={line: 10})
        self.assertEqual((line.qty_to_order, part.order_line.orderpoint_id), (15, self.point))
        still_once("ordered in part")
        part.button_cancel()
        still_once("its order cancelled")
        order = self._order(request)
        still_once("on a quotation")
        order.button_confirm()
        still_once("confirmed")
        late = fields.Datetime.now() + timedelta(days=90)
        order.order_line.date_planned = late
        order.picking_ids.move_ids.date = late
        self.assertLess(self.point.lead_horizon_date, late.date())
        still_once("arrives after the horizon")
        self._receive(order.picking_ids, 25)
        still_once("received")
        self.assertEqual(self.point.qty_on_hand, 25)

    def test_request_by_hand_counts(self):
        """MAT-1: what a person requested of the product is not requested again by the run."""
        self._submitted(quantity=20)
        self._run()
        self.assertEqual(len(self._lines()), 1)
        self.assertEqual(self.point.qty_requested, 20)

    def test_supply_for_later_does_not_hide_a_need(self):
        """MAT-1: an order that was placed for something else far ahead is no reason to go below the minimum now."""
        order = self.env["purchase.order"].create({"partner_id": self.supplier.id, "order_line": [Command.create({
            "product_id": self.breaker.id, "product_qty": 30,
            "date_planned": fields.Datetime.now() + timedelta(days=200)})]})
        order.button_confirm()
        self._run()
        self.assertEqual(self._lines().product_qty, 25)

    def test_horizon_is_shown_with_its_effect(self):
        """MAT-1: the horizon (Odoo's default: 365 days) stands in the settings with what it does; at zero a need in
        200 days is not bought today."""
        self.env["stock.quant"]._update_available_quantity(self.breaker, self.stock, 12)
        self.env["stock.move"].create({
            "product_id": self.breaker.id, "product_uom_qty": 10, "location_id": self.stock.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "date": fields.Datetime.now() + timedelta(days=200)})._action_confirm()
        self._run()
        self.assertFalse(self._lines())
        settings = self.env["res.config.settings"].create({})
        settings.horizon_days = 365
        self.assertIn("365", settings.horizon_effect)
        settings.execute()
        self._run()
        self.assertEqual(self._lines().product_qty, 23)

    def test_safety_stock_list(self):
        """MAT-1: 物料安全库存表: minimum, maximum, on hand, requested, forecast; what is below is found."""
        self.env["stock.quant"]._update_available_quantity(self.busbar, self.stock, 50)
        good = self.point.copy({"product_id": self.busbar.id})
        points = self.env["stock.warehouse.orderpoint"].with_user(self.keeper)
        below = points.search([("is_below_minimum", "=", True)])
        self.assertEqual((below, points.search([("is_below_minimum", "=", False)]) & good), (self.point, good))
        self._run()
        self.assertEqual((self.point.qty_on_hand, self.point.qty_requested, self.point.qty_forecast), (0, 25, 25))

    def test_safety_stock_is_a_quantity(self):
        """MAT-1: a minimum or maximum below zero, which would switch the run off, and what is no number are refused by
        their names."""
        for name in ("product_min_qty", "product_max_qty"):
            with self.subTest(name=name):
                with self.assertRaises(ValidationError):
                    self.point.write({name: -5})
                for value in (float("nan"), 1e308):
                    with self.assertRaisesRegex(UserError, "no number"):
                        self.point.write({name: value})

    def test_daily_run_of_all_companies(self):
        """MAT-1: Odoo's daily job is the run; every company has its protocol, nobody writes or deletes it."""
        before = self.env["material.run"].search_count([("company_id", "=", self.company.id)])
        self.env["stock.rule"].run_scheduler()
        runs = self.env["material.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(runs), before + 1)
        self.assertEqual(self._lines().request_id.run_id, runs[0])
        for values in ({"below_count": 0}, {"user_id": self.buyer.id}):
            with self.assertRaises(AccessError):
                runs[0].with_user(self.head).write(values)
        with self.assertRaises(UserError):
            runs[0].unlink()
        with self.assertRaises(AccessError):
            self.env["material.run"].with_user(self.applicant).action_run_now()

    def test_who_left_is_told_nothing(self):
        """MAT-1: what the run makes or cannot procure of a product whose responsible has left is not lost with him: who
        started the run asks for its approval, and has the warning."""
        gone = self.keeper
        orphan = self.env["product.product"].create({
            "name": "Orphan", "is_storable": True, "responsible_id": gone.id, "route_ids": [
                Command.set(self.env.ref("purchase_stock.route_warehouse0_buy").ids)]})
        self.point.copy({"product_id": orphan.id})
        self.breaker.responsible_id = gone
        gone.active = False
        self._run()
        request = self._lines().request_id
        self.assertEqual((request.requested_by, request.activity_ids.user_id), (self.buyer, self.buyer))
        self.assertEqual(orphan.product_tmpl_id.activity_ids.user_id, self.env["material.run"].search(
            [], limit=1)._get_answering())

    def test_daily_job_keeps_what_it_computed(self):
        """MAT-1: the daily job buys by a second connection, which changes the rules too: what the first has computed is
        committed before. Else it fails whenever it has bought, and nobody has a to-do."""
        with patch.object(self.registry["ir.cron"], "_commit_progress") as commit:
            self.point.browse()._procure_orderpoint_confirm(use_new_cursor=True)
            commit.assert_called_once_with()
            self.point.browse()._procure_orderpoint_confirm()
        commit.assert_called_once_with()

    def test_product_without_supplier(self):
        """MAT-1: what nobody supplies is counted, and stops no other product."""
        orphan = self.env["product.product"].create({"name": "Orphan", "is_storable": True, "route_ids": [
            Command.set(self.env.ref("purchase_stock.route_warehouse0_buy").ids)]})
        self.point.copy({"product_id": orphan.id})
        run = self._run()
        self.assertEqual((run.below_count, run.unserved_count, run.request_line_count), (2, 1, 1))
