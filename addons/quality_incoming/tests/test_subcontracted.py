from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestSubcontracted(IncomingCommon):
    """What a subcontractor made comes by a receipt and is inspected like what was bought.

    Nothing here needs mrp_subcontracting: it turns the source of a confirmed receipt to a place of ours that is no
    warehouse, and so do these tests. With the module itself: ``tests/test_subcontracting.py``.
    """

    def _made_outside(self, quantity=100):
        """A receipt of what a subcontractor made: confirmed, its goods come from a place of ours, as in Odoo."""
        place = self.env["stock.location"].create({"name": "At the subcontractor", "usage": "internal"})
        self.assertFalse(place.warehouse_id)
        self.env["stock.quant"]._update_available_quantity(self.product, place, quantity)
        order = self._order((self.product, quantity))
        move = order.picking_ids.move_ids
        move.write({"location_id": place.id})
        return order, move

    def test_subcontracted_goods_are_inspected(self):
        """REC-2, REC-7: what a subcontractor made lands in the inspection area, not qualified before its verdict."""
        order, move = self._made_outside()
        self.assertEqual(move.location_dest_id, self.hold)
        self._receive(order)
        self.assertEqual(move.location_dest_id, self.hold)
        inspection = move.quality_inspection_ids
        self.assertRecordValues(inspection, [{
            "state": "pending", "quantity_held": 100, "partner_id": self.supplier.id, "trigger": "subcontract",
            "purchase_line_id": order.order_line.id}])
        self.assertEqual(order.order_line.qty_qualified, 0)
        self.assertEqual(self._stock_of(self.product, self.stock), 0)
        self._inspect(inspection)
        self.assertEqual(self._stock_of(self.product, self.stock), 100)
        self.env.flush_all()
        self.assertEqual(self.supplier._get_quality_scores()[self.supplier.id]["lots"], 1)

    def test_subcontracted_goods_by_a_plan_of_their_own(self):
        """REC-4: a plan for subcontracted goods goes before one for receipts, and is for no goods that are bought."""
        own = self._plan(self.product)
        own.trigger = "subcontract"
        order, move = self._made_outside()
        self._receive(order)
        self.assertEqual(move.quality_inspection_ids.plan_id, own)
        self.assertEqual(
            move.quality_inspection_ids.with_user(self.inspector)._get_fitting_plans(), own | self.plan)
        bought = self._order((self.product, 5))
        self._receive(bought)
        self.assertRecordValues(bought.order_line.quality_inspection_ids, [
            {"trigger": "incoming", "plan_id": self.plan.id}])

    def test_subcontracted_goods_with_a_final_plan_only_are_inspected(self):
        """REC-2, FQC-4: goods that have but a plan for their final inspection are inspected when a subcontractor made
        them; bought from a supplier they are not."""
        self.plan.trigger = "final"
        order, move = self._made_outside()
        self._receive(order)
        self.assertEqual(move.location_dest_id, self.hold)
        self.assertRecordValues(move.quality_inspection_ids, [{"trigger": "subcontract", "plan_id": self.plan.id}])
        bought = self._order((self.product, 5))
        self._receive(bought)
        self.assertFalse(bought.order_line.quality_inspection_ids)

    def test_subcontracted_goods_go_back_before_the_verdict(self):
        """REC-7: a receipt under inspection may be returned to where it came from, and nowhere else."""
        order, move = self._made_outside()
        picking = self._receive(order)
        wizard = self.env["stock.return.picking"].with_context(
            active_model="stock.picking", active_id=picking.id).create({})
        wizard.product_return_moves.quantity = 40
        back = wizard._create_return()
        with self.assertRaisesRegex(UserError, move.quality_inspection_ids.name), self.env.cr.savepoint():
            back.move_ids.location_dest_id = self.stock
        self.env.invalidate_all()
        back.move_ids.location_dest_id = move.location_id
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(back.state, "done")
        self.assertEqual(move.quality_inspection_ids.quantity, 60)

    def test_moves_between_own_places_are_no_receipts(self):
        """REC-2: an internal transfer out of a place that is no warehouse is not inspected as a receipt."""
        place = self.env["stock.location"].create({"name": "Exhibition", "usage": "internal"})
        self.env["stock.quant"]._update_available_quantity(self.product, place, 5)
        move = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 5, "location_id": place.id,
            "location_dest_id": self.stock.id, "picking_type_id": self.warehouse.int_type_id.id})
        move._action_confirm()
        move.picked = True
        move._action_done()
        self.assertRecordValues(move, [{"location_dest_id": self.stock.id, "quality_inspection_ids": []}])
