from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestFall(OrderChangeMrpCommon):

    def _impact(self, change, record):
        return change.impact_ids.filtered(lambda row: (row.res_model, row.res_id) == (record._name, record.id))

    def test_smaller_order_lowers_what_is_made_and_asked_for(self):
        """CHG-8, CHG-9: ten become eight: orders of both levels and their requests for quotation fall, as the impact
        said."""
        change = self._change(self._quantity(8))
        change.action_assess()
        self.assertIn("falls from 10 to 8", self._impact(change, self.production).what)
        self.assertIn("falls from 10 to 8", self._impact(change, self.door_production).what)
        bought = "\n".join(self._impact(change, self._purchases(self.sheet).order_id).mapped("what"))
        self.assertIn("falls from 20 to 16", bought)
        self.assertIn("falls from 30 to 24", bought)
        self.assertEqual(self.production.product_qty, 10)
        self._approve(change)
        self.assertEqual((self.production + self.door_production).mapped("product_qty"), [8, 8])
        self.assertEqual(self._purchases(self.sheet).product_qty, 16)
        self.assertEqual(self._purchases(self.vacuum).product_qty, 24)
        self.assertFalse(self.env["purchase.reduction"].search([("product_id", "=", self.vacuum.id)]))

    def test_larger_order_grows_once(self):
        """CHG-8, CHG-9: ten become twelve: Odoo's rules procure two more, nobody procures them twice."""
        change = self._change(self._quantity(12))
        change.action_assess()
        self.assertIn("grows from 10 to 12", self._impact(change, self.production).what)
        self.assertIn("grows from 10 to 12", self._impact(change, self.door_production).what)
        self._pass_review(change)
        self._sign(change)
        self._approve(change)
        self.assertEqual(sum(self._productions(self.cabinet).mapped("product_qty")), 12)
        self.assertEqual(sum(self._productions(self.door).mapped("product_qty")), 12)
        self.assertEqual(sum(self._purchases(self.vacuum).mapped("product_qty")), 36)
        waiting = self.order.picking_ids.move_ids.filtered(lambda move: move.product_id == self.cabinet)
        self.assertEqual(sum(waiting.mapped("product_uom_qty")), 12)
        self.assertEqual(set(waiting.move_orig_ids.production_id), set(self.production), "all of it is made for them")
        self.assertTrue(all(move.move_orig_ids for move in waiting), "none of it waits for ever")

    def test_confirmed_purchase_becomes_a_proposal(self):
        """CHG-8, MAT-8: a confirmed purchase is a contract: it stays, the buyer gets a proposal."""
        line = self._purchases(self.vacuum)
        line.order_id.button_confirm()
        change = self._change(self._quantity(8))
        change.action_assess()
        rows = self._impact(change, line.order_id)
        self.assertIn("proposal for the buyer: 24 instead of 30", "\n".join(rows.mapped("what")))
        self._approve(change)
        self.assertEqual(line.product_qty, 30)
        proposal = self.env["purchase.reduction"].search([("line_id", "=", line.id)])
        self.assertRecordValues(proposal, [{"quantity_before": 30, "quantity_after": 24, "state": "asked"}])

    def test_fall_below_the_least_quantity_of_a_price(self):
        """CHG-8: the supplier sells twenty at least, fifteen are needed: the request says fifteen, in its unit, at its
        price; what to do about it is the buyer's."""
        line = self._purchases(self.vacuum)
        self.vacuum.seller_ids.min_qty = 20
        self._applied(self._quantity(5))
        self.assertRecordValues(line, [
            {"product_qty": 15, "product_uom_id": self.vacuum.uom_id.id, "price_unit": 100}])

    def test_line_falls_to_zero(self):
        """CHG-8: nothing of it is wanted any more: what was not begun is cancelled, what was asked for is taken off."""
        change = self._change(self._quantity(0))
        change.action_assess()
        self.assertIn("is cancelled", self._impact(change, self.production).what)
        self._pass_review(change)
        self._approve(change)
        self.assertEqual((self.production + self.door_production).mapped("state"), ["cancel", "cancel"])
        self.assertFalse(self._purchases(self.vacuum).filtered("product_qty"))
        self.assertFalse(self._purchases(self.sheet).filtered("product_qty"))

    def test_done_order_stays_as_surplus(self):
        """CHG-9: what is made stays, why is said, and what the surplus costs."""
        self._make(self.production)
        change = self._change(self._quantity(8))
        change.action_assess()
        row = self._impact(change, self.production)
        self.assertIn("2 become surplus", row.what)
        self.assertEqual((row.obstacle, row.sudo().surplus_cost), ("it is done", 1800))
        self.assertFalse(self._impact(change, self.door_production))
        self._approve(change)
        self.assertEqual(self.production.product_qty, 10)
        self.assertEqual(self.door_production.product_qty, 10)

    def test_started_order_stays(self):
        """CHG-9: components are consumed: the order stays, what hangs below it, too."""
        self.production.move_raw_ids.filtered(lambda move: move.product_id == self.vacuum).write(
            {"quantity": 3, "picked": True})
        change = self._change(self._quantity(8))
        change.action_assess()
        self.assertEqual(self._impact(change, self.production).obstacle, "components are consumed")
        self._approve(change)
        self.assertEqual(self.production.product_qty, 10)

    def test_received_goods_become_surplus(self):
        """CHG-9: received is received: in stock as surplus, at what was paid; the rest is proposed."""
        line = self._purchases(self.vacuum)
        line.order_id.button_confirm()
        move = line.move_ids
        move.write({"quantity": 28, "picked": True})
        move._action_done()
        change = self._change(self._quantity(8))
        change.action_assess()
        row = self._impact(change, line.order_id).filtered("surplus_cost")
        self.assertIn("4 Units become surplus", row.what)
        self.assertIn("28 instead of 30", row.what)
        self.assertEqual(row.sudo().surplus_cost, 400)

    def test_part_that_fails_is_named(self):
        """CHG-8: a manufacturing order that cannot follow is named; nothing is half applied."""
        change = self._change(self._quantity(8))
        change.action_assess()

        def refuse(production, quantity):
            words = "The planner has locked it."
            raise UserError(words)
        self.patch(type(self.production), "_lower_by", refuse)
        with self.assertRaisesRegex(UserError, f"{self.production.name}.*nothing was changed.*locked"), \
                self.cr.savepoint():
            self._approve(change)
        self.env.invalidate_all()
        self.assertEqual((self.row.product_uom_qty, change.state), (10, "assessed"))

    def _make(self, production):
        production.move_raw_ids.write({"picked": True})
        for move in production.move_raw_ids:
            move.quantity = move.product_uom_qty
        production.qty_producing = production.product_qty
        production.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.state, "done")
