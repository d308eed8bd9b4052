import ast

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestNextStep(ReviewCommon):
    """Whoever looks finds the one button of the next step, and no more clicks than the step needs."""

    def _primary(self, record, user):
        """Names of the primary buttons in the header of the form, as the user sees it."""
        record = record.with_user(user)
        buttons = etree.fromstring(record.get_view(view_type="form")["arch"]).xpath(
            "//header//button[contains(@class, 'btn-primary') or contains(@class, 'oe_highlight')]")
        return [button.get("name") for button in buttons if not self._is_hidden(button, record)]

    def _is_hidden(self, button, record):
        condition = button.get("invisible") or "False"
        names = {node.id for node in ast.walk(ast.parse(condition, mode="eval")) if isinstance(node, ast.Name)}
        return safe_eval(condition, {name: record[name] for name in names})

    def _assert_next(self, record, expected):
        for user, name in expected.items():
            self.assertEqual(self._primary(record, user), [name] if name else [], f"{user.login}, {record}")

    def test_order_before_its_review(self):
        """INT-2, INT-3: confirm, hand over, send: one primary button each, for sales and for the desk."""
        order = self._order(ready=False)
        self._assert_next(order, {
            self.sales: "action_confirm_requirements", self.desk: "action_confirm_requirements"})
        self._confirm_requirements(order)
        self._assert_next(order, {self.sales: False, self.desk: "action_request_review"})
        order.with_user(self.desk)._hand_back("Is the date right?")
        self._assert_next(order, {self.sales: "action_hand_over", self.desk: "action_request_review"})

    def test_round_and_order_until_the_instruction(self):
        """REV-3, REV-5, QUO-2, INS-1: from the running round to the production instruction."""
        order = self._order()
        review = self._submit(order)
        quality = self.reviewers["quality"]
        self._assert_next(order, {self.sales: "action_view_reviews", self.desk: "action_view_reviews"})
        self._assert_next(review, {self.sales: False, self.desk: "action_answer", quality: False})
        action = review.with_user(self.desk).action_answer()
        self.assertEqual(action["res_id"], self._line(review, "desk").id)
        self._agree(review)
        self._assert_next(review, {self.desk: False, self.general_manager: "action_conclude"})
        self._conclude(review, "accept")
        self._assert_next(review, {
            self.desk: "action_view_order", self.sales: "action_view_order", self.general_manager: False})
        self._assert_next(order, {self.desk: "action_quotation_send", self.sales: "action_quotation_send"})
        order.action_confirm()
        self.assertEqual(order.invoice_status, "to invoice")
        self._assert_next(order, {self.desk: "action_register_contract"})
        self._register(order)
        self._assert_next(order, {self.desk: "action_issue_instruction"})
        order.with_user(self.desk).action_issue_instruction()
        self._assert_next(order.instruction_ids, {self.desk: "action_issue"})
        order.instruction_ids.with_user(self.desk).action_issue()
        self._assert_next(order.instruction_ids, {self.reviewers["production"]: "action_acknowledge"})

    def test_changed_order_goes_to_review_again(self):
        """REV-11: a confirmed order that was changed has its way back to review."""
        order = self._reviewed()
        order.action_confirm()
        self._register(order)
        order.order_line.product_uom_qty = 9
        self.assertEqual(order.review_stage, "outdated")
        self._assert_next(order, {self.desk: "action_request_review"})
        self.assertEqual(self._submit(order).stage, "in_review")

    def _register(self, order, **values):
        document = self._document(order, "contract", "Contract", release=False)
        wizard = self.env["order.contract.register"].with_user(self.desk).create({
            "order_id": order.id, "signed_by": "Mr. Wang", **values})
        self.assertEqual(wizard.document_id, document)
        wizard.action_register()
        return wizard

    def test_signed_contract_confirms_the_quotation(self):
        """QUO-2, REV-11: a paper contract confirms the reviewed quotation, as the signature on the portal does; the
        only contract of the order is proposed."""
        order = self._reviewed()
        self._register(order)
        self.assertRecordValues(order, [{"state": "sale", "contract_effective": True}])

    def test_signed_contract_does_not_pass_the_gate(self):
        """QUO-2, REV-11: the contract of an order that is not reviewed yet is registered, and confirms nothing."""
        order = self._order()
        self._register(order)
        self.assertEqual((order.state, order.contract_signed_by), ("draft", "Mr. Wang"))

    def test_all_criteria_met_in_one_tap(self):
        """REV-3: one button answers the open criteria as met; what was answered otherwise stays."""
        review = self._submit(self._order(self.special))
        line = self._line(review, "engineering")
        line.check_ids[0].result = "na"
        with Form(line) as form:
            self.assertTrue(form.has_open_criteria)
        line.action_meet_all()
        self.assertEqual(set(line.check_ids[1:].mapped("result")), {"ok"})
        self.assertEqual(line.check_ids[0].result, "na")
        self.assertFalse(line.has_open_criteria)
        again = line.with_context(opinion_dialog=True).action_meet_all()
        self.assertEqual((again["res_id"], again["target"]), (line.id, "new"), "the dialog stays open")
        line.action_agree()
        self.assertEqual(line.state, "agree")

    def test_nobody_meets_the_criteria_of_others(self):
        """REV-3: the button is the department's own."""
        line = self._line(self._submit(self._order(self.special)), "engineering")
        with self.assertRaises(AccessError):
            line.with_user(self.reviewers["quality"]).action_meet_all()

    def test_departments_are_named_in_every_language(self):
        """REV-6: departments that are made at installation bear the names of their parts in each language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        role = self.env["order.review.role"].create({"name": "Logistics"})
        role.with_context(lang="zh_CN").name = "物流管理中心"
        departments = self.env["order.review.role"]._create_departments(self.company)
        made = departments.filtered(lambda department: department.name == "Logistics")
        self.assertEqual(made.with_context(lang="zh_CN").name, "物流管理中心")

    def test_departments_are_found_by_their_name_in_any_language(self):
        """REV-6: a part goes to the department that bears its name in one of the languages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        role = self.env["order.review.role"].create({"name": "Logistics"})
        role.with_context(lang="zh_CN").name = "物流管理中心"
        theirs = self.env["hr.department"].create({"name": "物流管理中心", "company_id": self.company.id})
        role._find_departments()
        self.assertEqual(role.department_ids, theirs)

    def test_round_is_concluded_on_the_board(self):
        """REV-5, REV-12: the board's card opens the conclusion for whoever may conclude, and for nobody else."""
        review = self._submit(self._order())
        self._agree(review)
        arch = etree.fromstring(review.get_view(view_type="kanban")["arch"])
        self.assertTrue(arch.xpath("//templates//button[@name='action_conclude']"))
        self.assertTrue(review.with_user(self.general_manager).can_conclude)
        self.assertFalse(review.with_user(self.desk).can_conclude)
        self.env["order.review.conclude"].with_user(self.general_manager).create({
            "review_id": review.id}).action_conclude()
        self.assertEqual(review.stage, "cleared")
