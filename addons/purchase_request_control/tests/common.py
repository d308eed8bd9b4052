from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class RequestCommon(BaseCommon):
    """A plant: general manager, division head, department manager, an applicant, a planner; buyer and head of
    purchasing; material that is bought from one supplier who needs five days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.general = cls._user("general", "base.group_user")
        cls.division = cls._user("division", "base.group_user")
        cls.manager = cls._user("manager", "base.group_user")
        cls.applicant = cls._user("applicant", "purchase_request.group_purchase_request_user")
        cls.planner = cls._user("planner", "purchase_request.group_purchase_request_user,mrp.group_mrp_user")
        cls.administrator = cls._user("administrator", "purchase_request.group_purchase_request_manager")
        cls.buyer = cls._user("buyer", "purchase.group_purchase_user")
        cls.head = cls._user("head", "purchase.group_purchase_manager")
        cls.keeper = cls._user("keeper", "stock.group_stock_user")
        plant = cls._department("Plant", cls.general)
        division = cls._department("Complete Sets", cls.division, plant)
        cls.department = cls._department("Assembly", cls.manager, division)
        for user in cls.applicant | cls.planner:
            cls._employee(user, cls.department)
        cls.supplier = cls.env["res.partner"].create({"name": "Breaker Works"})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.breaker = cls._product("Breaker", 100)
        cls.busbar = cls._product("Busbar", 20)
        cls.today = fields.Date.today()

    @classmethod
    def _user(cls, login, groups, **values):
        return new_test_user(cls.env, f"request_{login}", groups=groups, email=f"{login}@plant.example", **{
            "company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)], **values})

    @classmethod
    def _employee(cls, user, department=None):
        return cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "company_id": cls.company.id,
            "department_id": department and department.id})

    @classmethod
    def _department(cls, name, manager, parent=None):
        department = cls.env["hr.department"].create({
            "name": name, "company_id": cls.company.id, "parent_id": parent and parent.id,
            "manager_id": cls._employee(manager).id})
        department.manager_id.department_id = department
        return department

    @classmethod
    def _product(cls, name, price, **values):
        return cls.env["product.product"].create({
            "name": name, "is_storable": True, "standard_price": price, "purchase_request": True, "seller_ids": [
                Command.create({"partner_id": cls.supplier.id, "price": price, "delay": 5})], **values})

    def _request(self, user=None, quantity=10, product=None, **values):
        """A draft for breakers, in a month."""
        return self.env["purchase.request"].with_user(user or self.applicant).create({
            "request_kind": "plan", "description": "For the sets of May", "line_ids": [Command.create({
                "product_id": (product or self.breaker).id, "product_qty": quantity,
                "product_uom_id": self.breaker.uom_id.id, "name": (product or self.breaker).name,
                "date_required": self.today + timedelta(days=30)})],
            **values})

    def _submitted(self, **values):
        request = self._request(**values)
        request.button_to_approve()
        return request

    def _approved(self, **values):
        request = self._submitted(**values)
        request.with_user(request.assigned_to).button_approved()
        return request

    def _order(self, requests, user=None, quantities=None, **values):
        """Requests for quotation by OCA's window, as the buyer."""
        lines = requests.line_ids
        wizard = self.env["purchase.request.line.make.purchase.order"].with_user(user or self.buyer).with_context(
            active_model="purchase.request.line", active_ids=lines.ids).create(
            {"supplier_id": self.supplier.id, **values})
        for item in wizard.item_ids:
            item.product_qty = (quantities or {}).get(item.line_id, item.product_qty)
        return self.env["purchase.order"].browse(wizard.make_purchase_order()["domain"][0][2])

    @staticmethod
    def _receive(picking, quantity):
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.move_ids._action_done()

    def _production(self, quantity=1, user=None, components=None, confirm=True):
        """A manufacturing order of sets that take breakers, made to order."""
        components = components or {self.breaker: 3}
        cabinet = self.env["product.product"].create({"name": "Cabinet", "is_storable": True})
        self.env["mrp.bom"].create({
            "product_tmpl_id": cabinet.product_tmpl_id.id, "bom_line_ids": [
                Command.create({"product_id": product.id, "product_qty": each})
                for product, each in components.items()]})
        production = self.env["mrp.production"].create({
            "product_id": cabinet.id, "product_qty": quantity, "user_id": (user or self.planner).id,
            "date_start": fields.Datetime.now() + timedelta(days=40)})
        if confirm:
            production.action_confirm()
        return production

    @classmethod
    def _make_to_order(cls, *products):
        cls.warehouse.mto_pull_id.route_id.active = True
        routes = cls.warehouse.mto_pull_id.route_id | cls.env.ref("purchase_stock.route_warehouse0_buy")
        for product in products:
            product.route_ids = [Command.set(routes.ids)]
