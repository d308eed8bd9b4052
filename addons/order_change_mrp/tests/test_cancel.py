from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestCancel(OrderChangeMrpCommon):

    def _window(self):
        action = self.order.with_user(self.sales).with_context(order_change_ask=True).action_cancel()
        self.assertEqual(action["res_model"], "order.change.cancel")
        return self.env[action["res_model"]].with_user(self.sales).with_context(**action["context"]).create({})

    def _left(self):
        return self.env["order.leftover"].search([("order_id", "=", self.order.id)])

    def test_window_shows_and_takes_along(self):
        """CHG-9: cancelling shows what was procured; confirmed, what was not begun is cancelled with the order, and
        nothing is left."""
        window = self._window()
        self.assertEqual(self.order.state, "sale")
        rows = dict(zip(window.line_ids.mapped("document_name"), window.line_ids.mapped("what"), strict=True))
        self.assertIn("is cancelled", rows[f"{self.production.name}, Cabinet KYN28"])
        window.action_cancel_order()
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual((self.production + self.door_production).mapped("state"), ["cancel", "cancel"])
        self.assertFalse(self._purchases(self.vacuum).filtered("product_qty"))
        self.assertFalse(self._left())

    def test_what_is_begun_or_bought_is_settled_by_somebody(self):
        """CHG-9: a started order and a confirmed purchase stay: planner and buyer have a to-do and a clock, and say
        what becomes of it."""
        line = self._purchases(self.vacuum)
        line.order_id.button_confirm()
        self.door_production.action_start()
        self._window().action_cancel_order()
        self.assertEqual((self.production.state, self.door_production.state), ("cancel", "progress"))
        left = self._left()
        self.assertEqual(left.production_id, self.door_production)
        self.assertIn(line, left.purchase_line_id)
        row = left.filtered(lambda row: row.purchase_line_id == line)
        self.assertEqual(row.department_id, self.departments["purchasing"])
        self.assertIn("not needed any more", row.what)
        self.assertEqual(row.activity_ids.user_id, row.user_id)
        self.assertEqual(row.sla_clock_ids.policy_id.code, "sla_policy_change_leftover")
        manager = self.reviewers["purchasing"]
        with self.assertRaises(AccessError):
            row.with_user(self.sales).action_settle()
        with self.assertRaisesRegex(UserError, "write what becomes of it"):
            row.with_user(manager).action_settle()
        row.with_user(manager).answer = "Kept for the next order."
        row.with_user(manager).action_settle()
        self.assertRecordValues(row, [{"state": "settled", "settled_by": manager.id}])
        self.assertFalse(row.activity_ids)
        with self.assertRaises(UserError):
            row.with_user(manager).answer = "Scrapped."

    def test_other_doors_ask_too(self):
        """CHG-9: by RPC, without the window: nothing is cancelled silently, everything has somebody."""
        self.order.with_user(self.sales).action_cancel()
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(self.production.state, "confirmed")
        self.assertEqual(self._left().production_id, self.production + self.door_production)
        self.assertTrue(all(row.activity_ids for row in self._left()))

    def test_nothing_procured_nothing_asked(self):
        """CHG-9: an order for which nothing was procured is cancelled as ever."""
        order = self._confirmed(product=self.product)
        order.with_user(self.sales).with_context(order_change_ask=True).action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(self.env["order.leftover"].search([("order_id", "=", order.id)]))
