"""A kit that is bought: its components are inspected one by one, and the order is of whole kits."""
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

import quality_company as qc

MINOR = {"name": "Appearance", "defect_class": "minor"}


@tagged("post_install", "-at_install")
class TestQualityKit(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        qc.hire(cls.env)
        cls.env.company.quality_gate_own_approval = True
        values = {"purchase_method": "receive", "supplier_taxes_id": [Command.clear()]}
        cls.kit = qc.component(cls.env, "Contact set", **values)
        cls.rail, cls.clamp = qc.component(cls.env, "Rail", **values), qc.component(cls.env, "Clamp", **values)
        cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                Command.create({"product_id": cls.rail.id, "product_qty": 1}),
                Command.create({"product_id": cls.clamp.id, "product_qty": 2})]})
        qc.plan(cls.env, cls.rail | cls.clamp, {"method": "whole", "defect_class": "minor"}, [MINOR])
        cls.order = qc.buy(cls.env, cls.kit, 10)
        cls.line = cls.order.order_line
        qc.receive(cls.order.picking_ids)

    def inspection(self, product):
        return self.env["quality.inspection"].search([("product_id", "=", product.id), ("parent_id", "=", False)])

    def decide(self, product, *rows):
        report = self.env["quality.nonconformity"].search([("product_id", "=", product.id)])
        report.disposition_ids = [Command.create(row) for row in rows]
        report.with_env(qc.act(self.env, "head")).action_decide()
        return report.disposition_ids

    def let_out(self, row):
        gate = row.gate_pass_id
        gate.with_env(qc.act(self.env, "head2")).action_approve()
        gate.with_env(qc.act(self.env, "guard")).action_out()

    def inspect(self, product, defects=0):
        return qc.inspect(self.inspection(product).with_env(qc.act(self.env, "inspector")), defects)

    def bill(self):
        self.order.action_create_invoice()
        return self.order.invoice_ids.invoice_line_ids.quantity

    def test_returned_component_is_not_received(self):
        """PUR-9, PUR-10, NCR-4: one component of a kit goes back: so many kits are neither received, qualified nor
        billed.
        """
        self.assertRecordValues(self.line, [{"qty_received": 10, "qty_qualified": 0, "qty_in_inspection": 10}])
        self.inspect(self.rail)
        self.inspect(self.clamp, 6)
        self.assertRecordValues(self.line, [{"qty_received": 10, "qty_qualified": 7, "qty_rejected": 3}])
        row = self.decide(self.clamp, {"kind": "return", "quantity": 6, "settlement": "credit"})
        self.assertEqual(row.move_ids.bom_line_id, self.inspection(self.clamp).move_id.bom_line_id)
        self.let_out(row)
        self.assertRecordValues(self.line, [{
            "qty_received": 7, "qty_qualified": 7, "qty_rejected": 0, "qty_to_invoice": 7}])
        self.assertEqual(self.bill(), 7)

    def test_all_of_a_component_is_returned(self):
        """PUR-9, PUR-10: without one of its components nothing of the kit is received, and nothing can be billed."""
        self.inspect(self.rail)
        self.inspect(self.clamp, 20)
        self.let_out(self.decide(self.clamp, {"kind": "return", "quantity": 20, "settlement": "credit"}))
        self.assertRecordValues(self.line, [{"qty_received": 0, "qty_qualified": 0, "qty_to_invoice": 0}])
        self.assertFalse(self.bill())

    def test_part_of_the_return_leaves(self):
        """PUR-9, NCR-5: what stays behind of the return is still of the kit, and leaves it with its own pass."""
        self.inspect(self.rail)
        self.inspect(self.clamp, 6)
        row = self.decide(self.clamp, {"kind": "return", "quantity": 6, "settlement": "credit"})
        gate = row.gate_pass_id
        gate.with_env(qc.act(self.env, "head2")).action_approve()
        gate.with_env(qc.act(self.env, "guard")).action_out({gate.line_ids.id: 4})
        self.assertRecordValues(self.line, [{"qty_received": 8, "qty_qualified": 7}])
        self.let_out(row)
        self.assertRecordValues(self.line, [{"qty_received": 7, "qty_qualified": 7}])

    def test_replaced_component_completes_the_kit(self):
        """PUR-9, NCR-4: the replacement of a component makes the kits whole again."""
        self.inspect(self.rail)
        self.inspect(self.clamp, 6)
        row = self.decide(self.clamp, {
            "kind": "return", "quantity": 6, "settlement": "replacement", "expected_return": "2030-01-10"})
        self.let_out(row)
        self.assertEqual(self.line.qty_received, 7)
        again = qc.receive(row.replacement_picking_id, "SH-2")
        self.assertEqual(self.line.qty_received, 10)
        qc.inspect(again.with_env(qc.act(self.env, "inspector")))
        self.assertRecordValues(self.line, [{"qty_received": 10, "qty_qualified": 10, "qty_to_invoice": 10}])
