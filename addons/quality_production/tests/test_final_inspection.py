from odoo.exceptions import UserError
from odoo.fields import Command

from .common import ProductionCommon


class TestFinalInspection(ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet.process_card_required = False
        cls.bom.operation_ids.unlink()
        cls.final_plan = cls.make_final_plan()

    def test_finished_goods_are_held_and_requested(self):
        """FQC-4, REC-7: finished goods land in the inspection area, with one request; nobody can take them."""
        order = self.make_order(quantity=4)
        self.produce(order)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 4)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 0)
        inspection = order.quality_inspection_ids
        self.assertRecordValues(inspection, [{
            "trigger": "final", "state": "pending", "quantity": 4, "quantity_held": 4, "plan_id": self.final_plan.id,
            "location_id": self.hold.id, "move_id": order.move_finished_ids.id, "production_id": order.id}])
        with self.assertRaisesRegex(UserError, inspection.name):
            self.make_move(self.cabinet, 1, self.hold, self.customer_location)

    def test_verdict_releases_to_where_the_order_would_have_put_them(self):
        """FQC-5: accepted goods go to the order's own destination."""
        shelf = self.env["stock.location"].create({"name": "Finished", "location_id": self.stock.id})
        order = self.make_order(quantity=2, location_dest_id=shelf.id)
        self.produce(order)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 2)
        self.conclude(order.quality_inspection_ids)
        self.assertEqual(self.quantity_in(shelf, self.cabinet), 2)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 0)

    def test_rejected_goods_stay_and_are_reported(self):
        """FQC-5, NCR-1: bad units stay held with a report from the final inspection."""
        order = self.make_order(quantity=3)
        self.produce(order)
        inspection = order.quality_inspection_ids
        self.conclude(inspection, defects=1)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 2)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 1)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])
        self.assertRecordValues(report, [{"source": "final", "quantity": 1, "production_id": order.id}])

    def test_delivery_waits_for_the_release(self):
        """FQC-5, REC-7: a delivery made to order gets its goods when the inspection releases them."""
        order = self.make_order(quantity=2, confirm=False)
        delivery = self.env["stock.move"].create({
            "product_id": self.cabinet.id, "product_uom_qty": 2, "product_uom": self.cabinet.uom_id.id,
            "location_id": self.stock.id, "location_dest_id": self.customer_location.id,
            "picking_type_id": self.warehouse.out_type_id.id, "procure_method": "make_to_order",
            "move_orig_ids": [Command.link(order.move_finished_ids.id)]})
        delivery._action_confirm(merge=False, create_proc=False)
        order.action_confirm()
        self.produce(order)
        self.assertNotIn(delivery.state, ("assigned", "partially_available"))
        self.assertEqual(delivery.quantity, 0)
        self.conclude(order.quality_inspection_ids)
        self.assertEqual((delivery.state, delivery.quantity), ("assigned", 2))

    def test_waiting_delivery_from_stock_is_served_by_the_release(self):
        """FQC-5, REC-7: a delivery that waits for the product in stock is reserved when the goods are released."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "location_id": self.stock.id,
            "location_dest_id": self.customer_location.id, "move_ids": [Command.create({
                "product_id": self.cabinet.id, "product_uom_qty": 2, "product_uom": self.cabinet.uom_id.id,
                "location_id": self.stock.id, "location_dest_id": self.customer_location.id})]})
        picking.action_confirm()
        order = self.make_order(quantity=2)
        self.produce(order)
        self.assertEqual(picking.state, "confirmed")
        self.conclude(order.quality_inspection_ids)
        self.assertEqual(picking.state, "assigned")

    def test_each_part_of_an_order_has_its_request(self):
        """FQC-4: an order and its backorder are requested apart; no move is requested twice."""
        order = self.make_order(quantity=5)
        self.produce(order, 3, mo_ids_to_backorder=order.ids)
        rest = order.production_group_id.production_ids - order
        self.produce(rest)
        self.assertEqual([order.quality_inspection_ids.quantity, rest.quality_inspection_ids.quantity], [3, 2])
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 5)

    def test_serials_of_an_order_are_one_request(self):
        """FQC-4: the serial numbers of one order are requested together and released one by one."""
        self.cabinet.tracking = "serial"
        serials = self.make_serials(self.cabinet, "C-1", "C-2", "C-3")
        order = self.make_order(quantity=3)
        order.lot_producing_ids = serials
        self.produce(order)
        inspection = order.quality_inspection_ids
        self.assertRecordValues(inspection, [{"quantity": 3, "lot_ids": serials.ids}])
        self.assertEqual(serials.mapped("quality_state"), ["held", "held", "held"])
        self.final_plan.serial_wise = True
        self.conclude(inspection, bad_units={2})
        self.assertEqual(inspection.held_lot_ids, serials[1])
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 2)

    def test_lot_of_an_order_is_on_the_request(self):
        """FQC-4: a product tracked by lot is requested with its lot."""
        self.cabinet.tracking = "lot"
        order = self.make_order(quantity=3)
        order.lot_producing_ids = self.make_serials(self.cabinet, "L-1")
        self.produce(order)
        self.assertEqual(order.quality_inspection_ids.lot_id.name, "L-1")

    def test_order_without_plan_is_untouched(self):
        """FQC-4: without a plan finished goods go straight into stock."""
        self.final_plan.active = False
        order = self.make_order(quantity=2)
        self.produce(order)
        self.assertFalse(order.quality_inspection_ids)
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 2)

    def test_orders_finished_together_are_requested_together(self):
        """FQC-4: requests of many orders are made in one go, with queries that hardly grow."""
        orders = self.env["mrp.production"].browse()
        for _index in range(4):
            orders |= self.make_order()
        for order in orders:
            order.qty_producing = 1
            order._set_qty_producing()
        orders.with_user(self.operator).button_mark_done()
        self.assertEqual(len(orders.quality_inspection_ids), 4)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 4)

    def test_three_step_warehouse_stores_after_the_release(self):
        """FQC-5: where finished goods are stored by a transfer of their own, it is made at the release."""
        self.warehouse.manufacture_steps = "pbm_sam"
        self.stock_up(self.product, 10, location=self.warehouse.pbm_loc_id)
        order = self.make_order(quantity=1, location_src_id=self.warehouse.pbm_loc_id.id)
        self.assertEqual(order.location_dest_id, self.warehouse.sam_loc_id)
        self.produce(order)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet), 1)
        self.conclude(order.quality_inspection_ids)
        self.assertEqual(self.quantity_in(self.warehouse.sam_loc_id, self.cabinet), 1)
