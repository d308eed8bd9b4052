from odoo.fields import Command

from odoo.addons.order_closeout.tests.common import CloseoutCommon


class CloseoutMrpCommon(CloseoutCommon):
    """An order of two cabinets with serial numbers, made to order: each of a door, made to order of two sheets, and of
    three breakers; sheets and breakers are bought to order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        mto = warehouse.mto_pull_id.route_id
        mto.active = True
        cls.make = mto | warehouse.manufacture_pull_id.route_id
        cls.buy = mto | cls.env.ref("purchase_stock.route_warehouse0_buy")
        cls.supplier = cls.env["res.partner"].create({"name": "Breaker Works"})
        cls.breaker, cls.sheet = (cls._bought(name, price) for name, price in (("Breaker", 100), ("Sheet", 10)))
        cls.centre = cls.env["mrp.workcenter"].create({"name": "Assembly", "costs_hour": 60})
        cls.door = cls._made("Door", {cls.sheet: 2})
        cls.cabinet = cls._made("Cabinet", {cls.door: 1, cls.breaker: 3}, tracking="serial", operation_ids=[
            Command.create({"name": "Assemble", "workcenter_id": cls.centre.id, "time_cycle_manual": 30})])
        cls.order = cls._order(cls.cabinet)
        cls.order.order_line.product_uom_qty = 2
        cls.order.action_confirm()
        cls.productions = cls.env["mrp.production"].search([("reference_ids.sale_ids", "in", cls.order.ids)])

    @classmethod
    def _bought(cls, name, price):
        return cls._product(
            name, is_storable=True, standard_price=price, route_ids=[Command.set(cls.buy.ids)], seller_ids=[
                Command.create({"partner_id": cls.supplier.id, "price": price * 1.1, "delay": 5})])

    @classmethod
    def _made(cls, name, components, operation_ids=(), **values):
        product = cls._product(name, is_storable=True, route_ids=[Command.set(cls.make.ids)], **values)
        cls.env["mrp.bom"].create({
            "product_tmpl_id": product.product_tmpl_id.id, "operation_ids": list(operation_ids), "bom_line_ids": [
                Command.create({"product_id": part.id, "product_qty": each}) for part, each in components.items()]})
        return product

    def _purchase(self):
        """Confirm what is bought for the order."""
        purchases = self.env["purchase.order.line"].search(
            [("product_id", "in", (self.breaker | self.sheet).ids)]).order_id
        purchases.with_context(skip_purchase_control=True).button_confirm()
        return purchases
