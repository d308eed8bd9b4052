import random
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..kernel.pegging import HERE, KINDS, NEVER, Demand, Supply, peg
from .common import DAY, PeggingCommon

CASES = 40


@tagged("-at_install", "post_install")
class TestPeggingRandom(PeggingCommon):
    """The engine on the database against the kernel on what was put into it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["stock.warehouse"].create({"name": "Second", "code": "W2"})
        cls.outside = cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")

    def test_engine_equals_kernel(self):
        """MAT-12: on random demands, stock, reservations, receipts and requests it gives what the kernel gives."""
        rng = random.Random(7)
        products = self.env["product.product"].create([
            {"name": f"Part {number}", "type": "consu", "is_storable": True} for number in range(CASES)])
        demands, supplies = [], []
        for product in products:
            for warehouse in (self.warehouse, self.second):
                self.make_case(rng, product, warehouse, demands, supplies)
        self.peg_anew()
        self.assertEqual(self.get_stored(products), self.get_expected(demands, supplies))
        with freeze_time(self.env["material.pegging"]._get_as_of()):  # what is overdue comes now
            self.peg_anew(products[::3])
        self.assertEqual(self.get_stored(products), self.get_expected(demands, supplies), "a part anew changes nothing")

    def make_case(self, rng, product, warehouse, demands, supplies):
        stock = rng.choice((0, 0, -2, 3, 5))
        if stock:
            self.put(product, stock, warehouse.lot_stock_id)
            supplies.append([None, product.id, warehouse.id, stock, HERE, "stock"])
        for _number in range(rng.randint(0, 4)):
            move = self.move(
                product, rng.randint(1, 5), warehouse.lot_stock_id, self.customers, days=rng.randint(-2, 9),
                priority=rng.choice("0001"))
            if rng.random() < .3:
                move._action_assign()
                taken = move.quantity
                if stock:
                    supplies[-1][3] -= taken
            demands.append((move, product.id, warehouse.id))
        for _number in range(rng.randint(0, 3)):
            move = self.move(product, rng.randint(1, 4), self.outside, warehouse.lot_stock_id, days=rng.randint(-2, 9))
            supplies.append([move, product.id, warehouse.id, move.product_qty, None, "incoming"])
        if rng.random() < .5:
            line = self.env["purchase.order"].create({
                "partner_id": self.supplier.id, "picking_type_id": warehouse.in_type_id.id,
                "order_line": [Command.create({
                    "product_id": product.id, "product_qty": rng.randint(1, 3), "price_unit": 1,
                    "date_planned": self.now + rng.randint(1, 9) * DAY})]}).order_line
            supplies.append([line, product.id, warehouse.id, line.product_qty, None, "draft"])

    def get_expected(self, demands, supplies):
        """{(demand, kind, supply): (quantity, date)} by the kernel."""
        epoch = fields.Datetime.to_datetime("1970-01-01")
        as_of = self.env["material.pegging"]._get_as_of()

        def moment(value):
            return (max(value, as_of) - epoch).total_seconds()

        found = peg([
            Demand(move.id, product, warehouse, move.product_qty, move.date.timestamp(), int(move.priority),
                   move.quantity)
            for move, product, warehouse in demands
        ], [
            Supply(number, product, warehouse, quantity, moment(what.date if kind == "incoming" else what.date_planned)
                   if what else HERE, kind)
            for number, (what, product, warehouse, quantity, _date, kind) in enumerate(supplies)])
        return {
            (one.demand.key, self.get_kind(one), one.supply and supplies[one.supply.key][0]): (
                one.quantity, None if one.date in (HERE, NEVER) else epoch + timedelta(seconds=one.date))
            for one in found}

    def get_kind(self, one):
        if one.supply:
            return one.supply.kind
        return KINDS[0] if one.date == HERE else KINDS[-1]

    def get_stored(self, products):
        return {
            (one.demand_move_id.id, one.kind,
             one.supply_move_id or one.purchase_line_id or None): (
                one.quantity, one.date_available if one.kind in ("incoming", "draft") else None)
            for one in self.env["material.peg"].search([("product_id", "in", products.ids)])}
