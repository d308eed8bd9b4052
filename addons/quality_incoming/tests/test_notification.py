from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IncomingCommon


@tagged("post_install", "-at_install")
class TestNotification(IncomingCommon):
    """Who is told of a result (REC-5, REC-6), and the supplier's answer (PUR-12)."""

    def setUp(self):
        super().setUp()
        self.plan.sampling_ids.method = "whole"
        self.order = self._order((self.product, 100))
        self._receive(self.order)
        self.inspection = self.order.order_line.quality_inspection_ids

    def _told(self):
        return self.inspection.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref("quality_inspection.mail_activity_type_result")).user_id

    def _report(self, defects=20):
        self._inspect(self.inspection, defects=defects)
        return self.env["quality.nonconformity"].search([("inspection_id", "=", self.inspection.id)])

    def test_poor_lot_goes_to_both_heads(self):
        """REC-5: below 95 % the heads of quality and of purchasing are told at once."""
        self._inspect(self.inspection, defects=6)
        self.assertEqual(self._told(), self.head | self.purchase_head)

    def test_small_problem_goes_to_the_buyer(self):
        """REC-5: at 95 % and above the buyer settles it."""
        self._inspect(self.inspection, defects=5)
        self.assertEqual(self._told(), self.buyer)

    def test_serious_finding_goes_to_both_heads(self):
        """REC-5: a wrong model is told to the heads, however many are good."""
        self._inspect(self.inspection, defects=1, findings={"finding_wrong_model": True})
        self.assertEqual(self._told(), self.head | self.purchase_head)

    def test_accepted_lot_is_noted_on_order_and_receipt(self):
        """REC-6: purchasing and material control read on the order that the goods are accepted."""
        planner = self._user("planner", "base.group_user")
        self.company.material_department_id = self._department("Material control", planner)
        self._inspect(self.inspection)
        self.assertFalse(self._told())
        note = self.order.message_ids[:1]
        self.assertIn(self.inspection.name, note.body)
        self.assertEqual(note.partner_ids, (self.buyer | planner).partner_id)
        self.assertIn(self.inspection.name, self.order.picking_ids.message_ids[:1].body)

    def test_head_of_purchasing_stands_in(self):
        """REC-5: without a buyer on the order, and without a department, an administrator of purchasing is told."""
        self.order.user_id = False
        self.assertEqual(self.inspection._get_buyer(), self.purchase_head)
        self.company.purchase_department_id = False
        self.assertTrue(self.company._get_purchase_head().has_group("purchase.group_purchase_manager"))

    def test_supplier_is_told_and_answers(self):
        """PUR-12: the buyer tells the supplier, records his answer, and the hours in between are kept."""
        report = self._report().with_user(self.buyer)
        with self.assertRaises(UserError):
            report.action_supplier_answered("We sort them")
        action = report.action_notify_supplier()
        self.assertEqual(action["context"]["default_partner_ids"], self.supplier.ids)
        report.sudo().supplier_notified_at = "2026-01-05 08:00:00"
        self.env["quality.supplier.answer"].with_user(self.buyer).create({
            "nonconformity_id": report.id, "answer": "We sort them"}).action_confirm()
        self.assertEqual(report.supplier_answer, "We sort them")
        self.assertGreater(report.supplier_response_hours, 24)
        with self.assertRaises(UserError):
            report.action_supplier_answered("Again")

    def test_others_do_not_speak_with_the_supplier(self):
        """PUR-12: a storekeeper neither tells the supplier nor records his answer."""
        with self.assertRaises(AccessError):
            self._report().with_user(self.keeper).action_notify_supplier()

    def test_buyer_reads_and_does_not_decide(self):
        """NCR-4: a buyer reads the report; he decides returns only where the company says so, and nothing else."""
        report = self._report()
        self.assertEqual(report.with_user(self.buyer).quantity, 20)
        report.disposition_ids = [Command.create({
            "kind": "return", "quantity": 20, "settlement": "credit", "reason": "Cracks"})]
        with self.assertRaises(AccessError):
            report.with_user(self.buyer).action_decide()
        self.company.quality_buyer_decides = True
        report.with_user(self.buyer).action_decide()
        self.assertEqual(report.state, "decided")

    def test_buyer_concedes_nothing(self):
        """NCR-4: that buyers may decide returns does not let them concede."""
        self.company.quality_buyer_decides = True
        report = self._report()
        report.disposition_ids = [Command.create({"kind": "concession", "quantity": 20, "reason": "Fits"})]
        with self.assertRaises(AccessError):
            report.with_user(self.buyer).action_decide()

    def test_buyer_cannot_write_inspections(self):
        """REC-3: buyers read inspections, they do not write them."""
        self.assertEqual(self.inspection.with_user(self.buyer).quantity, 100)
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.buyer).note = "Please accept"

    def test_certificates_are_entered_at_the_receipt(self):
        """REC-9: the storekeeper enters a lot's certificate from its receipt; goods without lots have none."""
        with self.assertRaises(UserError):
            self.order.picking_ids.action_view_quality_documents()
        tracked = self._product("Relay", tracking="lot")
        order = self._order((tracked, 5))
        picking = self._receive(order, lots={"L9": 5}).with_user(self.keeper)
        action = picking.action_view_quality_documents()
        self.env["quality.lot.document"].with_user(self.keeper).with_context(**action["context"]).create({
            "name": "CERT-9", "kind": "certificate"})
        self.assertEqual(picking.quality_document_count, 1)
        self.assertEqual(picking.move_line_ids.lot_id.quality_document_ids.name, "CERT-9")
