from odoo.exceptions import UserError
from odoo.fields import Command

from .common import ProductionCommon


class TestProductionHold(ProductionCommon):
    """Orders neither consume goods under inspection, under whatever lot, nor bring held lots into stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet.process_card_required = False
        cls.bom.operation_ids.unlink()
        cls.production = cls.lot_product.property_stock_production
        cls.held, cls.other = cls.make_lots(cls.lot_product, "HELD", "OTHER")
        cls.inspection = cls.inspect(cls.receive(cls.lot_product, 10, cls.held))
        cls.bom.bom_line_ids = [Command.create({"product_id": cls.lot_product.id, "product_qty": 1})]

    def consume(self, order, location, lot):
        """The fitter writes place and lot on the component of an order himself, and finishes it."""
        move = order.move_raw_ids.filtered(lambda move: move.product_id == self.lot_product)
        fitter = move.with_user(self.operator)
        fitter.move_line_ids = [Command.clear(), Command.create({
            "product_id": self.lot_product.id, "lot_id": lot.id, "quantity": 1, "location_id": location.id,
            "location_dest_id": move.location_dest_id.id, "picked": True})]
        fitter.picked = True
        self.produce(order)

    def isolate(self, product, lot, quantity):
        """Some of a lot in stock are found bad and isolated."""
        report = self.env["quality.nonconformity"].create({
            "product_id": product.id, "quantity": quantity, "lot_ids": [Command.set(lot.ids)], "description": "Bent",
            "location_id": self.stock.id, "severity": "minor"})
        report.action_open()
        report.with_user(self.inspector).action_isolate()
        return report

    def test_fitter_consumes_from_the_area(self):
        """REC-7: neither the held lot nor another one is consumed from the inspection area or an empty shelf."""
        order = self.make_order()
        for location, lot in ((self.hold, self.held), (self.hold, self.other), (self.stock, self.held),
                              (self.stock, self.other)):
            with self.subTest(location=location.name, lot=lot.name), \
                    self.assertRaisesRegex(UserError, "not released"), self.env.cr.savepoint():
                self.consume(order, location, lot)
        self.stock_up(self.lot_product, 1, self.other)
        self.consume(order, self.stock, self.other)
        self.assertEqual(order.state, "done")

    def test_held_lot_out_of_production(self):
        """REC-7: nobody moves a held lot out of production that never went there; what was consumed comes back."""
        with self.assertRaisesRegex(UserError, "had not gone there"), self.env.cr.savepoint():
            self.make_move(self.lot_product, 1, self.production, self.stock, self.held)._action_done()
        self.stock_up(self.lot_product, 5, self.other)
        self.consume(order := self.make_order(quantity=1), self.stock, self.other)
        self.isolate(self.lot_product, self.other, 1)
        slip = self.env["material.return"].with_user(self.operator).create({
            "production_id": order.id, "line_ids": [Command.create({
                "product_id": self.lot_product.id, "lot_id": self.other.id, "quantity": 1})]})
        slip.action_submit()
        slip.picking_id.with_user(self.storekeeper).button_validate()
        self.assertEqual(slip.sudo().state, "done")
        with self.assertRaisesRegex(UserError, "had not gone there"), self.env.cr.savepoint():
            self.make_move(self.lot_product, 1, self.production, self.stock, self.other)._action_done()

    def test_more_of_a_held_lot_is_made(self):
        """REC-7: an order that makes more of a lot of which some are held is finished; what it makes is held too."""
        self.cabinet.tracking = "lot"
        lot = self.make_lots(self.cabinet, "F1")
        self.bom.bom_line_ids[1:].unlink()
        for _order in range(2):
            order = self.make_order(quantity=3, lot_producing_ids=[Command.set(lot.ids)])
            self.produce(order)
            if _order == 0:
                report = self.isolate(self.cabinet, lot, 1)
        self.assertEqual(order.state, "done")
        self.assertEqual(self.quantity_in(self.stock, self.cabinet, lot), 2)
        self.assertEqual(self.quantity_in(self.hold, self.cabinet, lot), 4)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(self.cabinet, self.hold), 0)
        self.assertEqual(report.held_lot_ids, lot)

    def test_unbuilt_product(self):
        """REC-7: a held product is not unbuilt; the components of a free one come back."""
        self.cabinet.tracking = "serial"
        one, two = self.make_serials(self.cabinet, "C1", "C2")
        self.stock_up(self.lot_product, 2, self.other)
        orders = [self.make_order(lot_producing_ids=[Command.set(lot.ids)]) for lot in (one, two)]
        for order in orders:
            self.produce(order)
        self.isolate(self.cabinet, one, 1)

        def unbuild(order, lot):
            self.env["mrp.unbuild"].create({
                "product_id": self.cabinet.id, "mo_id": order.id, "lot_id": lot.id, "product_qty": 1,
                "location_id": self.stock.id, "location_dest_id": self.stock.id}).action_unbuild()

        with self.assertRaises(UserError), self.env.cr.savepoint():
            unbuild(orders[0], one)
        unbuild(orders[1], two)
        self.assertEqual(self.quantity_in(self.stock, self.lot_product, self.other), 1)
