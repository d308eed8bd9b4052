import importlib.util
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReviewCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.1.2.0" / "post-conditions.py"
INNER, SCHEME, WORDING = "Witnessed test before delivery", "Breaker CW3, new cut-outs", "Breaker of the same rating"


@tagged("post_install", "-at_install")
class TestInstructionConditions(ReviewCommon):
    """What the order was accepted on reaches the workshop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special)
        cls.asked = cls.order._get_requested_date()
        cls.review = cls._submit(cls.order)
        for role, values in (("quality", {"name": INNER}), ("engineering", {"name": SCHEME, "kind": "technical"})):
            line = cls._line(cls.review, role)
            line.check_ids.result = "ok"
            line.condition_ids = [Command.create(values)]
            line.action_conditional()
        cls.review.condition_ids.filtered("for_customer").customer_wording = WORDING
        cls._line(cls.review, "production").earliest_date = cls.asked + timedelta(days=8)
        cls._agree(cls.review, "desk", "production", "purchasing")
        cls._conclude(cls.review, "conditional")

    def _instruct(self):
        self._record_customer(self.review)
        self.order.action_confirm()
        self.order.with_user(self.desk)._register_contract(
            self._document(self.order, "contract", "Contract"), "Mr. Wang", fields.Date.today())
        action = self.order.with_user(self.desk).action_issue_instruction()
        instruction = self.env["production.instruction"].browse(action["res_id"]).with_user(self.desk)
        instruction.action_issue()
        return instruction

    def _row(self, instruction, role):
        return instruction.acknowledgement_ids.filtered(
            lambda row: row.department_id == self.departments[role]).with_user(self.reviewers[role])

    def test_instruction_carries_the_conditions_in_force(self):
        """INS-1, REV-5: internal ones and the customer's, with who set them and the words agreed with him; the
        workshop reads them in the form and on paper."""
        instruction = self._instruct().with_user(self.reviewers["production"])
        self.assertEqual(instruction.condition_ids, self.review.condition_ids)
        self.assertEqual(set(instruction.condition_ids.mapped("set_by_department")), {
            "quality department", "engineering department", "Conclusion"})
        report = self.env["ir.actions.report"].with_user(self.reviewers["production"])
        page = report._render_qweb_html("order_review.report_production_instruction", instruction.ids)[0].decode()
        for text in (INNER, SCHEME, WORDING, self.reviewers["quality"].name, "Accepted by the customer"):
            self.assertIn(text, page)

    def test_acknowledgement_names_the_conditions(self):
        """INS-1, REV-5: what a department acknowledges stands in its row, in words, and stays; before that nothing."""
        instruction = self._instruct()
        row, other = self._row(instruction, "production"), self._row(instruction, "quality")
        self.assertFalse(row.acknowledged_conditions)
        row.action_acknowledge()
        for text in (INNER, SCHEME, WORDING):
            self.assertIn(text, row.acknowledged_conditions)
        self.assertFalse(other.acknowledged_conditions)
        for record in (row, row.sudo(), other):
            with self.assertRaises(UserError):
                record.write({"acknowledged_conditions": "None"})
        for user in (self.desk, self.env.user):
            with self.assertRaises(UserError if user == self.env.user else AccessError):
                instruction.with_user(user).write({"condition_ids": [Command.clear()]})

    def test_issuer_does_not_acknowledge(self):
        """INS-1: whoever issues an instruction is not asked to acknowledge it, and cannot."""
        manager = self.departments["purchasing"].manager_id
        self.departments["purchasing"].manager_id = self.desk.employee_id or self._employee(
            self.desk, self.departments["purchasing"])
        self.head.manager_id = self.departments["purchasing"].manager_id  # in charge of all of them
        instruction = self._instruct()
        self.assertTrue(manager)
        self.assertEqual(instruction.acknowledgement_ids.department_id, (
            self.departments["engineering"] | self.departments["production"] | self.departments["quality"]))
        self.assertFalse(instruction.can_acknowledge)
        with self.assertRaises(UserError):
            instruction.action_acknowledge()
        with self.assertRaises(AccessError):
            self._row(instruction, "quality").with_user(self.desk).action_acknowledge()

    def test_requested_date_stays_beside_the_promised_one(self):
        """REV-4, REV-5: what the customer asked for stays when another date is promised, in the next round as well,
        which measures by the date agreed since."""
        self.assertEqual(self.order.requested_date, self.asked)
        self._record_customer(self.review)
        promised = self.asked + timedelta(days=8)
        self.assertEqual((self.order._get_requested_date(), self.order.requested_date), (promised, self.asked))
        self.order.order_line.product_uom_qty = 3
        second = self._submit(self.order)
        self.assertRecordValues(second, [{
            "requested_date": self.asked, "agreed_date": promised, "promise_date": promised}])
        self._agree(second)
        self._conclude(second, "accept")
        self.assertEqual(second.stage, "cleared")

    def test_request_follows_the_quotation_until_a_promise(self):
        """REV-4: while nothing is promised, the date of the quotation is what the customer asks for."""
        order = self._order()
        order.commitment_date += timedelta(days=5)
        self.assertEqual(order.requested_date, order._get_requested_date())

    def test_former_conditions_stay_the_customers(self):
        """REV-5, INS-1: conditions of a round that the customer was asked about are his after the update; whoever
        issued an instruction is waited for no more."""
        instruction = self._instruct()
        for role in ("engineering", "production", "purchasing"):
            self._row(instruction, role).action_acknowledge()
        self.env.flush_all()
        self.env.cr.execute("UPDATE order_review_condition SET for_customer = false WHERE review_id = %s",
                            self.review.ids)
        self.env.cr.execute("UPDATE order_review SET agreed_date = NULL WHERE id = %s", self.review.ids)
        self.env.cr.execute("UPDATE sale_order SET requested_date = NULL WHERE id = %s", self.order.ids)
        self.env.cr.execute("UPDATE production_instruction_acknowledgement SET user_id = %s WHERE id = %s", [
            self.desk.id, self._row(instruction, "quality").id])
        self.env.invalidate_all()
        spec = importlib.util.spec_from_file_location("post_conditions", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(set(self.review.condition_ids.mapped("for_customer")), {True})
        self.assertEqual((self.review.agreed_date, self.order.requested_date), (self.asked, self.asked))
        self.assertRecordValues(instruction, [{"state": "acknowledged"}])
        self.assertEqual(len(instruction.acknowledgement_ids), 3)
