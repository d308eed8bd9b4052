from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestQualityHold(QualityCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.lot = cls.make_lots(cls.lot_product, "L1")
        cls.move = cls.receive(cls.lot_product, 100, cls.lot)
        cls.inspection = cls.inspect(cls.move, cls.plan)
        cls.store_env = cls.env(user=cls.storekeeper)

    def deliver(self, product, quantity, source=None, lots=None, **vals):
        """An outgoing move by the storekeeper, with its lines typed in."""
        return self.make_move(product, quantity, source or self.hold, self.customer_location, lots, **vals)

    def test_held_goods_are_not_available(self):
        """REC-7: what is under inspection is on hand, but neither free nor reserved by anybody."""
        self.assertEqual(self.lot_product.qty_available, 100)
        self.assertEqual(self.lot_product.free_qty, 0)
        self.assertEqual(self.lot_product.quality_held_qty, 100)
        Quant = self.env["stock.quant"]
        shown = Quant.search([("product_id", "=", self.lot_product.id), ("location_id", "=", self.hold.id)])
        self.assertRecordValues(shown, [{"quantity": 100, "available_quantity": 0, "is_quality_held": True}])
        self.assertEqual(Quant._get_available_quantity(self.lot_product, self.hold), 0)
        self.assertEqual(Quant._get_available_quantity(self.lot_product, self.warehouse.view_location_id), 0)
        self.assertEqual(
            Quant._get_available_quantity(self.lot_product, self.hold, allow_negative=True), 100)
        move = self.env["stock.move"].create({
            "product_id": self.lot_product.id, "product_uom_qty": 10, "location_id": self.warehouse.view_location_id.id,
            "location_dest_id": self.customer_location.id})
        move._action_confirm()
        move._action_assign()
        self.assertEqual((move.state, move.quantity), ("confirmed", 0))

    def test_released_goods_are_available(self):
        """REC-6, REC-7: the verdict frees what it accepts, and a waiting delivery gets it."""
        self.conclude(self.inspection)
        self.assertEqual(self.lot_product.free_qty, 100)
        self.assertEqual(self.lot.quality_state, "released")

    def test_held_goods_cannot_be_moved_by_hand(self):
        """REC-7: typed lines, immediate transfers, scrap, relocation and edits after validation are all refused."""
        for target in (self.customer_location, self.stock, self.env.ref("stock.stock_location_suppliers")):
            with self.subTest(target=target.name), self.assertRaisesRegex(UserError, self.inspection.name):
                move = self.make_move(self.lot_product, 10, self.hold, target, self.lot)
                move._action_confirm()
                move._action_done()

    def test_storekeeper_cannot_consume_relocate_or_scrap(self):
        """REC-7: the doors of Odoo's stock that need no picking are shut as well."""
        quant = self.env["stock.quant"].search([
            ("product_id", "=", self.lot_product.id), ("location_id", "=", self.hold.id)])
        with self.assertRaises(UserError):
            quant.move_quants(location_dest_id=self.stock)
        with self.assertRaises(UserError):
            quant.with_user(self.storekeeper).with_context(inventory_mode=True).write({"inventory_quantity": 0})
            quant.with_user(self.storekeeper).action_apply_inventory()
        with self.assertRaises(UserError):
            quant.with_user(self.storekeeper).write({"quantity": 0})
        scrap = self.env["stock.scrap"].create({
            "product_id": self.lot_product.id, "scrap_qty": 5, "lot_id": self.lot.id, "location_id": self.hold.id})
        with self.assertRaises(UserError):
            scrap.do_scrap()

    def test_line_of_a_draft_is_refused(self):
        """REC-7: held goods cannot even be typed into a transfer."""
        with self.assertRaisesRegex(UserError, self.inspection.name):
            self.deliver(self.lot_product, 5, lots=self.lot)

    def test_change_of_the_source_is_refused(self):
        """REC-7: a line that took free goods cannot be turned to the inspection area afterwards."""
        free = self.make_lots(self.lot_product, "FREE")
        self.env["stock.quant"]._update_available_quantity(self.lot_product, self.stock, 10, lot_id=free)
        move = self.make_move(self.lot_product, 5, self.stock, self.customer_location, free)
        move._action_confirm()
        with self.assertRaises(UserError):
            move.move_line_ids.write({"location_id": self.hold.id, "lot_id": self.lot.id})
        move._action_done()
        with self.assertRaises(UserError):
            move.move_line_ids.write({"location_id": self.hold.id, "lot_id": self.lot.id})

    def test_disposition_is_not_given_by_a_call(self):
        """REC-7: the field that lets goods out cannot be written by users, nor handed in by a context."""
        stock_env = self.store_env["stock.move"]
        vals = {"product_id": self.lot_product.id, "product_uom_qty": 1, "location_id": self.hold.id,
                "location_dest_id": self.customer_location.id}
        with self.assertRaises(AccessError):
            stock_env.create({**vals, "quality_disposition_id": 1})
        with self.assertRaises(AccessError):
            stock_env.create(vals).write({"quality_disposition_id": 1})
        tranche = self.env["quality.disposition"].sudo().create({
            "inspection_id": self.inspection.id, "kind": "accept", "quantity": 1})
        move = self.env["stock.move"].with_context(default_quality_disposition_id=tranche.id).create(vals)
        self.assertFalse(move.quality_disposition_id)

    def test_forged_context_releases_nothing(self):
        """REC-7: no value of a context that a call can carry makes held goods available."""
        for value in (True, "include", 1, object):
            Quant = self.env["stock.quant"].with_context(quality_hold=value)
            self.assertEqual(Quant._get_available_quantity(self.lot_product, self.hold), 0)

    def test_other_lot_of_the_product_is_free(self):
        """REC-7: goods of a lot that nobody inspects pass through the inspection area as in plain Odoo."""
        free = self.make_lots(self.lot_product, "L2")
        self.receive(self.lot_product, 7, free)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.lot_product, self.hold), 7)
        move = self.make_move(self.lot_product, 7, self.hold, self.stock, free)
        move._action_confirm()
        move._action_done()
        self.assertEqual(self.quantity_in(self.stock, self.lot_product, free), 7)

    def test_goods_without_lot_are_held_together(self):
        """REC-7: pieces that cannot be told apart are held as long as some of them are under inspection."""
        self.receive(self.product, 50)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.product, self.hold), 50)
        inspection = self.inspect(self.receive(self.product, 100), self.plan)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.product, self.hold), 0)
        self.conclude(inspection)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.product, self.hold), 50)

    def test_reservation_made_before_is_given_back(self):
        """REC-7: what had reserved goods before their inspection was made gives them back."""
        self.receive(self.product, 20)
        move = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 20, "location_id": self.hold.id,
            "location_dest_id": self.stock.id})
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.state, "assigned")
        self.inspect(self.receive(self.product, 5), self.plan)
        self.assertEqual((move.state, move.quantity), ("confirmed", 0))

    def test_goods_move_within_the_inspection_area(self):
        """REC-7: shelves of the inspection area may be changed; the goods stay held."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.hold.id})
        move = self.make_move(self.lot_product, 100, self.hold, shelf, self.lot)
        move._action_confirm()
        move._action_done()
        self.assertEqual(self.quantity_in(shelf, self.lot_product), 100)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.lot_product, shelf), 0)
        self.conclude(self.inspection)
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 100)

    def test_inspection_area_of_another_warehouse_is_no_way_out(self):
        """REC-7: held goods do not change the warehouse unreleased."""
        other = self.env["stock.warehouse"].create({"name": "Second", "code": "WH2"})
        self.assertTrue(other.wh_qc_stock_loc_id.active and other.wh_qc_stock_loc_id.is_quality_hold)
        with self.assertRaises(UserError):
            self.make_move(self.lot_product, 5, self.hold, other.wh_qc_stock_loc_id, self.lot)._action_done()

    def test_location_with_held_goods_stays_a_hold(self):
        """REC-7: the mark cannot be taken off, and a shelf cannot be hung elsewhere, while goods are held there."""
        with self.assertRaises(UserError):
            self.hold.is_quality_hold = False
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.hold.id})
        self.make_move(self.lot_product, 5, self.hold, shelf, self.lot)._action_done()
        with self.assertRaises(UserError):
            shelf.location_id = self.stock

    def test_taking_more_than_there_is_elsewhere(self):
        """REC-7: a negative balance elsewhere is no way to take goods that are held."""
        with self.assertRaisesRegex(UserError, "not released"):
            self.deliver(self.lot_product, 5, source=self.stock, lots=self.lot)._action_done()
        with self.assertRaisesRegex(UserError, "not released"):
            self.inspect(self.receive(self.product, 5), self.plan)
            self.deliver(self.product, 5, source=self.stock)._action_done()

    def test_plain_negative_stock_still_works(self):
        """REC-7: a product of which nothing is held may be taken below zero, as in plain Odoo."""
        self.deliver(self.product, 5, source=self.stock)._action_done()
        self.assertEqual(self.quantity_in(self.stock, self.product), -5)

    def test_held_lot_cannot_be_counted_in_elsewhere(self):
        """REC-7: a count does not make a held lot appear in the stock; the head of quality may correct the books."""
        vals = {"product_id": self.lot_product.id, "location_id": self.stock.id, "lot_id": self.lot.id,
                "inventory_quantity": 10}
        with self.assertRaises(UserError):
            self.store_env["stock.quant"].with_context(inventory_mode=True).create(vals).action_apply_inventory()

    def test_head_of_quality_counts_out(self):
        """REC-7: the head of quality may correct a count in the inspection area; the inspection shrinks and says so."""
        self.head.group_ids += self.env.ref("stock.group_stock_manager")
        quant = self.env["stock.quant"].search([
            ("product_id", "=", self.lot_product.id), ("location_id", "=", self.hold.id)]).with_user(self.head)
        quant.with_context(inventory_mode=True).inventory_quantity = 98
        quant.action_apply_inventory()
        self.assertRecordValues(self.inspection, [{"quantity": 98, "quantity_open": 98, "quantity_held": 98}])
        self.assertIn("counted out", self.inspection.message_ids[0].body)

    def test_rejected_goods_are_not_counted_out(self):
        """REC-7, NCR-4: what is missing of rejected goods is decided in their report; a count would leave it open."""
        self.head.group_ids += self.env.ref("stock.group_stock_manager")
        self.conclude(self.inspection, defects=9)
        quant = self.env["stock.quant"].search([
            ("product_id", "=", self.lot_product.id), ("location_id", "=", self.hold.id)]).with_user(self.head)
        quant.with_context(inventory_mode=True).inventory_quantity = 98
        with self.assertRaises(UserError):
            quant.action_apply_inventory()

    def return_goods(self, quantity, move=None):
        move = move or self.move
        back = self.make_move(move.product_id, quantity, self.hold, self.supplier_location,
                              move.move_line_ids.lot_id, origin_returned_move_id=move.id)
        back._action_confirm(merge=False)
        back._action_done()

    def test_receipt_returned_meanwhile(self):
        """REC-7, REC-6: a part that goes back to its supplier before the verdict leaves the lot; all of it cancels."""
        self.return_goods(30)
        self.assertRecordValues(self.inspection, [{"quantity": 70, "quantity_open": 70, "state": "pending"}])
        self.assertIn("went back", self.inspection.message_ids[0].body)
        with self.assertRaises(UserError):
            self.return_goods(71)
        self.return_goods(70)
        self.assertRecordValues(self.inspection, [{"state": "cancelled", "quantity_open": 0, "quantity_held": 0}])

    def test_serials_returned_meanwhile(self):
        """REC-7, REC-6: serial numbers that go back before the verdict leave their inspection together, said once."""
        serials = self.make_lots(self.serial_product, "R1", "R2", "R3")
        receipt = self.receive(self.serial_product, 3, serials)
        inspection = self.inspect(receipt, self.plan)
        before = len(inspection.message_ids)
        back = self.make_move(self.serial_product, 2, self.hold, self.supplier_location, serials[:2],
                              origin_returned_move_id=receipt.id)
        back._action_done()
        self.assertRecordValues(inspection, [{"quantity": 1, "quantity_held": 1}])
        self.assertEqual(inspection.held_lot_ids, serials[2])
        self.assertEqual(len(inspection.message_ids), before + 1)
        self.assertIn("2 Units went back", inspection.message_ids[0].body)
        with self.assertRaises(UserError):
            self.make_move(self.serial_product, 1, self.hold, self.supplier_location, serials[0],
                           origin_returned_move_id=receipt.id)._action_done()

    def test_return_of_another_receipt_is_refused(self):
        """REC-7: "back to the supplier" lets out only goods of the very receipt under inspection."""
        other = self.receive(self.lot_product, 5, self.make_lots(self.lot_product, "L9"))
        with self.assertRaises(UserError):
            back = self.make_move(self.lot_product, 5, self.hold, self.supplier_location, self.lot,
                                  origin_returned_move_id=other.id)
            back._action_done()
        with self.assertRaises(UserError):
            self.make_move(self.lot_product, 5, self.hold, self.customer_location, self.lot,
                           origin_returned_move_id=self.move.id)._action_done()

    def test_rejected_goods_are_not_simply_returned(self):
        """REC-7, NCR-4: after the verdict goods go back by their disposition only."""
        self.conclude(self.inspection, defects=9)
        with self.assertRaises(UserError):
            self.return_goods(5)

    def test_corrected_receipt_moves_the_lot(self):
        """REC-1, REC-7: a receipt that is corrected after validation corrects the lot under inspection."""
        self.move.move_line_ids.quantity = 95
        self.assertRecordValues(self.inspection, [{"quantity": 95, "quantity_held": 95}])
        self.move.move_line_ids.quantity = 99
        self.assertRecordValues(self.inspection, [{"quantity": 99, "quantity_held": 99}])
        other = self.make_lots(self.lot_product, "SWAP")
        for vals in ({"location_dest_id": self.stock.id}, {"lot_id": other.id}):
            with self.assertRaises(UserError):
                self.move.move_line_ids.write(vals)
        self.conclude(self.inspection)
        with self.assertRaises(UserError):
            self.move.move_line_ids.quantity = 50

    def test_more_than_the_sample_was_drawn_from_is_inspected_on_its_own(self):
        """REC-4, REC-7: a sample of 60 pieces says nothing of the 940 that the corrected receipt brings besides; taken
        off again, they are taken off their own inspection."""
        move = self.receive(self.product, 60)
        inspection = self.inspect(move, self.make_plan())
        inspection.with_user(self.inspector).action_start()
        self.assertEqual(inspection.sample_ids.sample_size, 13)
        move.move_line_ids.quantity = 1000
        self.assertEqual(inspection.quantity, 60)
        further = inspection.split_ids
        self.assertRecordValues(further, [{"quantity": 940, "state": "pending", "quantity_held": 940}])
        move.move_line_ids.quantity = 1010
        self.assertEqual((inspection.quantity, further.quantity), (60, 950))
        move.move_line_ids.quantity = 60
        self.assertEqual((inspection.state, further.state), ("in_progress", "cancelled"))
        self.assertEqual(inspection.quantity, 60)

    def test_done_line_added_to_a_transfer(self):
        """REC-7: a line added to a transfer that is done already takes no held goods either."""
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "location_id": self.stock.id,
            "location_dest_id": self.customer_location.id})
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 1)
        self.make_move(self.product, 1, self.stock, self.customer_location, picking_id=picking.id)._action_done()
        self.assertEqual(picking.state, "done")
        with self.assertRaises(UserError):
            self.env["stock.move.line"].create({
                "picking_id": picking.id, "product_id": self.lot_product.id, "lot_id": self.lot.id, "quantity": 3,
                "product_uom_id": self.unit.id, "location_id": self.hold.id,
                "location_dest_id": self.customer_location.id})

    def test_cancelled_inspection_frees_the_goods(self):
        """REC-7: the head of quality may cancel an inspection; its goods are plain stock again."""
        with self.assertRaises(UserError):
            self.inspection.with_user(self.inspector).action_cancel()
        self.inspection.with_user(self.head).action_cancel()
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.lot_product, self.hold), 100)
        self.assertRecordValues(self.inspection, [{
            "quantity_qualified": 0, "quantity_open": 0, "quantity_unjudged": 100}])

    def test_cancelled_inspection_is_made_up_for(self):
        """REC-6, REC-7: inspected again, the goods are held where they still stand, once; drafts leave nothing open."""
        mine = self.inspection.with_user(self.inspector)
        with self.assertRaisesRegex(UserError, "this needs .Cancelled"):
            mine.action_inspect_again()
        self.inspection.with_user(self.head).action_cancel()
        again = self.env["quality.inspection"].browse(mine.action_inspect_again()["res_id"])
        self.assertRecordValues(again, [{
            "state": "pending", "quantity": 100, "quantity_held": 100, "lot_id": self.lot.id,
            "plan_id": self.inspection.plan_id.id, "move_id": self.inspection.move_id.id,
            "location_id": self.hold.id}])
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.lot_product, self.hold), 0)
        with self.assertRaisesRegex(UserError, "nothing of it"):
            mine.action_inspect_again()
        again.with_user(self.head).action_cancel()
        self.make_move(self.lot_product, 1, self.hold, self.stock, self.lot)._action_done()
        elsewhere = again.browse(again.with_user(self.inspector).action_inspect_again()["res_id"])
        self.assertRecordValues(elsewhere, [{"quantity": 100, "quantity_held": 0, "location_id": False}])
        draft = self.env["quality.inspection"].create({"product_id": self.product.id, "quantity": 5})
        draft.with_user(self.head).action_cancel()
        self.assertEqual(draft.quantity_unjudged, 0)

    def test_receipt_steps_keep_the_area(self):
        """REC-1: changing the receipt steps of a warehouse leaves its inspection area active and holding."""
        for steps in ("three_steps", "one_step"):
            self.warehouse.reception_steps = steps
            self.assertTrue(self.hold.active and self.hold.is_quality_hold)

    def test_operation_types_are_named_in_each_language(self):
        """REC-1: a warehouse made in Chinese has no Chinese names for the others; what somebody renamed stays."""
        self.env["res.lang"]._activate_lang("zh_CN")
        warehouse = self.env["stock.warehouse"].with_context(lang="zh_CN").create({"name": "二厂", "code": "EC"})
        for code, names in (("en_US", ("Receipts", "Delivery Orders", "Pack", "Quality Control", "Storage")),
                            ("zh_CN", ("收货", "交货单", "包装", "质检", "上架"))):
            kinds = warehouse.with_context(lang=code, active_test=False)
            self.assertEqual((kinds.in_type_id.name, kinds.out_type_id.name, kinds.pack_type_id.name,
                              kinds.qc_type_id.name, kinds.store_type_id.name), names)
        warehouse.in_type_id.with_context(lang="zh_CN").name = "来料"
        warehouse._name_operation_types()
        self.assertEqual(warehouse.in_type_id.with_context(lang="zh_CN").name, "来料")

    def test_warehouse_goes_to_the_archive_and_back(self):
        """REC-1: with its warehouse the area is archived; when that comes back, the first goods bring the area back."""
        warehouse = self.env["stock.warehouse"].create({"name": "Attic", "code": "ATT"})
        area = warehouse.wh_qc_stock_loc_id
        self.assertTrue(area.active)
        warehouse.action_archive()
        self.assertFalse(area.active)
        warehouse.action_unarchive()
        self.assertRecordValues(area, [{"active": False, "is_quality_hold": True}])
        self.assertEqual(warehouse.with_user(self.storekeeper)._get_inspection_area(), area)
        self.assertTrue(area.active)

    def test_held_product_stays_what_it_is(self):
        """REC-7: a product that is held does not become consumable or untracked, from template or variant."""
        for vals in ({"is_storable": False}, {"type": "service"}, {"tracking": "none"}):
            for record in (self.lot_product, self.lot_product.product_tmpl_id):
                with self.subTest(vals=vals, record=record), self.assertRaises(UserError):
                    record.write(vals)
        self.conclude(self.inspection)
        self.lot_product.write({"name": "Resin 2", "tracking": "lot"})

    def test_no_query_outside_of_the_inspection_area(self):
        """REC-7: availability in plain locations asks the database nothing more than Odoo does."""
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 10)
        Quant = self.env["stock.quant"]
        Quant._get_available_quantity(self.product, self.stock)
        self.env.flush_all()
        with self.assertQueryCount(1):
            Quant._get_available_quantity(self.product, self.stock)

    def test_serial_under_inspection_in_an_mto_chain(self):
        """REC-7: a chained transfer waits for the verdict, and gets its goods by it."""
        chain = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 10, "location_id": self.hold.id,
            "location_dest_id": self.stock.id, "procure_method": "make_to_order"})
        receipt = self.receive(self.product, 10, move_dest_ids=[Command.link(chain.id)])
        chain._action_confirm()
        inspection = self.inspect(receipt, self.plan)
        chain._action_assign()
        self.assertFalse(chain.quantity)
        self.conclude(inspection)
        self.assertEqual(inspection.quantity_accepted, 10)
