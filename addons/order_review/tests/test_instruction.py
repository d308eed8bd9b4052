from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import REVIEWER, ReviewCommon


@tagged("post_install", "-at_install")
class TestInstruction(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.special, packing_requirements="Sea freight crates")
        cls.drawing = cls._document(cls.order, "drawing", "Front view")
        review = cls._submit(cls.order)
        cls._agree(review)
        cls._conclude(review, "accept")

    def _sign(self):
        self.order.with_user(self.desk)._register_contract(
            self._document(self.order, "contract", "Contract"), "Mr. Wang", fields.Date.today())

    def _instruction(self):
        action = self.order.with_user(self.desk).action_issue_instruction()
        return self.env["production.instruction"].browse(action["res_id"]).with_user(self.desk)

    def test_names_what_is_to_be_produced(self):
        """INS-1: it names products, quantities, dates, quality and packing demands, with the drawings."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction()
        self.assertRecordValues(instruction, [{
            "state": "draft", "quality_requirements": "GB 3906", "packing_requirements": "Sea freight crates",
            "delivery_date": self.order._get_requested_date(), "review_id": self.order.review_id.id}])
        self.assertRecordValues(instruction.line_ids, [{
            "product_id": self.special.id, "quantity": 2, "date": self.order._get_requested_date()}])
        self.assertIn(self.drawing, instruction.document_ids)
        self.assertEqual(
            instruction.acknowledgement_ids.department_id,
            self.order.review_id.line_ids.department_id - self.departments["desk"], "the desk issues it")
        self.assertEqual(self._instruction(), instruction, "opened again, not made twice")

    def test_needs_confirmation_and_contract(self):
        """INS-1: issued only for a confirmed order whose contract is in effect."""
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self._instruction()
        self.order.action_confirm()
        with self.assertRaisesRegex(UserError, "not in effect"):
            self._instruction()

    def test_changed_order_is_not_instructed(self):
        """INS-1, REV-11: an order that changed since its review is not instructed."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction()
        self.order.order_line.price_unit = 1.0
        with self.assertRaisesRegex(UserError, "has changed since its review"):
            instruction.action_issue()

    def test_issued_by_the_order_desk(self):
        """INS-1: the order desk issues; the salesperson and the departments do not."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction()
        for user in (self.sales, self.reviewers["production"]):
            with self.assertRaises(UserError):
                instruction.with_user(user).action_issue()
            with self.assertRaises(AccessError):
                instruction.with_user(user).write({"state": "issued"})

    def test_departments_acknowledge(self):
        """INS-1: each department acknowledges for itself; the last one closes the matter."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction()
        instruction.action_issue()
        self.assertTrue(self.order.instruction_issued)
        self.assertTrue(instruction.activity_ids.filtered(lambda a: a.user_id == self.reviewers["quality"]))
        stranger = self._user("stranger", REVIEWER)
        with self.assertRaises(UserError):
            instruction.with_user(stranger).action_acknowledge()
        quality = instruction.acknowledgement_ids.filtered(lambda r: r.department_id == self.departments["quality"])
        with self.assertRaises(AccessError):
            quality.with_user(self.reviewers["engineering"]).action_acknowledge()
        for user in [user for user in self.reviewers.values() if user != self.desk]:
            self.assertEqual(instruction.state, "issued")
            instruction.with_user(user).action_acknowledge()
        self.assertEqual(instruction.state, "acknowledged")
        self.assertEqual(quality.acknowledged_by, self.reviewers["quality"])
        self.assertFalse(instruction.activity_ids)
        instruction.action_done()
        with self.assertRaises(UserError):
            instruction.action_cancel()

    def test_cancelled_one_is_replaced(self):
        """INS-1: a wrong instruction is cancelled, kept, and a new one issued."""
        self.order.action_confirm()
        self._sign()
        first = self._instruction()
        first.action_issue()
        first.action_cancel()
        self.assertFalse(self.order.instruction_issued)
        second = self._instruction()
        self.assertNotEqual(first, second)
        with self.assertRaises(UserError):
            first.sudo().unlink()

    def test_says_whom_it_is_for_and_what(self):
        """INS-1: without products or departments it is not issued."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction()
        instruction.line_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "no product"):
            instruction.action_issue()

    def test_payment_state_is_visible(self):
        """PAY-2: the instruction shows the state of payment to production too."""
        self.order.action_confirm()
        self._sign()
        instruction = self._instruction().with_user(self.reviewers["production"])
        self.assertEqual(instruction.read(["payment_status"])[0]["payment_status"], "none")
