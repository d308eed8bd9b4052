from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.order_change_mrp.tests.common import OrderChangeMrpCommon


@tagged("-at_install", "post_install")
class TestInspection(OrderChangeMrpCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._user("q_change", "quality_inspection.group_quality_user")
        cls.plan = cls.env["quality.inspection.plan"].create({
            "name": "Doors", "trigger": "incoming",
            "characteristic_ids": [Command.create({"name": "Surface", "kind": "check"})],
            "sampling_ids": [Command.create({"defect_class": "major", "method": "whole"})]})
        cls.drawing = cls.env["document.release"].create({
            "kind_id": cls.env.ref("document_release.kind_drawing").id, "subject": "Front", "discipline": "both",
            "attachment_ids": [Command.create({"name": "a.dwg", "raw": b"drawing"})],
            "receiver_ids": [Command.create({"department_id": cls.departments["quality"].id})]})
        cls.drawing.sudo().write({"res_model": "sale.order", "res_id": cls.order.id})
        cls.drawing.action_release()

    def test_superseded_drawing_warns_at_the_inspection(self):
        """CHG-8: in force nothing is said; out of force the inspector is warned once, of what is made for the order and
        of what is bought for it, and it is on record; he is not stopped."""
        self._start(production_id=self.production.id, product_id=self.cabinet.id)
        self.assertFalse(self._uses())
        change = self._change(
            {"kind": "document", "release_id": self.drawing.id}, source="engineering", proof=False)
        change.action_assess()
        self._approve(change)
        bought = self._purchases(self.sheet)
        bought.order_id.button_confirm()
        inspection = self._start(production_id=self.door_production.id, product_id=self.door.id)
        self.assertEqual((inspection.state, len(self._uses())), ("in_progress", 1))
        inspection.with_user(self.inspector).action_start()  # goes on
        self.assertEqual(len(self._uses()), 1)
        self._start(picking_id=bought.order_id.picking_ids.id, product_id=self.sheet.id)
        self.assertEqual(len(self._uses()), 2)
        self.assertIn(self.inspector.name, self._uses()[0].body)

    def test_impact_names_the_inspections(self):
        """CHG-9: open inspections of what is made for the order; where not only a quantity changes concluded ones, too;
        none where it is a price; each is a matter of the quality department."""
        begun = self._start(production_id=self.production.id, product_id=self.cabinet.id)
        done = self._start(production_id=self.door_production.id, product_id=self.door.id)
        done._write_signed({"state": "done", "verdict": "accept"})
        self._start(product_id=self.door.id)  # of another order
        for line, touched in ((self._text(), begun | done), (self._quantity(12), begun), (self._price(90), begun[:0])):
            with self.subTest(line=line["kind"]):
                change = self._change(line)
                change.action_compute_impact()
                rows = change.impact_ids.filtered(lambda row: row.res_model == "quality.inspection")
                self.assertEqual(set(rows.mapped("res_id")), set(touched.ids))
                self.assertTrue(rows.department_id <= self.departments["quality"])
                self.assertEqual(len(rows.department_id), bool(touched))

    def _start(self, **values):
        inspection = self.env["quality.inspection"].sudo().create({
            "plan_id": self.plan.id, "quantity": 1, "trigger": "manual", **values})
        inspection.action_submit()
        inspection.with_user(self.inspector).action_start()
        return inspection

    def _uses(self):
        return self.drawing.message_ids.filtered(lambda message: "out of force at" in (message.body or ""))
