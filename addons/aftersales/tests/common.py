from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

#: A picture of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082")


class AftersalesCommon(BaseCommon):
    """A plant with after-sales (head, two engineers) and sales; a customer with a cabinet that was delivered to him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("base.main_company")
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.plant = cls._department("Plant")
        cls.department, cls.sales_department = (cls._department(name, cls.plant) for name in ("After-Sales", "Sales"))
        staff, sales = "aftersales.group_service_user", "sales_team.group_sale_salesman"
        cls.general = cls._person("general", cls.plant, manages=True)
        cls.head = cls._person("head", cls.department, manages=True, groups="aftersales.group_service_manager")
        cls.engineer = cls._person("engineer", cls.department, groups=f"{staff},stock.group_stock_user")
        cls.colleague = cls._person("colleague", cls.department, groups=staff)
        cls.seller = cls._person("seller", cls.sales_department, groups=sales)
        cls.other_seller = cls._person("other_seller", cls.sales_department, groups=sales)
        cls.company.sla_general_manager_id = cls.general
        cls.desk = cls.env.ref("aftersales.service_desk_main")
        cls.desk.write({"department_id": cls.department.id, "dispatcher_id": cls.head.id})
        cls.customer, cls.stranger = cls.env["res.partner"].create([
            {"name": "Power Station", "is_company": True, "email": "office@power.example", "user_id": cls.seller.id},
            {"name": "Water Works", "is_company": True, "email": "office@water.example"}])
        cls.contact = cls.env["res.partner"].create({
            "name": "Mr. Wang", "parent_id": cls.customer.id, "email": "wang@power.example", "phone": "13800000000"})
        cls.product = cls.env["product.product"].create({
            "name": "Cabinet KYN28", "is_storable": True, "tracking": "serial"})
        cls.delivered_on = fields.Date.today() - timedelta(days=100)
        cls.order, cls.lot = cls._deliver("KYN28-0001", cls.customer)

    @classmethod
    def _department(cls, name, parent=None):
        return cls.env["hr.department"].create({
            "name": name, "company_id": cls.company.id, "parent_id": parent and parent.id})

    @classmethod
    def _person(cls, login, department, manages=False, groups="base.group_user"):
        user = new_test_user(cls.env, f"as_{login}", groups=groups, email=f"{login}@plant.example", tz="UTC",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])
        employee = cls.env["hr.employee"].create({
            "name": user.name, "user_id": user.id, "department_id": department.id, "company_id": cls.company.id})
        if manages:
            department.manager_id = employee
        return user

    @classmethod
    def _deliver(cls, serial, partner, order=True):
        """A cabinet that left for a customer, by an order of his."""
        lot = cls.env["stock.lot"].create({
            "name": serial, "product_id": cls.product.id, "company_id": cls.company.id})
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        sold = cls.env["sale.order"].create({"partner_id": partner.id, "company_id": cls.company.id, "order_line": [
            Command.create({"product_id": cls.product.id, "product_uom_qty": 1})]})
        picking = cls.env["stock.picking"].create({
            "picking_type_id": warehouse.out_type_id.id, "partner_id": partner.id,
            "location_id": warehouse.lot_stock_id.id, "location_dest_id": cls.env.ref(
                "stock.stock_location_customers").id})
        move = cls.env["stock.move"].create({
            "picking_id": picking.id, "product_id": cls.product.id, "product_uom_qty": 1,
            "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id,
            "company_id": cls.company.id, "sale_line_id": sold.order_line.id})
        line = cls.env["stock.move.line"].create({
            "move_id": move.id, "picking_id": picking.id, "product_id": cls.product.id, "lot_id": lot.id,
            "quantity": 1, "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})
        cls.env.flush_all()
        cls.env.cr.execute(  # the way of the goods is another addon's: here they have arrived
            "UPDATE stock_move_line SET state = 'done', date = %s WHERE id = %s", (cls.delivered_on, line.id))
        cls.env.invalidate_all()
        return sold, lot

    def _request(self, user=None, **values):
        if "lot_id" not in values:
            values = {"partner_id": self.customer.id, **values}
        return self.env["service.request"].with_user(user or self.seller).create({
            "subject": "Breaker does not close", "source": "sales", **values})

    def _handed(self, **values):
        request = self._request(user_id=self.engineer.id, **values)
        request.action_hand_over()
        return request.with_user(self.engineer)

    def _contacted(self, **values):
        request = self._handed(**values)
        self._call(request)
        return request

    def _call(self, request, user=None, **values):
        entry = self.env["service.contact.entry"].with_user(user or self.engineer).create({
            "request_id": request.id, "note": "The spring is not charged.", **values})
        entry.action_log()

    def _solved(self, **values):
        request = self._contacted(**values)
        request.action_start()
        request.solution = "The motor of the spring was replaced."
        request.action_solve()
        return request

    def _asked(self, request):
        """Who has which to-do on the request."""
        return [(activity.user_id, activity.activity_type_id.get_external_id()[activity.activity_type_id.id].rpartition(
            "type_")[2]) for activity in request.sudo().activity_ids]
