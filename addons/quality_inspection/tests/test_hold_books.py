from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QualityCommon


@tagged("post_install", "-at_install")
class TestHoldBooks(QualityCommon):
    """Goods that the books let come from elsewhere while they stand in the inspection area."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.lot, cls.other = cls.make_lots(cls.lot_product, "HELD", "OTHER")
        cls.inspection = cls.inspect(cls.receive(cls.lot_product, 100, cls.lot), cls.plan)
        cls.serials = cls.make_lots(cls.serial_product, "S1", "S2")
        cls.serial_inspection = cls.inspect(cls.receive(cls.serial_product, 2, cls.serials), cls.plan)
        cls.production = cls.lot_product.property_stock_production
        cls.loss = cls.lot_product.property_stock_inventory
        cls.transit = cls.env["stock.location"].create({
            "name": "On the road", "usage": "transit", "company_id": cls.env.company.id,
            "location_id": cls.warehouse.view_location_id.location_id.id})

    def move(self, quantity, source, target, lots=None, product=None, user=None, **vals):
        """Done at once by a storekeeper."""
        move = self.make_move(product or self.lot_product, quantity, source, target, lots, **vals)
        move.with_user(user or self.storekeeper)._action_done()
        return move

    def refused(self, message, *args, **vals):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            self.move(*args, **vals)

    def put(self, quantity, lot, location=None, product=None):
        self.env["stock.quant"]._update_available_quantity(
            product or self.lot_product, location or self.stock, quantity, lot_id=lot)

    def accept_part(self):
        """90 of the lot are accepted and in stock, 10 are rejected and held."""
        part = self.make_lots(self.lot_product, "PART")
        self.conclude(self.inspect(self.receive(self.lot_product, 90, part), self.plan))
        rejected = self.inspect(self.receive(self.lot_product, 10, part), self.plan)
        self.assertEqual(rejected.held_lot_ids, part)
        return part

    def test_another_lot_is_picked_in_the_area(self):
        """REC-7: an existing lot that is not there, written on a line out of the area, ships the held one."""
        for target in (self.customer_location, self.production, self.stock, self.transit, self.loss):
            self.refused("not enough of Resin .OTHER.", 5, self.hold, target, self.other)
        with self.assertRaisesRegex(UserError, self.inspection.name), self.env.cr.savepoint():
            self.move(5, self.hold, self.customer_location, self.other)

    def test_lot_is_changed_on_the_line(self):
        """REC-7: the same, by changing the lot of a line that took free goods, before and after it is done."""
        self.put(5, self.other, self.hold)
        free = self.make_lots(self.lot_product, "THIRD")
        move = self.make_move(self.lot_product, 5, self.hold, self.customer_location, self.other)
        with self.assertRaisesRegex(UserError, "not enough"), self.env.cr.savepoint():
            move.move_line_ids.lot_id = free
            move._action_done()
        move._action_done()
        with self.assertRaisesRegex(UserError, "not enough"), self.env.cr.savepoint():
            move.move_line_ids.lot_id = free
        with self.assertRaisesRegex(UserError, "not enough"), self.env.cr.savepoint():
            move.move_line_ids.quantity = 6

    def test_free_lot_in_the_area_is_taken(self):
        """REC-7: a lot that nobody holds leaves the area, as many as are there."""
        self.put(5, self.other, self.hold)
        self.move(5, self.hold, self.customer_location, self.other)
        self.assertEqual(self.quantity_in(self.hold, self.lot_product, self.other), 0)

    def test_no_place_owes_a_held_product(self):
        """REC-7: stock, shelf and transit owe nothing of a product that is held, under whatever lot."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        area = self.env["stock.location"].create({"name": "Rack", "location_id": self.hold.id})
        for source, target in ((self.stock, self.customer_location), (shelf, self.stock), (area, self.hold),
                               (self.transit, self.stock), (self.transit, self.customer_location)):
            for lot in self.lot, self.other:
                self.refused("not", 5, source, target, lot)
        self.refused("not enough", 1, self.stock, self.customer_location, self.serials[0], self.serial_product)

    def test_goods_without_lot_do_not_make_up(self):
        """REC-7: Odoo turns goods without lot into the lot that is missing; not into one that is held."""
        self.put(20, None)
        self.refused("not enough", 5, self.stock, self.customer_location, self.lot)

    def test_held_lot_does_not_appear(self):
        """REC-7: out of production, a count, a customer, a supplier or transit comes no lot that is held here."""
        for source in (self.production, self.loss, self.customer_location):
            for target in (self.stock, self.customer_location, self.production):
                if source != target:
                    self.refused("had not gone there", 5, source, target, self.lot)
            self.refused("had not gone there", 1, source, self.stock, self.serials[0], self.serial_product)
        self.refused("had not gone there", 5, self.supplier_location, self.customer_location, self.lot)
        self.refused("not", 5, self.transit, self.stock, self.lot)

    def test_made_lots_still_come(self):
        """REC-7: lots that nobody holds are made, counted in and returned as ever."""
        for number, source in enumerate((self.production, self.loss, self.customer_location, self.supplier_location)):
            self.move(5, source, self.stock, self.make_lots(self.lot_product, f"NEW{number}"))

    def test_used_goods_of_a_partly_held_lot_come_back(self):
        """REC-7: what was accepted and used comes back, no more; what was scrapped or returned unaccepted does not."""
        part = self.accept_part()
        for place in (self.customer_location, self.production, self.loss):
            with self.subTest(place=place.name):
                self.move(20, self.stock, place, part)
                self.move(15, place, self.stock, part)
                self.refused("had not gone there", 6, place, self.stock, part)
                self.move(5, place, self.stock, part)

    def test_scrapped_goods_do_not_come_back(self):
        """REC-7, NCR-4: what quality scrapped out of the area is not found again by a count."""
        self.conclude(self.inspection, defects=9)
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", self.inspection.id)])
        report.severity = "minor"
        report.disposition_ids = [Command.create({"kind": "scrap", "quantity": 40}),
                                  Command.create({"kind": "scrap", "quantity": 60})]
        report.disposition_ids[1].quantity = 59
        report.disposition_ids = [Command.create({
            "kind": "return", "quantity": 1, "settlement": "credit", "partner_id": self.supplier.id})]
        report.with_user(self.head).action_decide()
        self.assertEqual(self.inspection.held_lot_ids, self.lot)
        self.refused("had not gone there", 5, self.loss, self.stock, self.lot, is_inventory=True)

    def test_more_of_a_held_lot_is_received(self):
        """REC-7: receiving is never blocked: more of a held lot goes to the inspection area, by its record or name."""
        self.move(5, self.supplier_location, self.stock, self.lot)
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "location_id": self.supplier_location.id,
            "location_dest_id": self.stock.id})
        named = self.make_move(self.lot_product, 7, self.supplier_location, self.stock, picking_id=picking.id)
        named.move_line_ids.lot_name = "HELD"
        with self.without_plans():
            named.with_user(self.storekeeper)._action_done()
        self.assertEqual(self.quantity_in(self.hold, self.lot_product, self.lot), 112)
        self.assertEqual(self.quantity_in(self.stock, self.lot_product), 0)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.lot_product, self.hold), 0)

    def test_done_transfer_is_corrected(self):
        """REC-7: a correction gives nothing back to a place out of which held goods could be taken; less of an old
        receipt, as far as the goods are there, is corrected as ever.
        """
        part = self.accept_part()
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        line = self.move(50, self.stock, shelf, part).move_line_ids
        self.move(50, shelf, self.customer_location, part)
        with self.assertRaisesRegex(UserError, "not enough"), self.env.cr.savepoint():
            line.quantity = 40
        made = self.make_lots(self.lot_product, "MADE")
        receipt = self.move(20, self.production, self.stock, made).move_line_ids
        self.inspect(self.receive(self.lot_product, 5, made), self.plan)
        receipt.quantity = 18
        self.assertEqual(self.quantity_in(self.stock, self.lot_product, made), 18)
        with self.assertRaisesRegex(UserError, "had not gone there"), self.env.cr.savepoint():
            receipt.quantity = 19

    def test_quantity_is_not_typed(self):
        """REC-7: a storekeeper's call makes no quantity of a held product, of this or another lot."""
        Quant = self.env["stock.quant"].with_user(self.storekeeper)
        for lot, location in ((self.lot, self.stock), (self.other, self.stock), (self.other, self.hold)):
            with self.assertRaisesRegex(UserError, "not released"), self.env.cr.savepoint():
                Quant.create({"product_id": self.lot_product.id, "location_id": location.id, "lot_id": lot.id,
                              "quantity": 5})
        self.put(3, self.other)
        quant = Quant.search([("lot_id", "=", self.other.id), ("location_id", "=", self.stock.id)])
        with self.assertRaisesRegex(UserError, "not released"), self.env.cr.savepoint():
            quant.quantity = 8

    def test_nothing_held_nothing_changed(self):
        """REC-7: of a product that nobody holds everything goes below zero and appears, as in plain Odoo."""
        lot = self.make_lots(self.env["product.product"].create({
            "name": "Paint", "is_storable": True, "tracking": "lot"}), "P1")
        self.move(5, self.hold, self.customer_location, lot, lot.product_id)
        self.move(5, self.production, self.stock, lot, lot.product_id)
        self.assertEqual(self.quantity_in(self.hold, lot.product_id), -5)
