from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestMoves(IncomingCommon):
    """The moves that quality makes carry what Odoo's own carry: packages, putaway, owners, further steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("stock.group_tracking_lot") | cls.env.ref("stock.group_tracking_owner")
        cls.shelf = cls.env["stock.location"].create({"name": "Shelf B", "location_id": cls.stock.id})
        cls.pallet = cls.env["stock.package"].create({"name": "PAL-1"})
        cls.owner = cls.env["res.partner"].create({"name": "Consignor"})

    def _putaway(self, product, shelf=None, location=None):
        self.env["stock.putaway.rule"].create({
            "product_id": product.id, "location_in_id": (location or self.stock).id,
            "location_out_id": (shelf or self.shelf).id})

    def _receipt(self, *lines, **values):
        """A receipt of an order that is ready to be validated; its lines stand on the pallet."""
        picking = self._order(*lines).picking_ids
        picking.delivery_note_ref = "DN-P"
        picking.write(values)
        picking.move_ids.picked = True
        return picking

    def _on_pallet(self, picking, moves=None):
        (moves or picking.move_ids).move_line_ids.result_package_id = self.pallet
        self._validate(picking)
        return picking.quality_inspection_ids

    def _quants(self, product):
        return self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "child_of", self.warehouse.view_location_id.id),
            ("quantity", ">", 0)])

    def _report(self, inspection):
        return self.env["quality.nonconformity"].search([("inspection_id", "=", inspection.id)])

    def test_released_goods_obey_putaway(self):
        """REC-6: accepted goods go to the shelf that putaway rules name, as a receipt without inspection would."""
        self._putaway(self.product)
        self._inspect(self._receive(self._order((self.product, 80))).quality_inspection_ids)
        self.assertRecordValues(self._quants(self.product), [{"location_id": self.shelf.id, "quantity": 80}])

    def test_released_pallet_stays_whole(self):
        """REC-6: a pallet that is accepted as a whole comes out as a pallet."""
        inspection = self._on_pallet(self._receipt((self.product, 80)))
        self.assertRecordValues(self._quants(self.product), [
            {"location_id": self.hold.id, "package_id": self.pallet.id}])
        self._putaway(self.product)
        self._inspect(inspection)
        self.assertRecordValues(self._quants(self.product), [
            {"location_id": self.shelf.id, "package_id": self.pallet.id, "quantity": 80}])
        self.assertEqual(self.pallet.location_id, self.shelf)

    def test_part_of_a_pallet_is_released(self):
        """REC-6: what is accepted of a pallet leaves it; the rest stays on it, held."""
        plan = self.plan
        plan.sampling_ids.method = "whole"
        inspection = self._on_pallet(self._receipt((self.product, 10)))
        self._inspect(inspection, defects=2)
        self.assertRecordValues(self._quants(self.product).sorted("quantity"), [
            {"location_id": self.hold.id, "package_id": self.pallet.id, "quantity": 2},
            {"location_id": self.stock.id, "package_id": False, "quantity": 8}])

    def test_returned_pallet_stays_whole(self):
        """REC-6, NCR-4: a pallet that goes back to the supplier goes as it came."""
        inspection = self._inspect(self._on_pallet(self._receipt((self.product, 80))), defects=9)
        row = self._dispose(self._report(inspection), {"kind": "return", "quantity": 80, "settlement": "credit"})
        self.assertRecordValues(row.picking_id.move_line_ids, [
            {"package_id": self.pallet.id, "result_package_id": self.pallet.id}])

    def test_pallet_with_plain_goods(self):
        """REC-1, REC-2, REC-7: a pallet with an inspected and a plain product is received; the former leaves it."""
        for steps in "one_step", "two_steps", "three_steps":
            with self.subTest(steps=steps):
                self.warehouse.reception_steps = steps
                self.pallet = self.env["stock.package"].create({"name": f"PAL-{steps}"})
                picking = self._receipt((self.product, 80), (self.plain, 5))
                inspection = self._on_pallet(picking)
                self.assertRecordValues(inspection, [{"quantity_held": 80, "product_id": self.product.id}])
                self.assertEqual(self._quants(self.product).filtered(
                    lambda quant: quant.location_id == self.hold).package_id, self.pallet.browse())
                self.assertEqual(self.pallet.quant_ids.product_id, self.plain)
                self.assertIn("taken off", picking.message_ids[0].body + picking.message_ids[1].body)
                self._inspect(inspection)
                self.assertEqual(inspection.quantity_accepted, 80)

    def test_pallet_that_stands_in_stock(self):
        """REC-1: inspected goods are not put onto a pallet that stands in the stock already."""
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, 3, package_id=self.pallet)
        inspection = self._on_pallet(self._receipt((self.product, 80)))
        self.assertEqual(inspection.quantity_held, 80)
        self.assertEqual(self.pallet.quant_ids.product_id, self.plain)

    def test_consigned_goods_keep_their_owner(self):
        """REC-6, NCR-4: goods of a consignor are his after release, return and scrap."""
        self.plan.sampling_ids.method = "whole"
        picking = self._receipt((self.product, 10), owner_id=self.owner.id)
        self._on_pallet(picking)
        inspection = self._inspect(picking.quality_inspection_ids, defects=4)
        rows = self._dispose(
            self._report(inspection), {"kind": "return", "quantity": 3, "settlement": "credit"},
            {"kind": "scrap", "quantity": 1})
        self.assertEqual(rows.move_ids.move_line_ids.owner_id, self.owner)
        self.assertRecordValues(self._quants(self.product).sorted("quantity"), [
            {"owner_id": self.owner.id, "quantity": 3}, {"owner_id": self.owner.id, "quantity": 6}])

    def test_receipts_in_steps(self):
        """REC-6: in a warehouse that stores in steps the goods end where its plain goods end, on the shelf."""
        for product in self.product, self.plain:
            self._putaway(product)
        for steps in "two_steps", "three_steps":
            with self.subTest(steps=steps):
                self.warehouse.reception_steps = steps
                order = self._order((self.product, 80), (self.plain, 80))
                picking = order.picking_ids
                picking.delivery_note_ref = "DN-S"
                picking.move_ids.picked = True
                self._validate(picking)
                self._inspect(picking.quality_inspection_ids)
                for _step in range(2):
                    following = self.env["stock.picking"].search([
                        ("picking_type_id.warehouse_id", "=", self.warehouse.id), ("state", "=", "assigned")])
                    for transfer in following:
                        transfer.move_ids.picked = True
                        self._validate(transfer)
        for product in self.product, self.plain:
            self.assertEqual(self._quants(product).location_id, self.shelf)
            self.assertEqual(sum(self._quants(product).mapped("quantity")), 160)

    def test_isolated_pallet_stays_whole(self):
        """NCR-1: a pallet found bad on the shelf is isolated, and conceded, as a pallet."""
        self.env["stock.quant"]._update_available_quantity(self.plain, self.stock, 12, package_id=self.pallet)
        record = self.env["quality.nonconformity"].create({
            "product_id": self.plain.id, "quantity": 12, "location_id": self.stock.id, "severity": "minor",
            "description": "Wet"})
        record.action_open()
        record.with_user(self.inspector).action_isolate()
        self.assertRecordValues(self._quants(self.plain), [
            {"location_id": self.hold.id, "package_id": self.pallet.id}])
        self._dispose(record, {"kind": "concession", "quantity": 12})
        self.assertRecordValues(self._quants(self.plain), [
            {"location_id": self.stock.id, "package_id": self.pallet.id}])

    def test_return_is_odoo_s_own(self):
        """REC-6, PUR-9: the return carries what Odoo's return of the same receipt carries."""
        order = self._order((self.product, 80))
        receipt = self._receive(order)
        inspection = self._inspect(receipt.quality_inspection_ids, defects=9)
        row = self._dispose(self._report(inspection), {"kind": "return", "quantity": 80, "settlement": "credit"})
        wizard = self.env["stock.return.picking"].create({"picking_id": receipt.id})
        wizard.product_return_moves.quantity = 80
        plain = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"]).move_ids
        mine = row.move_ids
        strange = {"id", "create_date", "create_uid", "write_date", "write_uid", "date", "reservation_date",
                   "name", "display_name", "picking_id", "reference",
                   "origin", "quality_disposition_id", "move_line_ids", "move_orig_ids", "state", "quantity",
                   "location_id",  # Odoo's asks for the transfer's place, where these goods do not stand
                   "procure_method", "date_deadline", "sequence"}
        differing = {
            name: (mine[name], plain[name]) for name, field in mine._fields.items()
            if field.store and name not in strange and mine[name] != plain[name]}
        self.assertFalse(differing)

    def test_replacement_carries_the_order(self):
        """NCR-4: the receipt of the replacement is of the same order, operation type and place as the first one."""
        receipt = self._receive(self._order((self.product, 80)))
        inspection = self._inspect(receipt.quality_inspection_ids, defects=9)
        row = self._dispose(self._report(inspection), {
            "kind": "return", "quantity": 80, "settlement": "replacement", "expected_return": "2030-01-10"})
        names = ("purchase_line_id", "picking_type_id", "location_id", "location_dest_id", "partner_id", "warehouse_id",
                 "quality_release_location_id", "propagate_cancel", "restrict_partner_id", "reference_ids")
        for name in names:
            self.assertEqual(row.replacement_move_ids[name], receipt.move_ids[name], name)
