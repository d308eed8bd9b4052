import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: A picture of one pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


class DeliveryCommon(BaseCommon):
    """A plant that delivers by notice: order desk with its head, logistics, store, sales; a customer; cabinets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company.delivery_notice_required = True
        if "order_review_policy" in cls.company:
            cls.company.order_review_policy = "none"  # the review of orders has its own tests
        if "delivery_needs_contract" in cls.company:
            cls.company.delivery_needs_contract = False  # as its contract
        cls.head = cls._person("head", "order_delivery.group_delivery_manager")
        cls.desk = cls._person("desk", "order_delivery.group_delivery_desk,sales_team.group_sale_salesman_all_leads")
        cls.logistics = cls._person("logistics", "order_delivery.group_delivery_logistics")
        cls.store = cls._person("store", "stock.group_stock_user")
        cls.seller = cls._person("seller", "sales_team.group_sale_salesman")
        cls.other_seller = cls._person("other_seller", "sales_team.group_sale_salesman")
        cls.clerk = cls._person("clerk", "base.group_user")
        cls.customer = cls.env["res.partner"].create({
            "name": "Power Station", "is_company": True, "email": "office@power.example", "phone": "0577-1",
            "lang": "en_US", "street": "1 Mountain Road"})
        cls.cabinet, cls.cable = cls.env["product.product"].create([
            {"name": name, "is_storable": True, "list_price": price, "taxes_id": [Command.clear()]}
            for name, price in (("Cabinet KYN28", 1000), ("Cable", 10))])
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)

    @classmethod
    def _person(cls, login, groups):
        return new_test_user(
            cls.env, f"od_{login}", groups=groups, email=f"{login}@plant.example", tz="UTC",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])

    @classmethod
    def _order(cls, quantity=4, products=None, **values):
        """An order of the salesperson, confirmed, its goods in stock and reserved."""
        products = products or cls.cabinet + cls.cable
        for product in products:
            cls.env["stock.quant"]._update_available_quantity(product, cls.warehouse.lot_stock_id, quantity)
        order = cls.env["sale.order"].create({
            "partner_id": cls.customer.id, "user_id": cls.seller.id, "company_id": cls.company.id, "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": quantity}) for product in products],
            **values})
        order.action_confirm()
        order.picking_ids.action_assign()
        return order

    @classmethod
    def _notice(cls, order=None, release=True, **values):
        """The notice of an order, complete, as its desk makes it."""
        order = order or cls._order()
        notice = cls.env["delivery.notice"].with_user(cls.desk)._make(order.picking_ids.filtered(
            "needs_delivery_notice").with_user(cls.desk))
        soon = fields.Datetime.now() + timedelta(days=2)
        notice.write({"date_planned": soon, "date_arrival": soon + timedelta(days=1), "contact_name": "Mr. Wang",
                      "packing": "Wooden crates", **values})
        if release:
            notice.action_release()
        return notice

    def _ship(self, notice, quantities=None, user=None):
        """Validate the transfers, as the store does; quantities by product, else all."""
        pickings = notice.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for move in pickings.move_ids:
            move.quantity = (quantities or {}).get(move.product_id, move.product_uom_qty)
            move.picked = True
        pickings = pickings.with_user(user or self.store).with_context(skip_backorder=True)
        return pickings.button_validate()

    def _run_job(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["delivery.notice"]._cron_follow()

    def _shipped(self, **values):
        notice = self._notice(**values)
        self._ship(notice)
        notice.sudo()._follow()
        return notice
