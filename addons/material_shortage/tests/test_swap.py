from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ShortageCommon


@tagged("-at_install", "post_install")
class TestSwap(ShortageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put(cls.breaker, 6)
        cls.later = cls.make_order([(cls.breaker, 6)], days=20, user_id=cls.other_planner.id)
        cls.later.action_assign()
        cls.early = cls.make_order([(cls.breaker, 4)], days=3)
        cls.early.action_assign()

    def _reserved(self, order):
        return sum(order.move_raw_ids.move_line_ids.mapped("quantity_product_uom"))

    def _propose(self, quantity=4, giver=None, user=None):
        self.settle()
        return self.act(self.lines(self.early), "swap", user, giver_id=(giver or self.later).id, quantity=quantity)

    def test_earlier_order_takes_from_a_later(self):
        """MAT-13: the planner of the later order agrees; reservations move, both orders are pegged anew, a debt is
        noted and paid back by the next receipt."""
        measure = self._propose()
        self.assertRecordValues(measure, [{"state": "proposed", "decider_id": self.other_planner.id}])
        self.assertEqual((self._reserved(self.early), self._reserved(self.later)), (0, 6))
        measure.with_user(self.other_planner).action_agree()
        self.assertEqual((self._reserved(self.early), self._reserved(self.later)), (4, 2))
        self.assertEqual((self.early.move_raw_ids.state, self.later.move_raw_ids.state), (
            "assigned", "partially_available"))
        swap = measure.swap_id
        self.assertRecordValues(swap, [{
            "state": "owed", "quantity": 4, "taker_id": self.early.id, "giver_id": self.later.id,
            "user_id": self.planner.id, "agreed_by": self.other_planner.id}])
        self.settle()
        self.assertEqual(self.lines(self.early).mapped("state"), ["closed"])
        self.assertEqual(self.lines(self.later).mapped("quantity"), [4])
        self.assertEqual(swap.state, "owed")
        purchase = self.buy(self.breaker, 4, days=5)
        self.settle()
        self.assertEqual(swap.state, "paid")
        self.receive(purchase)
        self.settle()
        self.assertEqual(self.lines(self.later).mapped("state"), ["closed"])
        for order in (self.early, self.later):
            self.assertTrue(any(swap.name in (body or "") for body in order.message_ids.mapped("body")))

    def test_both_are_asked_to_be_pegged(self):
        """MAT-13: both plans are calculated again: the product of the two orders is noted for the next run."""
        measure = self._propose()
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM material_pegging_request")
        measure.with_user(self.other_planner).action_agree()
        self.env.cr.flush()
        self.env.cr.execute("SELECT product_id FROM material_pegging_request")
        self.assertIn((self.breaker.id,), self.env.cr.fetchall())

    def test_parts_that_were_picked_stay(self):
        """MAT-13 (odoo/odoo #28403): an order does not take the parts that another one has picked."""
        line = self.later.move_raw_ids.move_line_ids
        line.picked = True
        self.settle()
        self.assertFalse(self.env["material.swap"]._get_givers(self.early, self.breaker))
        with self.assertRaisesRegex(UserError, "can give 0"):
            self._propose()
        line.picked = False
        measure = self._propose()
        line.picked = True
        with self.assertRaisesRegex(UserError, "not picked yet"):
            measure.with_user(self.other_planner).action_agree()
        self.assertEqual((self._reserved(self.early), self._reserved(self.later)), (0, 6))

    def test_only_from_later_orders(self):
        """MAT-13: an order takes nothing of one that comes before it, nor more than it misses."""
        first = self.make_order([(self.breaker, 1)], days=1)
        first.action_assign()
        givers = self.env["material.swap"]._get_givers(self.early, self.breaker)
        self.assertEqual([(order.id, quantity) for order, quantity in givers], [(self.later.id, 6)])
        with self.assertRaisesRegex(UserError, "comes before"):
            self._propose(giver=first)
        with self.assertRaisesRegex(UserError, "misses 4"):
            self._propose(quantity=5)
        self.later.priority = "1"
        with self.assertRaisesRegex(UserError, "comes before"):
            self._propose()

    def test_own_swap_asks_somebody_else(self):
        """MAT-13: who plans both orders does not agree to his own swap."""
        self.later.user_id = self.planner
        self.assertEqual(self._propose().decider_id, self.other_planner)

    def test_policy_without_agreement(self):
        """MAT-13: where the company says so, a swap is carried out at once."""
        self.company.shortage_swap_policy = "free"
        measure = self._propose()
        self.assertEqual((measure.state, self._reserved(self.early)), ("done", 4))
        self.assertFalse(measure.swap_id.agreed_by)

    def test_lots_go_along(self):
        """MAT-13: the very lot that was reserved is what the earlier order gets."""
        part = self.make_product("Relay", tracking="lot")
        lot = self.env["stock.lot"].create({"name": "L1", "product_id": part.id})
        self.env["stock.quant"]._update_available_quantity(part, self.stock, 2, lot_id=lot)
        later, early = self.make_order([(part, 2)], days=20, user_id=self.other_planner.id), self.make_order(
            [(part, 1)], days=2)
        later.action_assign()
        self.settle()
        measure = self.act(self.lines(early), "swap", giver_id=later.id, quantity=1)
        measure.with_user(self.other_planner).action_agree()
        self.assertEqual(early.move_raw_ids.move_line_ids.lot_id, lot)
        self.assertEqual((self._reserved(early), self._reserved(later)), (1, 1))

    def test_other_unit(self):
        """MAT-13: quantities count in the product's unit, whatever the orders count in."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self.put(self.busbar, 24)
        later = self.make_order([(self.busbar, 2, dozen)], days=20, user_id=self.other_planner.id)
        later.action_assign()
        early = self.make_order([(self.busbar, 12)], days=2)
        self.settle()
        self.act(self.lines(early), "swap", giver_id=later.id, quantity=12).with_user(self.other_planner).action_agree()
        self.assertEqual((self._reserved(early), self._reserved(later)), (12, 12))
        self.assertEqual(later.move_raw_ids.quantity, 1)

    def test_two_steps(self):
        """MAT-13: where parts are picked before production, the reservations of the pickings change hands."""
        self.warehouse.manufacture_steps = "pbm"
        self.put(self.busbar, 3)
        later = self.make_order([(self.busbar, 3)], days=20, user_id=self.other_planner.id)
        later.picking_ids.action_assign()
        early = self.make_order([(self.busbar, 2)], days=2)
        self.settle()
        line = self.lines(early) or self.lines(early.picking_ids)
        self.assertTrue(line)
        givers = self.env["material.swap"]._get_givers(early, self.busbar)
        self.assertEqual([(order.id, quantity) for order, quantity in givers], [(later.id, 3)])
        self.env["material.swap"].sudo()._check_givable(early, later, self.busbar, 2)

    def test_another_company(self):
        """MAT-13: nothing is taken across companies: that is a transfer."""
        other = self.env["res.company"].create({"name": "Sister"})
        foreign = self.env["mrp.production"].with_company(other).create({
            "product_id": self.cabinet.id, "company_id": other.id})
        with self.assertRaisesRegex(UserError, "same company"):
            self._propose(giver=foreign)

    def test_records_stand(self):
        """MAT-13: a swap is written by its action only, and deleted by nobody."""
        measure = self._propose()
        measure.with_user(self.other_planner).action_agree()
        swap = measure.swap_id.with_user(self.planner)
        for call in (lambda: swap.write({"state": "paid"}), swap.unlink, lambda: swap.create({"quantity": 1})):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(UserError):
            swap.sudo().quantity = 1
