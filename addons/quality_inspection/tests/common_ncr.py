from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

QUALITY = "quality_inspection.group_quality_user"


class NonconformityCommon(BaseCommon):
    """A plant with a head of quality, an inspector, a storekeeper, a worker and a guard, and goods under inspection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.head = cls._user("head", "quality_inspection.group_quality_manager")
        cls.inspector = cls._user("inspector", QUALITY)
        cls.other_inspector = cls._user("inspector2", QUALITY)
        cls.keeper = cls._user("keeper", "stock.group_stock_user")
        cls.keeper_head = cls._user("keeper_head", "stock.group_stock_manager")
        cls.worker = cls._user("worker", "base.group_user")
        cls.guard = cls._user("guard", "stock_gate_pass.group_gate_guard")
        cls.department = cls._department("Quality", cls.head)
        cls.purchasing = cls._department("Purchasing", cls._user("buyer", "base.group_user"))
        cls.engineering = cls._department("Engineering", cls._user("engineer", "base.group_user"))
        cls.company.quality_department_id = cls.department
        cls.company.quality_review_department_ids = [Command.set((cls.purchasing | cls.engineering).ids)]
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.hold = cls.warehouse.wh_qc_stock_loc_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.supplier = cls.env["res.partner"].create({"name": "Switch Works"})
        cls.part = cls._product("Contact")
        cls.code = cls.env["quality.defect.code"].create(
            {"code": "T-SCR", "name": "Scratched", "defect_class": "major"})

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(cls.env, f"ncr_{login}", groups=groups, email=f"{login}@plant.example",
                             company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)])

    @classmethod
    def _department(cls, name, manager):
        employee = cls.env["hr.employee"].create({
            "name": manager.name, "user_id": manager.id, "company_id": cls.company.id})
        department = cls.env["hr.department"].create({
            "name": f"{name} (test)", "company_id": cls.company.id, "manager_id": employee.id})
        employee.department_id = department
        return department

    @classmethod
    def _product(cls, name, tracking="none", **values):
        return cls.env["product.product"].create({
            "name": name, "type": "consu", "is_storable": True, "tracking": tracking, **values})

    @classmethod
    def _lots(cls, product, *names):
        return cls.env["stock.lot"].create([{"name": name, "product_id": product.id} for name in names])

    @classmethod
    def _put(cls, product, quantity, location=None, lot=None):
        """Goods in a location; as the head of quality counts them in."""
        cls.env["stock.quant"]._update_available_quantity(product, location or cls.stock, quantity, lot_id=lot)

    @classmethod
    def _receive(cls, product, quantity, lots=None, demand=None):
        """Goods received into the hold location; ``demand``: a move that waits for them by a chain."""
        move = cls.env["stock.move"].create({
            "product_id": product.id, "product_uom": product.uom_id.id, "product_uom_qty": quantity,
            "location_id": cls.suppliers.id, "location_dest_id": cls.hold.id, "company_id": cls.company.id,
            "picking_type_id": cls.warehouse.in_type_id.id, "picked": True,
            "picking_id": cls.env["stock.picking"].create({
                "picking_type_id": cls.warehouse.in_type_id.id, "partner_id": cls.supplier.id,
                "location_id": cls.suppliers.id, "location_dest_id": cls.hold.id}).id,
            "move_line_ids": [Command.create({
                "product_id": product.id, "product_uom_id": product.uom_id.id,
                "quantity": quantity / (len(lots) if lots else 1), "lot_id": lot.id if lot else False,
                "location_id": cls.suppliers.id, "location_dest_id": cls.hold.id}) for lot in lots or [None]],
        })
        with patch.object(cls.registry["quality.inspection.plan"], "_find_plans", lambda *args, **kwargs: {}):
            move._action_done()  # addons above would make inspections of their own
        if demand:  # addons that redirect receipts keep the chain
            move.move_dest_ids = demand
        return move

    @classmethod
    def _inspection(cls, product, quantity, lots=None, demand=None, **values):
        """An inspection of goods that were received into the hold location."""
        move = cls._receive(product, quantity, lots, demand)
        Inspection = cls.env["quality.inspection"]
        lots = lots or cls.env["stock.lot"]
        return Inspection._create_batch([Inspection._prepare_inspection_vals(
            cls.env["quality.inspection.plan"], product, quantity, trigger="incoming", move_id=move.id,
            picking_id=move.picking_id.id, partner_id=cls.supplier.id, location_id=cls.hold.id,
            company_id=cls.company.id, lot_id=lots.id if product.tracking == "lot" else False,
            lot_ids=[Command.set(lots.ids if product.tracking == "serial" else [])], **values)])

    @classmethod
    def _rejected(cls, product, quantity, lots=None, demand=None, severity="minor", **values):
        """The report of a lot that its inspection rejected, taken by the inspector."""
        inspection = cls._inspection(product, quantity, lots, demand, **values)
        inspection.write({"state": "done", "verdict": "reject"})
        record = cls.env["quality.nonconformity"]._create_from_inspection(
            inspection, quantity, lots=lots, defects=[{"defect_code_id": cls.code.id, "quantity": 1}])
        record.severity = severity
        inspection._update_quantities()
        return record

    @classmethod
    def _found(cls, product, quantity, user=None, lots=None, **values):
        """A report from the shop floor, open."""
        record = cls.env["quality.nonconformity"].with_user(user or cls.worker).create({
            "source": "process", "product_id": product.id, "quantity": quantity, "location_id": cls.stock.id,
            "severity": "minor", "lot_ids": [Command.set(lots.ids if lots else [])],
            "defect_line_ids": [Command.create({"defect_code_id": cls.code.id, "quantity": quantity})], **values})
        record.action_open()
        return record.with_env(cls.env)

    def _waiting_demand(self, product, quantity, **values):
        """A move made to order, which waits for a receipt that the test links to it."""
        demand = self.env["stock.move"].create({
            "product_id": product.id, "product_uom": product.uom_id.id, "product_uom_qty": quantity,
            "location_id": self.stock.id, "location_dest_id": self.customers.id, "procure_method": "make_to_order",
            "company_id": self.company.id, "picking_type_id": self.warehouse.out_type_id.id, **values})
        demand._action_confirm(create_proc=False)
        return demand

    def _propose(self, record, *tranches, user=None):
        return self.env["quality.disposition"].with_user(user or self.inspector).create([
            {"nonconformity_id": record.id, **self._tranche(*tranche)} for tranche in tranches])

    def _tranche(self, kind, quantity, values=None):
        extra = {
            "return": {"settlement": "credit"},
            "repair": {"expected_return": "2030-01-10"},
            "sort": {"responsible_id": self.worker.id},
            "rework": {"responsible_id": self.worker.id},
        }.get(kind, {})
        return {"kind": kind, "quantity": quantity, **extra, **(values or {})}

    def _decide(self, record, *tranches, user=None):
        """Propose and decide; returns the tranches as superuser, in their order."""
        rows = self._propose(record, *tranches)
        record.with_user(user or self.head).action_decide()
        return rows.sudo()

    def _available(self, product, location=None, lot=None):
        return self.env["stock.quant"]._get_available_quantity(product, location or self.stock, lot_id=lot)

    def _on_hand(self, product, location, lot=None):
        quants = self.env["stock.quant"]._gather(product, location, lot_id=lot)
        return sum(quants.mapped("quantity"))

    def _let_out(self, row, user=None):
        gate = row.gate_pass_ids.filtered(lambda one: one.state == "draft")
        gate.with_user(self.keeper_head).action_approve()
        gate.with_user(user or self.guard).action_out()
        return gate
