from datetime import timedelta

from odoo.tests import tagged

from .common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestImpact(OrderChangeMrpCommon):

    def test_each_department_gets_its_part(self):
        """CHG-9: manufacturing, purchasing and stock are told their own; a department that has none is not asked."""
        warehouse = self.env["hr.department"].create({"name": "Stores", "company_id": self.company.id})
        self.env.ref("order_change_mrp.review_role_warehouse").department_ids = warehouse
        change = self._change(self._quantity(8))
        change.action_assess()
        parts = {row.department_id: row.part for row in change.acknowledgement_ids}
        self.assertIn(self.production.name, parts[self.departments["production"]])
        self.assertNotIn(self.production.name, parts[self.departments["purchasing"]])
        self.assertIn(self._purchases(self.vacuum).order_id.name, parts[self.departments["purchasing"]])
        self.assertIn("10 → 8", parts[warehouse])
        self.assertNotIn("P0", parts[warehouse].replace(self.order.name, ""))

    def test_reserved_goods_go_back(self):
        """CHG-9: what is reserved and not needed any more is named."""
        self.env["stock.quant"]._update_available_quantity(self.gas, self.warehouse.lot_stock_id, 50)
        self.production.move_raw_ids = [(0, 0, self.production._get_move_raw_values(self.gas, 20, self.gas.uom_id))]
        move = self.production.move_raw_ids.filtered(lambda move: move.product_id == self.gas)
        move.procure_method = "make_to_stock"
        move._action_assign()
        self.assertEqual(move.quantity, 20)
        change = self._change(self._quantity(8))
        change.action_assess()
        row = change.impact_ids.filtered(lambda row: row.res_id == self.gas.id and row.res_model == "product.product")
        self.assertIn("4 Units that are reserved go back", row.what)

    def test_day_moves_deadlines(self):
        """CHG-9: another day: the deadlines of all orders and the day of the delivery follow, as was shown."""
        before = self.production.date_deadline
        change = self._change(self._date(10))
        change.action_assess()
        shown = set(zip(change.impact_ids.mapped("res_model"), change.impact_ids.mapped("res_id"), strict=True))
        self.assertLessEqual({("mrp.production", self.production.id), ("mrp.production", self.door_production.id),
                              ("stock.picking", self.order.picking_ids.id)}, shown)
        self._pass_review(change)
        self._sign(change)
        self._approve(change)
        self.assertEqual(self.production.date_deadline, before + timedelta(days=10))
        self.assertEqual(self.order.picking_ids.scheduled_date, self.order.commitment_date)

    def test_requisition_falls_or_is_proposed(self):
        """CHG-8, MAT-8: what is requested and not ordered falls; what was approved its planner is asked about."""
        self.vacuum.purchase_request = True
        self.sheet.purchase_request = True
        order = self._confirmed(product=self.cabinet)
        drafts = self.env["purchase.request.line"].search([("product_id", "in", (self.vacuum + self.sheet).ids)])
        vacuum = drafts.filtered(lambda line: line.product_id == self.vacuum)
        sheet = drafts - vacuum
        self.assertEqual((vacuum.product_qty, sheet.product_qty), (30, 20))
        sheet.request_id.sudo()._write_signed({"state": "approved"})
        change = self._change(self._quantity(8, order.order_line), order=order)
        change.action_assess()
        words = "\n".join(change.impact_ids.mapped("what"))
        self.assertIn("falls from 30 to 24", words)
        self.assertIn("proposal to its planner: 16 instead of 20", words)
        self._approve(change)
        self.assertEqual((vacuum.product_qty, sheet.product_qty), (24, 20))
        self.assertTrue(self.env["purchase.reduction"].search([("request_line_id", "=", sheet.id)]))

    def test_constant_queries(self):
        """CHG-9: the impact on an order of ten manufacturing orders and twice as many purchase lines costs the queries
        of one."""
        counts = []
        for number in (1, 10):
            parts = [self._bought(f"Part {number} {each}", 5) for each in range(2)]
            cabinets = [self._made(f"Cabinet {number} {each}", 50, dict.fromkeys(parts, 1)) for each in range(number)]
            order = self._order(product=cabinets[0], quantity=4)
            for cabinet in cabinets[1:]:
                order.order_line[0].copy({"order_id": order.id, "product_id": cabinet.id})
            self.company.order_review_policy = "none"
            order.action_confirm()
            self.assertEqual(len(order.stock_reference_ids.production_ids), number)
            change = self._change(*(self._quantity(2, row) for row in order.order_line), order=order).sudo()
            change._get_impact()  # what is looked up once
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            rows = change._get_impact()
            counts.append(self.cr.sql_log_count - start)
            self.assertEqual(len([row for row in rows if row["res_model"] == "mrp.production"]), number)
        self.assertLessEqual(counts[1], counts[0], counts)
