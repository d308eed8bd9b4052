from odoo.fields import Command

from odoo.addons.order_change.tests.common import OrderChangeCommon


class OrderChangeMrpCommon(OrderChangeCommon):
    """Ten cabinets, made to order: each of a door, made to order of two sheets, and of three breakers; sheets and
    breakers are bought to order, of a request or directly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        mto = cls.warehouse.mto_pull_id.route_id
        mto.active = True
        cls.make = mto | cls.warehouse.manufacture_pull_id.route_id
        cls.buy = mto | cls.env.ref("purchase_stock.route_warehouse0_buy")
        cls.supplier = cls.env["res.partner"].create({"name": "Breaker Works"})
        cls.vacuum, cls.gas, cls.sheet = (
            cls._bought(name, price) for name, price in (("Vacuum VS1", 100), ("Gas SF6", 150), ("Sheet", 10)))
        cls.door = cls._made("Door", 30, {cls.sheet: 2})
        cls.cabinet = cls._made("Cabinet KYN28", 900, {cls.door: 1, cls.vacuum: 3})
        cls.order = cls._confirmed(product=cls.cabinet)
        cls.row = cls.order.order_line
        cls.production = cls._productions(cls.cabinet)
        cls.door_production = cls._productions(cls.door)

    @classmethod
    def _bought(cls, name, price, **values):
        return cls._product(
            name, is_storable=True, standard_price=price, route_ids=[Command.set(cls.buy.ids)], seller_ids=[
                Command.create({"partner_id": cls.supplier.id, "price": price, "delay": 5})], **values)

    @classmethod
    def _made(cls, name, cost, components, **values):
        product = cls._product(
            name, is_storable=True, standard_price=cost, route_ids=[Command.set(cls.make.ids)], **values)
        cls.env["mrp.bom"].create({
            "product_tmpl_id": product.product_tmpl_id.id, "bom_line_ids": [
                Command.create({"product_id": part.id, "product_qty": each}) for part, each in components.items()]})
        return product

    @classmethod
    def _productions(cls, product, order=None):
        return cls.env["mrp.production"].search([
            ("product_id", "=", product.id), ("reference_ids.sale_ids", "in", (order or cls.order).ids)])

    @classmethod
    def _purchases(cls, product):
        return cls.env["purchase.order.line"].search([("product_id", "=", product.id)])
