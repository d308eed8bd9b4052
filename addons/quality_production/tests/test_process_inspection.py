from odoo.exceptions import UserError
from odoo.fields import Command

from .common import ProductionCommon


class TestProcessInspection(ProductionCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process_plan = cls.make_plan(
            trigger="production", product_ids=[Command.set(cls.cabinet.ids)],
            operation_ids=[Command.set(cls.bom.operation_ids[0].ids)],
            sampling=[{"defect_class": "major", "method": "whole"}])

    def test_plan_asks_for_an_inspection_after_its_operation(self):
        """REC-4, FQC-2: the signed operation is inspected by its plan; quality confirms after a good verdict only."""
        order = self.make_order(quantity=2)
        card = order.process_card_id
        first, second = card.line_ids
        self.assertRecordValues(card.line_ids, [
            {"plan_id": self.process_plan.id, "quality_required": True}, {"plan_id": False, "quality_required": True}])
        self.check_received(card)
        self.sign(first)
        inspection = first.inspection_ids
        self.assertRecordValues(inspection, [{
            "trigger": "production", "state": "pending", "quantity": 2, "production_id": order.id,
            "location_id": False, "quantity_held": 0}])
        with self.assertRaisesRegex(UserError, "not passed"):
            first.with_user(self.inspector).action_quality_confirm("Seen")
        self.conclude(inspection)
        self.assertEqual(inspection.verdict, "accept")
        self.assertEqual(self.quantity_in(self.stock, self.cabinet), 0)
        first.with_user(self.inspector).action_quality_confirm("Seen")
        self.assertEqual(first.state, "done")

    def test_rejected_work_is_signed_and_inspected_again(self):
        """REC-4, FQC-2, NCR-3: what the inspection rejects is reworked, signed again and inspected again."""
        card = self.make_order(quantity=2).process_card_id
        line = card.line_ids[0]
        self.check_received(card)
        self.sign(line)
        first = line.inspection_ids
        self.conclude(first, defects=2)
        self.assertEqual(first.verdict, "reject")
        report = self.env["quality.nonconformity"].search([("inspection_id", "=", first.id)])
        self.assertRecordValues(report, [{
            "source": "process", "process_line_id": line.id, "leader_id": self.leader.id, "is_stocked": False}])
        with self.assertRaisesRegex(UserError, "not passed"):
            line.with_user(self.inspector).action_quality_confirm("Seen")
        line.with_user(self.inspector).action_quality_reject("Both bad")
        self.sign(line)
        again = line.inspection_ids - first
        self.conclude(again)
        line.with_user(self.inspector).action_quality_confirm("Seen")
        self.assertEqual(line.state, "done")

    def test_cancelled_inspection_does_not_pass_the_operation(self):
        """FQC-2, REC-4: an operation whose inspection was cancelled is not confirmed before it is inspected again."""
        card = self.make_order(quantity=2).process_card_id
        line = card.line_ids[0]
        self.check_received(card)
        self.sign(line)
        inspection = line.inspection_ids
        inspection.with_user(self.head).action_cancel()
        with self.assertRaisesRegex(UserError, f"{inspection.name}.* not passed"):
            line.with_user(self.inspector).action_quality_confirm("Seen")
        again = inspection.browse(inspection.with_user(self.inspector).action_inspect_again()["res_id"])
        self.assertRecordValues(again, [{
            "process_line_id": line.id, "process_card_id": card.id, "production_id": card.production_id.id}])
        self.conclude(again)
        line.with_user(self.inspector).action_quality_confirm("Seen")
        self.assertEqual(line.state, "done")

    def test_plan_without_operation_is_for_the_last_one(self):
        """REC-4: a plan for the process that names no operation applies to the last operation."""
        self.process_plan.operation_ids = False
        card = self.make_order().process_card_id
        self.assertEqual(card.line_ids.mapped("plan_id"), self.process_plan)
        self.assertFalse(card.line_ids[0].plan_id)
