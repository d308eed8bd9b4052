from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: A Monday morning in the factory's time zone, UTC.
NOW = datetime(2031, 3, 3, 9)


class PromiseMixin:
    """A buyer with a head, a supplier with an address, goods, and orders of them."""

    @classmethod
    def _set_up_purchase(cls):
        cls.company = cls.env.company
        cls.company.resource_calendar_id.tz = "UTC"
        cls.company.partner_id.tz = "UTC"
        plant = cls.env["hr.department"].create({"name": "Plant", "company_id": cls.company.id})
        office = cls.env["hr.department"].create({
            "name": "Purchasing", "company_id": cls.company.id, "parent_id": plant.id})
        cls.head = cls._person("head", "base.group_user", plant, manages=True)
        cls.buyer = cls._person("buyer", "purchase.group_purchase_user", office, manages=True)
        cls.chief = cls._person("chief", "purchase.group_purchase_manager", office)
        cls.clerk = cls._person("clerk", "base.group_user", plant)
        cls.supplier = cls.env["res.partner"].create({
            "name": "Yonglian Terminals", "email": "sales@yonglian.example", "is_company": True, "lang": "en_US"})
        cls.terminal, cls.rail = (cls.env["product.product"].create({
            "name": name, "type": "consu", "is_storable": True, "supplier_taxes_id": [Command.clear()],
        }) for name in ("UK-2.5B terminal", "TS35 rail"))

    @classmethod
    def _person(cls, login, groups, department, manages=False):
        user = new_test_user(cls.env, f"sp_{login}", groups=groups, email=f"{login}@plant.example", tz="UTC",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        employee = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id})
        if manages:
            department.manager_id = employee
        return user

    @classmethod
    def _order(cls, products=None, quantity=100, days=20, price=2.5, confirm=True, **values):
        """An order of the buyer; its goods are to arrive at noon so many days from now."""
        noon = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        order = cls.env["purchase.order"].with_user(cls.buyer).create({
            "partner_id": cls.supplier.id, "order_line": [Command.create({
                "product_id": product.id, "product_qty": quantity, "price_unit": price, "tax_ids": [Command.clear()],
                "date_planned": noon + timedelta(days=days)}) for product in products or cls.terminal], **values})
        if confirm:
            order.button_confirm()
        return order

    @staticmethod
    def _day(days):
        return datetime.now().date() + timedelta(days=days)

    @classmethod
    def _token(cls, order):
        return order._get_supplier_url("window").rsplit("/", 1)[1]

    def _receive(self, order, quantity=None):
        picking = order.sudo().picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        if "delivery_note_ref" in picking._fields:
            picking.delivery_note_ref = "SH-1"
        for move in picking.move_ids:
            move.quantity = quantity or move.product_uom_qty
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=False, cancel_backorder=False)._action_done()
        return picking


class PromiseCommon(PromiseMixin, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.env.company.ids})
        cls.enterClassContext(freeze_time(NOW))
        cls._set_up_purchase()
