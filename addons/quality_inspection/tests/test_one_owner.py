from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestOneOwner(QualityCommon):
    """A unit has one document that answers for it at any time."""

    def report(self, product, quantity, location, lots=None):
        record = self.env["quality.nonconformity"].with_user(self.inspector).create({
            "product_id": product.id, "quantity": quantity, "location_id": location.id, "description": "Cracked",
            "lot_ids": [Command.set(lots.ids if lots else [])]})
        record.action_open()
        return record

    def request(self, product, quantity, lots=None):
        serial = product.tracking == "serial"
        return self.env["quality.inspection"].with_user(self.inspector).create({
            "product_id": product.id, "quantity": quantity, "location_id": self.hold.id,
            "lot_id": lots.id if lots and not serial else False,
            "lot_ids": [Command.set(lots.ids)] if serial else False})

    def test_goods_under_inspection_are_not_isolated(self):
        """NCR-1, REC-7: a report cannot take goods that an inspection holds; it says which inspection to use."""
        lot = self.make_lots(self.lot_product, "L1")
        serials = self.make_lots(self.serial_product, "S1", "S2")
        for product, quantity, lots in (
                (self.product, 5, None), (self.lot_product, 5, lot), (self.serial_product, 2, serials)):
            inspection = self.inspect(self.receive(product, quantity, lots))
            record = self.report(product, 1 if product == self.serial_product else 2, self.hold, lots and lots[:1])
            with self.subTest(product=product.name), self.assertRaisesRegex(UserError, inspection.name):
                record.action_isolate()
            self.assertEqual(inspection.quantity_held, quantity)

    def test_rejected_goods_are_not_isolated_again(self):
        """NCR-1: goods under the report of their inspection, or isolated by another report, stay with it."""
        lot = self.make_lots(self.lot_product, "L1")
        inspection = self.conclude(self.inspect(self.receive(self.lot_product, 5, lot), self.make_plan()), defects=5)
        record = self.report(self.lot_product, 5, self.hold, lot)
        with self.assertRaisesRegex(UserError, inspection.name):
            record.action_isolate()
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 5)
        first = self.report(self.product, 5, self.stock)
        first.action_isolate()
        with self.assertRaisesRegex(UserError, first.name):
            self.report(self.product, 2, self.hold).action_isolate()

    def test_free_goods_beside_held_ones_are_isolated(self):
        """NCR-1: a lot that merely passes through the inspection area can be isolated there."""
        held, free = self.make_lots(self.lot_product, "L1", "L2")
        self.inspect(self.receive(self.lot_product, 5, held))
        self.receive(self.lot_product, 4, free)
        record = self.report(self.lot_product, 4, self.hold, free)
        record.action_isolate()
        self.assertRecordValues(record, [{"quantity_held": 4, "held_lot_ids": free.ids}])

    def test_urgently_released_goods_are_recalled_not_isolated(self):
        """NCR-1, REC-8: goods that are out before their verdict belong to their inspection; once settled they are free.

        After the verdict they can be isolated as any other goods.
        """
        lot = self.make_lots(self.lot_product, "L1")
        inspection = self.inspect(self.receive(self.lot_product, 10, lot), self.make_plan())
        inspection.with_user(self.inspector).action_request_urgent_release("hurry", 4)
        inspection.urgent_release_ids.with_user(self.releaser).action_approve()
        record = self.report(self.lot_product, 2, self.stock, lot)
        with self.assertRaisesRegex(UserError, f"{inspection.name}.*recalled"):
            record.action_isolate()
        self.conclude(inspection)
        record.action_isolate()
        self.assertEqual(record.quantity_held, 2)

    def test_request_by_hand_does_not_take_held_goods(self):
        """REC-2: a request by hand holds only what stands there without a document, lot by lot."""
        lot, other = self.make_lots(self.lot_product, "L1", "L2")
        serials = self.make_lots(self.serial_product, "S1", "S2")
        for product, quantity, lots in (
                (self.product, 5, None), (self.lot_product, 5, lot), (self.serial_product, 2, serials)):
            inspection = self.inspect(self.receive(product, quantity, lots))
            request = self.request(product, quantity, lots)
            with self.subTest(product=product.name), self.assertRaisesRegex(UserError, inspection.name):
                request.action_submit()
        self.receive(self.lot_product, 3, other)
        request = self.request(self.lot_product, 4, other)
        with self.assertRaisesRegex(UserError, "stand 3 "):
            request.action_submit()
        request.quantity = 3
        request.action_submit()
        self.assertEqual(request.quantity_held, 3)

    def test_bad_serial_that_went_back_does_not_count(self):
        """REC-3: the bad unit was returned before the verdict; those that are left are all accepted.

        The results of the others stay with their serial numbers.
        """
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3", "S4")
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.serial_product, 4, serials), plan)
        mine = self.start(inspection)
        self.fill(mine, bad_units={1, 3})
        self.give_back(inspection, serials[0])
        self.assertRecordValues(inspection.sample_ids, [{"sample_size": 3, "lot_size": 3, "nonconforming": 1}])
        results = {one.lot_id: (one.unit_no, one.ok) for one in inspection.line_ids.measurement_ids}
        self.assertEqual(results, {serials[1]: (1, "ok"), serials[2]: (2, "ng"), serials[3]: (3, "ok")})
        mine.action_conclude()
        self.assertRecordValues(inspection, [{"quantity": 3, "quantity_accepted": 2, "quantity_rejected": 1}])
        self.assertEqual(inspection.held_lot_ids, serials[2])

    def test_bad_serial_of_a_sample_that_went_back(self):
        """REC-3, REC-4: a drawn sample still judges the lot, but a bad unit that went back is not taken out of it."""
        serials = self.make_lots(self.serial_product, *(f"S{number:03}" for number in range(1, 81)))
        inspection = self.inspect(self.receive(self.serial_product, 80, serials), self.make_plan(sampling=[
            {"defect_class": "major", "method": "fixed", "fixed_size": 3, "acceptance": 1}]))
        mine = self.start(inspection)
        data = mine.get_entry_data()
        data = mine.save_results({"revision": data["revision"], "samples": [], "lines": [{
            "id": data["lines"][0]["id"], "measurements": [
                {"unit_no": number, "ok": number > 1, "lot_id": serials[number].id} for number in (1, 2, 3)]}]})
        self.assertEqual(data["preview"]["accepted"], 79)
        self.give_back(inspection, serials[1])
        mine.action_conclude()
        self.assertRecordValues(inspection, [{"quantity_accepted": 79, "quantity_rejected": 0}])

    def test_counted_bad_units_are_asked_for_again(self):
        """REC-3: of goods without serial numbers nobody knows whether the bad ones went: the count is asked again.

        A count of none stays, for there was none among those that went.
        """
        plan = self.make_plan(
            characteristics=[{"name": "Surface", "kind": "check"}, {"name": "Marking", "kind": "check"}],
            sampling=[{"defect_class": "major", "method": "whole"}])
        inspection = self.inspect(self.receive(self.product, 10), plan)
        mine = self.start(inspection)
        data = mine.get_entry_data()
        surface, marking = data["lines"]
        mine.save_results({"revision": data["revision"], "samples": [], "lines": [
            {"id": surface["id"], "defect_count": 3}, {"id": marking["id"], "defect_count": 0}]})
        self.give_back(inspection, quantity=3)
        with self.assertRaisesRegex(UserError, "missing: Surface$"):
            mine.action_conclude()
        mine.save_results({"revision": mine.revision, "samples": [], "lines": [
            {"id": surface["id"], "defect_count": 0}]})
        mine.action_conclude()
        self.assertRecordValues(inspection, [{"quantity": 7, "quantity_accepted": 7, "quantity_open": 0}])

    def test_goods_that_came_in_addition_are_inspected_too(self):
        """REC-3: the receipt was corrected upwards while its lot is inspected whole: new units lack results."""
        plan = self.make_plan(sampling=[{"defect_class": "major", "method": "whole"}])
        move = self.receive(self.product, 10)
        inspection = self.inspect(move, plan)
        mine = self.start(inspection)
        self.fill(mine)
        move.move_line_ids.quantity = 12
        self.assertRecordValues(inspection.sample_ids, [{"sample_size": 12}])
        with self.assertRaisesRegex(UserError, "missing: Surface"):
            mine.action_conclude()

    def test_merged_goods_stay_held(self):
        """REC-2, REC-7: nobody can reserve goods while their inspections are merged."""
        serials = self.make_lots(self.serial_product, "S1", "S2")
        inspection = self.inspect(self.receive(self.serial_product, 2, serials), self.make_plan())
        inspection.with_user(self.inspector).action_split(1, serials[1:].ids)
        both = inspection | self.env["quality.inspection"].search([("split_from_id", "=", inspection.id)])
        demand = self.env["stock.move"].create({
            "product_id": self.serial_product.id, "product_uom": self.unit.id, "product_uom_qty": 1,
            "location_id": self.hold.id, "location_dest_id": self.customer_location.id,
            "move_orig_ids": [Command.link(inspection.move_id.id)]})
        demand._action_confirm(merge=False)
        both.with_user(self.inspector).action_merge()
        self.assertFalse(demand.move_line_ids)
        self.assertEqual(inspection.held_lot_ids, serials)

    def give_back(self, inspection, lots=None, quantity=None):
        """The storekeeper returns goods of the receipt before the verdict."""
        self.make_move(
            inspection.product_id, quantity or len(lots), self.hold, self.supplier_location, lots,
            origin_returned_move_id=inspection.move_id.id)._action_done()

@tagged("post_install", "-at_install")
class TestReceiptFollowed(QualityCommon):
    """What the random walks found: receipts that are corrected, goods that are out already."""

    def test_serial_that_did_not_come_is_taken_out(self):
        """REC-2, REC-7: a receipt corrected by a serial number holds the others only; if it came after all, it too."""
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3")
        move = self.receive(self.serial_product, 3, serials)
        inspection = self.inspect(move)
        line = move.move_line_ids.filtered(lambda one: one.lot_id == serials[0])
        line.quantity = 0
        self.assertRecordValues(inspection, [{
            "quantity": 2, "lot_ids": serials[1:].ids, "held_lot_ids": serials[1:].ids}])
        line.quantity = 1
        self.assertRecordValues(inspection, [{"quantity": 3, "lot_ids": serials.ids, "held_lot_ids": serials.ids}])
        with self.assertRaisesRegex(UserError, "one unit"):
            line.quantity = 2

    def test_goods_that_come_after_a_cancelled_inspection(self):
        """REC-2: a receipt corrected to nothing cancels its inspection; what is entered after all is inspected anew."""
        lot = self.make_lots(self.lot_product, "L1")
        for product, lots in ((self.product, None), (self.lot_product, lot)):
            move = self.receive(product, 5, lots)
            inspection = self.inspect(move)
            move.move_line_ids.quantity = 0
            self.assertEqual(inspection.state, "cancelled")
            move.move_line_ids.quantity = 4
            again = move.quality_inspection_ids - inspection
            with self.subTest(product=product.name):
                self.assertRecordValues(again, [{
                    "state": "pending", "quantity_held": 4, "lot_id": lots.id if lots else False}])

    def test_line_added_to_a_receipt_is_inspected(self):
        """REC-2, REC-7: a serial number added to a done receipt goes to its inspection; none after the verdict."""
        serials = self.make_lots(self.serial_product, "S1", "S2", "S3")
        move = self.receive(self.serial_product, 1, serials[:1])
        inspection = self.inspect(move, self.make_plan())

        def add(lot):
            move.move_line_ids = [Command.create({
                "product_id": self.serial_product.id, "product_uom_id": self.unit.id, "quantity": 1, "lot_id": lot.id,
                "location_id": self.supplier_location.id, "location_dest_id": self.hold.id,
                "picking_id": move.picking_id.id})]

        add(serials[1])
        self.assertRecordValues(inspection, [{"quantity": 2, "held_lot_ids": serials[:2].ids}])
        self.conclude(inspection)
        with self.assertRaisesRegex(UserError, inspection.name):
            add(serials[2])

    def test_receipt_of_a_lot_that_is_out_is_corrected(self):
        """REC-2, REC-8: a correction finds the inspection of its lot, also when all of the lot is urgently released."""
        lot = self.make_lots(self.lot_product, "L1")
        move = self.receive(self.lot_product, 5, lot)
        inspection = self.inspect(move)
        self.release(inspection, 5)
        move.move_line_ids.quantity = 7
        self.assertRecordValues(inspection, [{"quantity": 7, "quantity_urgent": 5, "quantity_held": 2}])

    def test_goods_that_are_out_do_not_go_back_from_the_area(self):
        """REC-8: what left by urgent release is not returned from the area, also if nothing is held there."""
        lot = self.make_lots(self.lot_product, "L1")
        inspection = self.inspect(self.receive(self.lot_product, 5, lot))
        self.release(inspection, 5)
        with self.assertRaisesRegex(UserError, "recalled first"):
            self.make_move(self.lot_product, 5, self.hold, self.supplier_location, lot,
                           origin_returned_move_id=inspection.move_id.id)._action_done()

    def release(self, inspection, quantity):
        inspection.with_user(self.inspector).action_request_urgent_release("hurry", quantity)
        inspection.urgent_release_ids.with_user(self.releaser).action_approve()
