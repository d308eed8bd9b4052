from datetime import datetime, timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.base.tests.common import BaseCommon

#: Moments of the tests: so many days from now on.
DAY = timedelta(days=1)


class PeggingCommon(BaseCommon):
    """A plant with cabinets made of parts, and a supplier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.supplier = cls.env["res.partner"].create({"name": "Copper Works"})
        cls.customer = cls.env["res.partner"].create({"name": "Grid Company"})
        cls.now = fields.Datetime.now()
        cls.breaker, cls.busbar, cls.cabinet = (cls.make_product(name) for name in ("Breaker", "Busbar", "Cabinet"))

    @classmethod
    def make_product(cls, name, **values):
        return cls.env["product.product"].create({"name": name, "type": "consu", "is_storable": True} | values)

    @classmethod
    def put(cls, product, quantity, location=None, owner=None):
        cls.env["stock.quant"]._update_available_quantity(product, location or cls.stock, quantity, owner_id=owner)

    @classmethod
    def make_order(cls, parts, days=10, **values):
        """A manufacturing order that starts in so many days, and takes so many.

        :param parts: list of (product, quantity[, unit])
        """
        return cls.make_orders([(parts, days)], **values)

    @classmethod
    def make_orders(cls, wanted, product=None, confirm=True, quantity=1, takes=1, **values):
        """The same of several (parts, days) at once, which is quicker."""
        orders = cls.env["mrp.production"].create([{
            "product_id": (product or cls.cabinet).id, "product_qty": quantity, "bom_id": False,
            "date_start": cls.now + days * DAY,
            "move_raw_ids": [Command.create({
                "product_id": part.id, "product_uom_qty": amount, "product_uom": (unit or [part.uom_id])[0].id,
            }) for part, amount, *unit in parts],
        } | values for parts, days in wanted])
        for order, (_parts, days) in zip(orders, wanted, strict=True):
            order.date_finished = cls.now + (days + takes) * DAY
        if confirm:
            orders.action_confirm()
        return orders

    @classmethod
    def buy(cls, product, quantity, days=5, confirm=True, **values):
        return cls.buy_each(product, quantity, days, confirm, **values)

    @classmethod
    def buy_each(cls, products, quantity, days=5, confirm=True, **values):
        """Each product by an order of its own, made together."""
        orders = cls.env["purchase.order"].create([{
            "partner_id": cls.supplier.id,
            "order_line": [Command.create({
                "product_id": product.id, "product_qty": quantity, "price_unit": 1,
                "date_planned": cls.now + days * DAY} | values)],
        } for product in products])
        if confirm:
            orders.button_confirm()
        return orders

    @classmethod
    def move(cls, product, quantity, source, target, days=0, confirm=True, **values):
        move = cls.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "location_id": source.id,
            "location_dest_id": target.id, "date": cls.now + days * DAY} | values)
        if confirm:
            move._action_confirm()
        return move

    @classmethod
    def sell(cls, product, quantity, days=10):
        """The delivery of a sale in so many days: its moves. (Confirming an order is for others to allow.)"""
        order = cls.env["sale.order"].create({
            "partner_id": cls.customer.id, "warehouse_id": cls.warehouse.id,
            "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})]})
        cls.env["stock.rule"].run([cls.env["stock.rule"].Procurement(
            product, quantity, product.uom_id, cls.customer.property_stock_customer, order.name, order.name,
            cls.env.company, {
                "warehouse_id": cls.warehouse, "company_id": cls.env.company, "partner_id": cls.customer.id,
                "date_planned": cls.now + days * DAY, "sale_line_id": order.order_line.id})])
        return cls.env["stock.move"].search([("sale_line_id", "=", order.order_line.id)])

    def peg_anew(self, products=None):
        self.assertTrue(self.env["material.pegging"]._refresh(products))

    def pegs(self, demand):
        """What covers a move, an order's parts or a transfer: list of (kind, quantity, days from now)."""
        name = {"stock.move": "demand_move_id", "mrp.production": "production_id", "stock.picking": "picking_id"}
        pegs = self.env["material.peg"].search([(name[demand._name], "in", demand.ids)])
        return [(peg.kind, round(peg.quantity, 6), self.days(peg.date_available)) for peg in pegs.sorted(
            lambda peg: (peg.demand_date, peg.demand_move_id.id, peg.date_available or datetime.max, peg.id))]

    def days(self, moment):
        return moment and round((moment - self.now) / DAY)
