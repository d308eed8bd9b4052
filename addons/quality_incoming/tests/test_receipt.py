from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestReceipt(IncomingCommon):
    """Receipts turned to the inspection area, and the inspections they make."""

    def test_receipt_with_plan_lands_in_inspection_area(self):
        """REC-1, REC-2, REC-7: the goods go to the inspection area, a request waits, nothing of them is available."""
        order = self._order((self.product, 80))
        move = order.picking_ids.move_ids
        self.assertRecordValues(move, [{
            "location_dest_id": self.hold.id, "quality_release_location_id": self.stock.id}])
        self._receive(order)
        self.assertRecordValues(order.order_line.quality_inspection_ids, [{
            "state": "pending", "trigger": "incoming", "plan_id": self.plan.id, "move_id": move.id, "quantity": 80,
            "picking_id": move.picking_id.id, "submitted_by": self.env.uid}])
        self.assertEqual(
            self.env["stock.quant"]._get_available_quantity(self.product, self.warehouse.view_location_id), 0)

    def test_goods_in_inspection_are_not_bought_again(self):
        """MAT-1, REC-7: what was ordered below the minimum is expected until it lies on the shelf: while it waits for
        its inspection, and while what was found bad is not decided, too. Sent back for a credit it is bought again."""
        point = self.env["stock.warehouse.orderpoint"].create({
            "product_id": self.product.id, "location_id": self.stock.id, "warehouse_id": self.warehouse.id,
            "product_min_qty": 50, "product_max_qty": 80})
        order = self._order((self.product, 80))
        self.env.invalidate_all()
        self.assertEqual((point.qty_on_hand, point.qty_forecast, point.qty_to_order), (0, 80, 0))
        self._receive(order)
        self.env.invalidate_all()
        self.assertEqual((point.qty_on_hand, point.qty_forecast, point.qty_to_order), (0, 80, 0))
        self._inspect(order.order_line.quality_inspection_ids, defects=5)
        self.env.invalidate_all()
        point._compute_qty_to_order_computed()  # as Odoo's scheduler does before it buys
        self.assertEqual(point.qty_to_order, 0)
        report = order.order_line.quality_inspection_ids.nonconformity_ids
        self._dispose(report, {"kind": "return", "quantity": 80, "settlement": "credit"})
        self.env.invalidate_all()
        point._compute_qty_to_order_computed()
        self.assertEqual(point.qty_to_order, 80)

    def test_receipt_without_plan_is_plain_odoo(self):
        """REC-4: goods without plan go straight into stock, uninspected."""
        order = self._order((self.plain, 80))
        self._receive(order)
        self.assertEqual(order.picking_ids.move_ids.location_dest_id, self.stock)
        self.assertFalse(order.order_line.quality_inspection_ids)
        self.assertEqual(order.order_line.qty_qualified, 80)
        self.assertEqual(order.order_line.qty_to_invoice, 80)

    def test_plan_made_after_the_order_counts(self):
        """REC-4: a plan made between order and receipt turns the receipt; one that is gone turns it back."""
        order, other = self._order((self.plain, 10)), self._order((self.product, 10))
        self._plan(self.plain)
        self.plan.active = False
        self._receive(order)
        self._receive(other)
        self.assertEqual(order.picking_ids.move_ids.location_dest_id, self.hold)
        self.assertEqual(order.order_line.quality_inspection_ids.quantity, 10)
        self.assertEqual(other.picking_ids.move_ids.location_dest_id, self.stock)
        self.assertFalse(other.order_line.quality_inspection_ids)

    def test_line_pointed_past_the_area_is_turned(self):
        """REC-7: a line whose destination was pointed at the shelves lands in the inspection area all the same."""
        order = self._order((self.product, 10))
        order.picking_ids.move_line_ids.location_dest_id = self.stock
        self._receive(order)
        self.assertEqual(self._stock_of(self.product, self.hold), 10)

    def test_part_of_the_area_is_kept(self):
        """REC-1: the storekeeper may put the goods into a part of the inspection area."""
        shelf = self.env["stock.location"].create({"name": "Shelf 1", "location_id": self.hold.id})
        order = self._order((self.product, 10))
        order.picking_ids.move_line_ids.location_dest_id = shelf
        self._receive(order)
        self.assertEqual(order.order_line.quality_inspection_ids.location_id, shelf)

    def test_partial_receipts_are_inspected_apart(self):
        """REC-2: each partial receipt has its own inspection, of its own quantity, and none is made twice."""
        order = self._order((self.product, 100))
        self._receive(order, 30)
        self._receive(order)
        inspections = order.order_line.quality_inspection_ids.sorted("id")
        self.assertEqual(inspections.mapped("quantity"), [30, 70])
        self.assertEqual(len(inspections.move_id), 2)

    def test_lots_are_inspected_apart(self):
        """REC-2: one inspection request for each lot of a receipt."""
        tracked = self._product("Relay", tracking="lot")
        self._plan(tracked)
        order = self._order((tracked, 30))
        self._receive(order, lots={"L1": 10, "L2": 20})
        inspections = order.order_line.quality_inspection_ids.sorted("quantity")
        self.assertEqual(inspections.mapped("quantity"), [10, 20])
        self.assertEqual(inspections.lot_id.mapped("name"), ["L1", "L2"])

    def test_serials_are_inspected_together(self):
        """REC-2: the serial numbers of a receipt line are one inspection, which names them."""
        tracked = self._product("Breaker", tracking="serial")
        self._plan(tracked)
        order = self._order((tracked, 3))
        self._receive(order, lots={"S1": 1, "S2": 1, "S3": 1})
        inspection = order.order_line.quality_inspection_ids
        self.assertEqual(inspection.quantity, 3)
        self.assertEqual(inspection.lot_ids.mapped("name"), ["S1", "S2", "S3"])
        self.assertFalse(inspection.lot_id)

    def test_unit_of_the_order_is_converted(self):
        """REC-2, PUR-9: a receipt in dozens is inspected in the product's unit and counted back on the order."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order((self.product, 4), confirm=False)
        order.order_line.product_uom_id = dozen
        order.button_confirm()
        self._receive(order)
        inspection = order.order_line.quality_inspection_ids
        self.assertEqual(inspection.quantity, 48)
        self.assertEqual(order.order_line.qty_in_inspection, 4)
        self._inspect(inspection)
        self.assertRecordValues(order.order_line, [{"qty_received": 4, "qty_qualified": 4, "qty_to_invoice": 4}])

    def test_supplier_of_the_inspection_is_the_company(self):
        """REC-4: switching rules follow the supplier, not the address he delivers from."""
        depot = self.env["res.partner"].create({
            "name": "Depot", "parent_id": self.supplier.id, "type": "delivery"})
        order = self._order((self.product, 10), supplier=depot)
        self._receive(order)
        self.assertEqual(order.order_line.quality_inspection_ids.partner_id, self.supplier)

    def test_plan_of_another_supplier_does_not_apply(self):
        """REC-4: a plan that names suppliers applies to their goods only."""
        self.plan.partner_ids = self.env["res.partner"].create({"name": "Other Works"})
        order = self._order((self.product, 10))
        self._receive(order)
        self.assertFalse(order.order_line.quality_inspection_ids)

    def test_receipt_returned_before_the_verdict(self):
        """REC-6: returning a part shrinks the inspection, returning all cancels it, and the order follows."""
        order = self._order((self.product, 100))
        picking = self._receive(order)
        inspection = order.order_line.quality_inspection_ids
        self._return(picking, 40)
        self.assertRecordValues(inspection, [{"state": "pending", "quantity": 60}])
        self.assertRecordValues(order.order_line, [{"qty_received": 60, "qty_in_inspection": 60}])
        self._return(picking, 60)
        self.assertEqual(inspection.state, "cancelled")
        self.assertRecordValues(order.order_line, [{"qty_received": 0, "qty_in_inspection": 0, "qty_qualified": 0}])

    def test_accepted_goods_are_returned_from_stock(self):
        """REC-6, PUR-9: accepted goods that go back later are taken from stock, and off the order."""
        order = self._order((self.product, 100))
        picking = self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids)
        self._return(picking, 40)
        self.assertEqual(self._stock_of(self.product, self.stock), 60)
        self.assertRecordValues(order.order_line, [{"qty_received": 60, "qty_qualified": 60, "qty_to_invoice": 60}])

    def test_receipt_outside_of_warehouses_is_plain_odoo(self):
        """REC-7: a place outside of all warehouses has no inspection area; receiving is not blocked."""
        place = self.env["stock.location"].create({"name": "Field depot", "usage": "internal"})
        move = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 1, "company_id": self.company.id, "quantity": 1,
            "location_id": self.env.ref("stock.stock_location_suppliers").id, "location_dest_id": place.id})
        move._action_confirm()
        move.picked = True
        move._action_done()
        self.assertEqual(self._stock_of(self.product, place), 1)

    def test_order_reduced_before_the_receipt(self):
        """REC-2: less ordered after confirmation reduces the one waiting move instead of making a return."""
        order = self._order((self.product, 100))
        order.order_line.product_qty = 60
        moves = order.picking_ids.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertRecordValues(moves, [{"product_uom_qty": 60, "location_dest_id": self.hold.id}])
        order.order_line.product_qty = 75
        self.assertEqual(sum(order.picking_ids.move_ids.mapped("product_uom_qty")), 75)

    def test_chained_demand_is_served_by_the_release(self):
        """REC-6, REC-7, NCR-8: who waits for a receipt by a chain is not served by it, but by its release."""
        delivery = self._make_to_order(20)
        order = delivery.created_purchase_line_ids.order_id
        order.button_confirm()
        self._receive(order)
        self.assertRecordValues(delivery, [{"state": "waiting" if delivery.state == "waiting" else "confirmed",
                                            "quantity": 0, "procure_method": "make_to_order"}])
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertRecordValues(delivery, [{"state": "assigned", "quantity": 20}])

    def test_two_steps_go_on_from_the_release(self):
        """REC-6: in a warehouse of two steps accepted goods go to the input and are stored from there."""
        self.warehouse.reception_steps = "two_steps"
        order = self._order((self.product, 10))
        self._receive(order)
        self.assertEqual(self._stock_of(self.product, self.hold), 10)
        self.assertFalse(self.env["stock.move"].search([
            ("product_id", "=", self.product.id), ("location_id", "=", self.warehouse.wh_input_stock_loc_id.id)]))
        self._inspect(order.order_line.quality_inspection_ids)
        store = self.env["stock.move"].search([
            ("product_id", "=", self.product.id), ("location_id", "=", self.warehouse.wh_input_stock_loc_id.id)])
        self.assertRecordValues(store, [{
            "location_dest_id": self.stock.id, "product_uom_qty": 10, "state": "assigned"}])

    def test_two_steps_keep_the_chain(self):
        """REC-6, REC-7: in a warehouse of two steps the waiting demand is served when the goods are stored."""
        self.warehouse.reception_steps = "two_steps"
        delivery = self._make_to_order(20)
        order = delivery.created_purchase_line_ids.order_id
        order.button_confirm()
        self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual(delivery.quantity, 0)
        store = delivery.move_orig_ids.filtered(lambda move: move.location_dest_id == self.stock)
        store.picked = True
        store.picking_id._action_done()
        self.assertEqual(delivery.quantity, 20)

    def test_three_steps_inspect_once(self):
        """REC-6: in a warehouse of three steps the inspection takes the place of its own quality step."""
        self.warehouse.reception_steps = "three_steps"
        order = self._order((self.product, 10), (self.plain, 5))
        self._receive(order)
        self._inspect(order.order_line.quality_inspection_ids)
        self.assertEqual(self._stock_of(self.product, self.stock), 10)
        self.assertEqual(self._stock_of(self.plain, self.warehouse.wh_input_stock_loc_id), 5)

    def test_dropshipped_goods_are_left_alone(self):
        """REC-7: what a supplier sends to the customer never enters the warehouse and is not turned."""
        move = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 1, "company_id": self.company.id,
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "picking_type_id": self.warehouse.in_type_id.id})
        move._action_confirm()
        self.assertEqual(move.location_dest_id.usage, "customer")
        self.assertFalse(move._get_inspection_plans())

    def test_receipts_validated_together(self):
        """REC-2: receipts validated together make their inspections in one go, one for each line."""
        other = self._product("Nut M12")
        self._plan(other)
        orders = self._order((self.product, 10), (other, 5)) | self._order((self.product, 20), (other, 6))
        orders.picking_ids.move_ids.picked = True
        orders.picking_ids.button_validate()
        self.assertEqual(sorted(orders.order_line.quality_inspection_ids.mapped("quantity")), [5, 6, 10, 20])
        names = orders.order_line.quality_inspection_ids.mapped("name")
        self.assertEqual(len(set(names)), 4)

    def test_queries_do_not_grow_with_the_lines(self):
        """REC-2: what inspections add to a receipt is the same number of queries for 3 lines and for 12."""
        products = self.env["product.product"].concat(*(self._product(f"Part {index}") for index in range(12)))
        self.plan.product_ids = products
        self._added_queries(products[:1])  # caches warm
        few, many = self._added_queries(products[:3]), self._added_queries(products)
        self.assertLessEqual(many, few)

    def test_no_plan_costs_no_query(self):
        """REC-2: finding that no plan applies takes no query."""
        self.plan.active = False
        moves = self._order((self.plain, 10)).picking_ids.move_ids
        moves._get_inspection_plans()
        with self.assertQueryCount(0):
            self.assertFalse(moves._turn_to_inspection())

    def _added_queries(self, products):
        """Queries of making the inspections of a done receipt."""
        moves = self._order(*((product, 8) for product in products)).picking_ids.move_ids
        plans = moves._get_inspection_plans()
        moves.write({"quantity": 8, "picked": True})
        moves.picking_id.button_validate()
        moves.quality_inspection_ids.sudo()._cancel("Measured again")
        self.env.flush_all()
        begin = self.env.cr.sql_log_count
        moves._create_inspections(plans)
        self.env.flush_all()
        return self.env.cr.sql_log_count - begin

    def _return(self, picking, quantity):
        wizard = Form(self.env["stock.return.picking"].with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking")).save()
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.picked = True
        self._validate(back)

    def _make_to_order(self, quantity):
        """Delivery that buys what it ships."""
        mto = self.warehouse.mto_pull_id.route_id
        mto.active = True
        self.product.write({
            "route_ids": [Command.set((mto | self.warehouse.buy_pull_id.route_id).ids)],
            "seller_ids": [Command.create({"partner_id": self.supplier.id, "price": 10})]})
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "location_id": self.stock.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "move_ids": [Command.create({
                "product_id": self.product.id, "product_uom_qty": quantity, "procure_method": "make_to_order",
                "location_id": self.stock.id, "warehouse_id": self.warehouse.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id})]})
        picking.action_confirm()
        return picking.move_ids


@tagged("post_install", "-at_install")
class TestReceiptRights(IncomingCommon):

    def test_storekeeper_receives_inspected_goods(self):
        """REC-1, REC-2: a storekeeper without rights in quality receives; the request is made for him."""
        order = self._order((self.product, 10))
        picking = order.picking_ids.with_user(self.keeper)
        picking.delivery_note_ref = "DN-7"
        picking.move_ids.picked = True
        picking.button_validate()
        inspection = order.order_line.quality_inspection_ids
        self.assertRecordValues(inspection, [{"state": "pending", "submitted_by": self.keeper.id}])
        with self.assertRaises(UserError):
            inspection.with_user(self.keeper).action_start()
