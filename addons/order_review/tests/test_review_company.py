from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewCompany(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        second = cls.env["res.company"].create({"name": "Second plant"})
        cls.stranger = new_test_user(
            cls.env, "rv_stranger", groups="order_review.group_order_review_desk", email="stranger@plant.example",
            company_id=second.id, company_ids=[Command.set(second.ids)])

    def _assert_refused(self, function):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            function()

    def test_desk_of_another_company_cannot_act(self):
        """REV-2, REV-11: who knows the number of another company's record cannot act on it by RPC."""
        order = self._order()
        order.with_user(self.desk).action_prepare_review()
        draft = order.review_ids.with_user(self.stranger)
        self._assert_refused(draft.action_submit)
        self._assert_refused(draft.action_cancel)
        self._assert_refused(order.with_user(self.stranger).action_request_review)
        self._assert_refused(order.order_document_ids.with_user(self.stranger).action_release)
        self.assertEqual(draft.sudo().state, "draft")

    def test_desk_of_another_company_cannot_answer_for_the_customer(self):
        """REV-5: the customer's answer is recorded by those who may see the round."""
        review = self._submit(self._order())
        self._agree(review)
        self._conclude(review, "conditional", conditions=[{"name": "Other scheme", "kind": "technical"}])
        self._assert_refused(lambda: self.env["order.review.customer"].with_user(self.stranger).create({
            "review_id": review.id, "answer": "refused", "answered_by": "Nobody", "note": "Not feasible",
        }).action_record())
        self.assertEqual(review.customer_state, "waiting")

    def test_desk_of_another_company_cannot_close_an_instruction(self):
        """INS-1: an instruction is issued, closed and cancelled by the desk of its company."""
        order = self._reviewed()
        order.with_user(self.sales).action_confirm()
        contract = self._document(order, "contract", "Contract", release=False)
        order.with_user(self.desk)._register_contract(contract, "Mr. Wang", order.date_order.date())
        order.with_user(self.desk).action_issue_instruction()
        instruction = order.instruction_ids
        instruction.with_user(self.desk).action_issue()
        for action in ("action_done", "action_cancel", "action_acknowledge"):
            self._assert_refused(getattr(instruction.with_user(self.stranger), action))
        self.assertEqual(instruction.state, "issued")
