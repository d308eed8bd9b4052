from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.material_pegging.tests.common import PeggingCommon


class ShortageCommon(PeggingCommon):
    """The plant of the pegging, and who brings what is missing there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.planner = cls._user("planner", "mrp.group_mrp_manager")
        cls.other_planner = cls._user("other_planner", "mrp.group_mrp_manager")
        cls.buyer = cls._user("buyer", "purchase.group_purchase_user")
        cls.head_buyer = cls._user("head_buyer", "purchase.group_purchase_manager")
        cls.fitter = cls._user("fitter", "mrp.group_mrp_user")
        cls.storekeeper = cls._user("storekeeper", "stock.group_stock_user")
        cls.engineer = cls._user("engineer", "base.group_user")
        cls.inspector = cls._user("inspector", "base.group_user")
        cls.plant_manager = cls._user("plant_manager", "material_shortage.group_plant_manager")
        cls.boss = cls._user("boss", "base.group_user")
        cls.clerk = cls._user("clerk", "base.group_user")
        cls.engineering, cls.quality = cls._department("Design", cls.engineer), cls._department("QA", cls.inspector)
        cls.company.write({
            "shortage_planner_id": cls.other_planner.id, "shortage_buyer_id": cls.head_buyer.id,
            "shortage_engineering_department_id": cls.engineering.id,
            "shortage_quality_department_id": cls.quality.id, "shortage_group_manager_id": cls.boss.id,
            "sla_general_manager_id": cls.boss.id, "shortage_swap_policy": "agree"})
        cls.supplier.write({"buyer_id": cls.buyer.id, "email": "sales@copper.example.com"})

    @classmethod
    def _user(cls, login, groups, **values):
        company = values.pop("company", cls.company)
        return new_test_user(
            cls.env, f"shortage_{login}", groups=groups, company_id=company.id, email=f"{login}@plant.example.com",
            company_ids=[Command.set(company.ids)], **values)

    @classmethod
    def _department(cls, name, manager):
        department = cls.env["hr.department"].create({"name": name, "company_id": cls.company.id})
        department.manager_id = cls.env["hr.employee"].create({
            "name": manager.name, "user_id": manager.id, "company_id": cls.company.id, "department_id": department.id})
        return department

    @classmethod
    def make_orders(cls, wanted, **values):
        return super().make_orders(wanted, **{"user_id": cls.planner.id, **values})

    def settle(self, products=None):
        """The pegging runs, and what follows it."""
        self.env.flush_all()
        self.env["material.pegging"]._refresh(products)
        self.env["material.pegging"]._on_refreshed(products.ids if products else None)

    def lines(self, order, state=None):
        name = "production_id" if order._name == "mrp.production" else "picking_id"
        states = [("state", "=", state)] if state else []
        return self.env["material.shortage"].search([(name, "=", order.id), *states])

    def act(self, line, kind, user=None, **values):
        """Take a countermeasure by its window."""
        wizard = self.env["material.shortage.act"].with_user(user or self.planner).create({
            "shortage_id": line.id, "kind": kind, **values})
        wizard.action_take()
        return line.measure_ids.sorted("id")[-1:]

    def receive(self, order):
        picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking.move_ids.picked = True
        if "delivery_note_ref" in picking:  # where quality_incoming is installed, it asks for it
            picking.delivery_note_ref = "SH-1"
        picking.button_validate()
