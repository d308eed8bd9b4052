from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import ProductionCommon


class TestMaterialReturn(ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet.process_card_required = False
        cls.bom.operation_ids.unlink()
        cls.company.material_controller_id = cls.planner

    def slip(self, order, quantity=1, product=None, reason="surplus", **line):
        return self.env["material.return"].with_user(self.operator).create({
            "production_id": order.id, "reason": reason, "line_ids": [Command.create({
                "product_id": (product or self.product).id, "quantity": quantity, **line})]})

    def receive_slip(self, slip):
        slip.picking_id.with_user(self.storekeeper).button_validate()

    def test_consumed_material_comes_back(self):
        """MAT-11: surplus of a finished order goes back to stock, not more than was consumed; people are told."""
        order = self.make_order(quantity=3)
        self.produce(order)
        self.assertEqual(self.quantity_in(self.stock, self.product), 94)
        slip = self.slip(order, 7)
        with self.assertRaisesRegex(UserError, "at most 6"):
            slip.action_submit()
        slip.line_ids.quantity = 2
        slip.action_submit()
        self.assertEqual(slip.state, "submitted")
        with self.assertRaises(UserError):
            slip.line_ids.sudo().quantity = 5
        self.receive_slip(slip)
        self.assertRecordValues(slip.sudo(), [{
            "state": "done", "requested_by": self.operator.id, "received_by": self.storekeeper.id}])
        self.assertEqual(self.quantity_in(self.stock, self.product), 96)
        self.assertIn(self.planner, slip.sudo().activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "at most 4"):
            self.slip(order, 5).action_submit()

    def test_controller_who_left_is_replaced(self):
        """MAT-11: a material controller who has left reads no to-do: who answers for the order is told."""
        order = self.make_order()
        order.user_id = self.leader
        self.assertEqual(self.company._get_material_controller(order), self.planner)
        self.planner.active = False
        self.assertEqual(self.company._get_material_controller(order), self.leader)

    def test_what_can_be_chosen(self):
        """MAT-11: a slip is begun empty; an order of any company that one sees can be chosen, and then its parts."""
        order = self.make_order()
        slips = self.env["material.return"].with_user(self.operator)
        domain = slips.fields_get(["production_id"], ["domain"])["production_id"]["domain"]
        self.assertNotIn("company_id", str(domain))
        chosen = slips.new({"production_id": order.id}).component_ids._origin
        self.assertEqual(chosen, order.move_raw_ids.product_id)
        self.assertFalse(slips.new({}).component_ids)

    def test_material_at_the_line_comes_back_and_the_requirement_falls(self):
        """MAT-11: after a design change the open order needs less; what lay at its line is back in stock."""
        self.warehouse.manufacture_steps = "pbm"
        line_place = self.warehouse.pbm_loc_id
        order = self.make_order(quantity=2)
        raw = order.move_raw_ids
        self.assertEqual(raw.location_id, line_place)
        order.picking_ids.action_assign()
        order.picking_ids.button_validate()
        self.assertEqual(raw.quantity, 4)
        slip = self.slip(order, 1, reason="change")
        slip.action_submit()
        self.receive_slip(slip)
        self.assertEqual(self.quantity_in(line_place, self.product), 3)
        self.assertEqual((raw.product_uom_qty, raw.quantity), (3, 3))

    def test_nothing_was_issued_from_the_stock_itself(self):
        """MAT-11: where components are consumed from the stock nothing comes back before it was consumed."""
        with self.assertRaisesRegex(UserError, "at most 0"):
            self.slip(self.make_order(), 1).action_submit()

    def test_doubtful_material_is_isolated(self):
        """MAT-11, NCR-1, REC-7: doubtful material comes back to the inspection area with a report."""
        order = self.make_order(quantity=2)
        self.produce(order)
        slip = self.slip(order, 2, condition="doubtful", note="Bent")
        slip.action_submit()
        self.receive_slip(slip)
        report = self.env["quality.nonconformity"].search([("production_id", "=", order.id)])
        self.assertRecordValues(report, [{"quantity": 2, "quantity_held": 2, "product_id": self.product.id}])
        self.assertEqual(self.quantity_in(self.hold, self.product), 2)

    def test_doubtful_material_that_is_urgently_released(self):
        """MAT-11, REC-8: doubtful material of an urgent release comes back too; its recall is asked for.

        Its inspection answers for it, not a second document.
        """
        lot = self.make_lots(self.lot_product, "R-1")
        inspection = self.inspect(self.receive(self.lot_product, 5, lot), self.make_plan())
        inspection.with_user(self.inspector).action_request_urgent_release("hurry", 3)
        release = inspection.urgent_release_ids
        release.with_user(self.releaser).action_approve()
        self.bom.bom_line_ids = [Command.clear(), Command.create({"product_id": self.lot_product.id, "product_qty": 1})]
        order = self.make_order(quantity=2)
        self.produce(order)
        slip = self.slip(order, 1, self.lot_product, lot_id=lot.id, condition="doubtful", note="Bent")
        slip.action_submit()
        self.receive_slip(slip)
        report = self.env["quality.nonconformity"].search([("production_id", "=", order.id)])
        self.assertRecordValues(report, [{"quantity": 1, "quantity_held": 0, "state": "open"}])
        self.assertIn(self.releaser, release.activity_ids.user_id)
        release.with_user(self.releaser).action_recall()
        self.assertRecordValues(inspection, [{
            "quantity_urgent": 0, "quantity_used": 1, "quantity_open": 4, "quantity_held": 4}])

    def test_tracked_material_names_its_lot(self):
        """MAT-11: a tracked component comes back with the lot that was consumed."""
        lot, other = self.make_lots(self.lot_product, "R-1", "R-2")
        self.stock_up(self.lot_product, 5, lot)
        self.stock_up(self.lot_product, 5, other)
        self.bom.bom_line_ids = [Command.clear(), Command.create({"product_id": self.lot_product.id, "product_qty": 1})]
        order = self.make_order(quantity=2)
        order.move_raw_ids.move_line_ids.lot_id = lot
        self.produce(order)
        with self.assertRaisesRegex(UserError, "which lot"):
            self.slip(order, 1, self.lot_product).action_submit()
        with self.assertRaisesRegex(UserError, "at most 0"):
            self.slip(order, 1, self.lot_product, lot_id=other.id).action_submit()
        slip = self.slip(order, 1, self.lot_product, lot_id=lot.id)
        slip.action_submit()
        self.receive_slip(slip)
        self.assertEqual(self.quantity_in(self.stock, self.lot_product, lot), 4)

    def test_slip_is_written_by_its_actions(self):
        """MAT-11: a submitted slip is not changed or deleted; a storekeeper does not write it; it may be taken back."""
        order = self.make_order()
        self.produce(order)
        slip = self.slip(order, 1)
        with self.assertRaises(AccessError):
            slip.with_user(self.storekeeper).action_submit()
        with self.assertRaises(AccessError):
            slip.write({"state": "done"})
        slip.action_submit()
        with self.assertRaises(UserError):
            slip.sudo().unlink()
        with self.assertRaises(AccessError):
            slip.write({"reason": "change"})
        slip.action_cancel()
        self.assertEqual(slip.state, "cancelled")
        self.assertEqual(slip.sudo().picking_id.state, "cancel")

    def submitted(self, quantity=4, **vals):
        """A slip that the store has before it, of an order that consumed enough."""
        order = self.make_order(quantity=3)
        self.produce(order)
        slip = self.slip(order, quantity, **vals)
        slip.action_submit()
        return slip

    def receive_part(self, slip, quantity):
        """The storekeeper takes in a part; the rest is a backorder, which is returned."""
        picking = slip.sudo().picking_id
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_user(self.storekeeper)._action_done()
        return slip.sudo().line_ids.move_ids.picking_id - picking

    def test_cancelled_backorder_closes_the_slip(self):
        """MAT-11: the store took in a part and cancels the rest: the slip is closed with what came."""
        slip = self.submitted()
        rest = self.receive_part(slip, 3)
        self.assertEqual((slip.state, rest.state), ("submitted", "assigned"))
        rest.with_user(self.storekeeper).action_cancel()
        self.assertRecordValues(slip.sudo(), [{"state": "done", "received_by": self.storekeeper.id}])
        self.assertEqual(slip.sudo().line_ids.returned_quantity, 3)
        self.assertIn(self.planner, slip.sudo().activity_ids.user_id)

    def test_refused_backorder_closes_the_slip(self):
        """MAT-11: "no backorder" is as good: the slip does not wait for what nobody expects."""
        slip = self.submitted()
        picking = slip.sudo().picking_id
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_user(self.storekeeper).with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids).button_validate()
        self.assertEqual((slip.state, slip.sudo().line_ids.returned_quantity), ("done", 1))

    def test_rest_is_taken_back_by_who_asked(self):
        """MAT-11: after a part came, the operator takes back the rest: the slip is closed, the receiver stays."""
        slip = self.submitted()
        rest = self.receive_part(slip, 1)
        slip.action_cancel()
        self.assertEqual(rest.state, "cancel")
        self.assertRecordValues(slip.sudo(), [{"state": "done", "received_by": self.storekeeper.id}])
        with self.assertRaises(UserError):
            slip.action_cancel()

    def test_cancelled_transfer_cancels_the_slip(self):
        """MAT-11: the store refuses the whole transfer, or deletes it: the slip is cancelled."""
        slip = self.submitted()
        slip.sudo().picking_id.with_user(self.storekeeper).action_cancel()
        self.assertEqual(slip.state, "cancelled")
        deleted = self.submitted()
        with self.env.cr.savepoint():
            self.env.flush_all()
            self.env.cr.execute("DELETE FROM stock_picking WHERE id = %s", [deleted.sudo().picking_id.id])
            self.env.cr.execute("DELETE FROM stock_move WHERE material_return_line_id = ANY(%s)", [
                deleted.sudo().line_ids.ids])
            self.env.invalidate_all()
        deleted.action_cancel()
        self.assertEqual(deleted.state, "cancelled")

    def test_serials_of_one_slip_keep_their_moves(self):
        """MAT-11: two serial numbers of one product on a slip: each line has its move, both come back."""
        serials = self.make_serials(self.serial_product, "B-1", "B-2")
        for serial in serials:
            self.stock_up(self.serial_product, 1, serial)
        self.bom.bom_line_ids = [
            Command.clear(), Command.create({"product_id": self.serial_product.id, "product_qty": 2})]
        order = self.make_order()
        self.produce(order)
        slip = self.env["material.return"].with_user(self.operator).create({
            "production_id": order.id, "line_ids": [Command.create({
                "product_id": self.serial_product.id, "quantity": 1, "lot_id": serial.id}) for serial in serials]})
        slip.action_submit()
        self.assertEqual([len(line.move_ids) for line in slip.sudo().line_ids], [1, 1])
        self.receive_slip(slip)
        self.assertEqual(slip.state, "done")
        self.assertEqual(slip.sudo().line_ids.mapped("returned_quantity"), [1, 1])
        self.assertEqual(self.quantity_in(self.stock, self.serial_product), 2)
