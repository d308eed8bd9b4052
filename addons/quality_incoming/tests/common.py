from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from odoo.addons.base.tests.common import BaseCommon


class IncomingCommon(BaseCommon):
    """A company that buys inspected bolts: one warehouse, a plan by AQL 1.0 at level II, people of each department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.env.su:  # beside other test classes that work as a person of theirs
            cls.env = cls.env(user=SUPERUSER_ID, context={
                **cls.env.context, "allowed_company_ids": cls.company.ids})
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.company, install_demo=False)
        cls.env["quality.inspection.plan"].search([]).active = False
        cls.inspector = cls._user("inspector", "quality_inspection.group_quality_user")
        cls.head = cls._user("head", "quality_inspection.group_quality_manager")
        cls.keeper = cls._user("keeper", "stock.group_stock_user")
        cls.buyer = cls._user("buyer", "purchase.group_purchase_user")
        cls.purchase_head = cls._user("purchase_head", "purchase.group_purchase_manager")
        cls.company.quality_department_id = cls._department("Quality", cls.head)
        cls.company.purchase_department_id = cls._department("Purchasing", cls.purchase_head)
        cls.company.delivery_note_required = False
        cls.company.quality_own_decision = True
        cls.company.quality_gate_own_approval = True
        cls.warehouse = cls.env["stock.warehouse"].create({
            "name": "Bolt store", "code": "QIBS", "company_id": cls.company.id})
        cls.hold = cls.warehouse.wh_qc_stock_loc_id
        cls.stock = cls.warehouse.lot_stock_id
        cls.supplier = cls.env["res.partner"].create({"name": "Bolt Works", "email": "sales@bolts.example"})
        cls.product = cls._product("Bolt M12")
        cls.plain = cls._product("Washer")
        cls.plan = cls._plan(cls.product)

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env, f"qi_{login}", groups=groups, email=f"{login}@plant.example", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)])

    @classmethod
    def _department(cls, name, manager):
        employee = cls.env["hr.employee"].create({
            "name": manager.name, "user_id": manager.id, "company_id": cls.company.id})
        return cls.env["hr.department"].create({
            "name": name, "manager_id": employee.id, "company_id": cls.company.id})

    @classmethod
    def _product(cls, name, **values):
        return cls.env["product.product"].create({
            "name": name, "is_storable": True, "purchase_method": "receive", "standard_price": 10,
            "supplier_taxes_id": [Command.clear()], "taxes_id": [Command.clear()], **values})

    @classmethod
    def _plan(cls, product, **sampling):
        """A plan with one pass/fail characteristic of class minor, so that no departments need to review."""
        return cls.env["quality.inspection.plan"].create({
            "name": f"Plan of {product.name}",
            "trigger": "incoming",
            "company_id": cls.company.id,
            "product_ids": [Command.set(product.ids)],
            "characteristic_ids": [Command.create({"name": "Thread", "kind": "check", "defect_class": "minor"})],
            "sampling_ids": [Command.create({
                "defect_class": "minor", "method": "aql", "level": "II", "aql": "1.0", **sampling})],
        })

    def _order(self, *lines, supplier=None, confirm=True, **values):
        """Purchase order; a line is a tuple of product and quantity, at a price of 10."""
        order = self.env["purchase.order"].create({
            "partner_id": (supplier or self.supplier).id,
            "company_id": self.company.id,
            "user_id": self.buyer.id,
            "picking_type_id": self.warehouse.in_type_id.id,
            "order_line": [Command.create({
                "product_id": product.id, "product_qty": quantity, "price_unit": 10,
            }) for product, quantity in lines],
            **values})
        if confirm:
            order.button_confirm()
        return order

    def _receive(self, order, quantity=None, lots=None, note="DN-1"):
        """Receive an order's open transfer; part of it when a quantity is given.

        :param lots: dict of lot name to quantity, for tracked goods
        """
        picking = order.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))[:1]
        picking.delivery_note_ref = note
        move = picking.move_ids[:1]
        if lots:
            move.move_line_ids.unlink()
            move.move_line_ids = [Command.create({
                "product_id": move.product_id.id, "lot_name": name, "quantity": amount, "picking_id": picking.id,
                "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            }) for name, amount in lots.items()]
        elif quantity is not None:
            move.quantity = quantity
        picking.move_ids.picked = True
        self._validate(picking)
        return picking

    def _validate(self, picking):
        result = picking.button_validate()
        if isinstance(result, dict) and result.get("res_model") == "stock.backorder.confirmation":
            Form.from_action(self.env, result).save().process()
        self.assertEqual(picking.state, "done")

    def _inspect(self, inspection, defects=0, user=None, **values):
        """Start, count the defects of the first characteristic, conclude."""
        mine = inspection.with_user(user or self.inspector)
        mine.action_start()
        mine.save_results({
            "revision": mine.revision,
            "lines": [{"id": line.id, "defect_count": defects if number == 0 else 0}
                      for number, line in enumerate(mine.line_ids)]})
        mine.action_conclude(**values)
        return inspection

    def _dispose(self, nonconformity, *rows):
        """Propose and sign dispositions."""
        nonconformity.disposition_ids = [Command.create({"reason": "Test", **row}) for row in rows]
        nonconformity.with_user(self.head).action_decide()
        return nonconformity.disposition_ids

    def _bill(self, order, post=True):
        order.action_create_invoice()
        bill = order.invoice_ids.sorted("id")[-1:]
        bill.invoice_date = fields.Date.today()
        if post:
            bill.action_post()
        return bill

    def _pay(self, bill, amount=None):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids).create({})
        if amount is not None:
            wizard.amount = amount
        return wizard._create_payments()

    def _stock_of(self, product, location):
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "child_of", location.id)]).mapped("quantity"))
