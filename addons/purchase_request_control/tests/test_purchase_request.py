from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestPurchaseRequest(RequestCommon):
    """The way of a requisition."""

    def test_way_of_a_request(self):
        """PUR-1: name, quantity, specification, reason, applicant, department and date; approved by the manager, who
        gets a to-do and reads it; who and when are kept."""
        request = self._request()
        request.line_ids.specifications = "3P, 63 A"
        self.assertRegex(request.name, r"^PR\d+")
        self.assertEqual((request.requested_by, request.department_id), (self.applicant, self.department))
        self.assertEqual(request.date_start, self.today)
        request.button_to_approve()
        self.assertEqual((request.state, request.assigned_to), ("to_approve", self.manager))
        todo = self.env["mail.activity"].search([("res_model", "=", request._name), ("res_id", "=", request.id)])
        self.assertEqual(todo.user_id, self.manager)
        seen = request.with_user(self.manager)
        self.assertTrue(seen.can_decide)
        self.assertEqual(seen.line_ids.specifications, "3P, 63 A")
        Form(seen)  # everything on the form can be read by him
        seen.button_approved()
        self.assertRecordValues(request, [{"state": "approved", "approved_by": self.manager.id}])
        self.assertTrue(request.approved_on)
        self.assertFalse(todo.exists())

    def test_form_of_an_applicant(self):
        """PUR-1: an applicant with the least rights writes a request in the client, corrects it and asks for approval;
        a copy begins anew."""
        with Form(self.env["purchase.request"].with_user(self.applicant)) as form:
            form.description = "For the sets of May"
            form.request_kind = "plan"
            with form.line_ids.new() as line:
                line.product_id = self.breaker
                line.product_qty = 4
                line.specifications = "3P"
        request = form.record
        with Form(request) as form, form.line_ids.edit(0) as line:
            line.product_qty = 5
        self.assertEqual((request.line_ids.product_qty, request.line_ids.product_uom_id), (5, self.breaker.uom_id))
        request.button_to_approve()
        again = request.copy()
        self.assertEqual((again.state, again.line_ids.product_qty, again.assigned_to.id), ("draft", 5, False))
        self.assertNotEqual(again.name, request.name)

    def test_approver_by_kind(self):
        """MAT-2: advance purchase, change, first-time and special material go to the division head; the plan and
        shortages to the department's manager."""
        for kind, approver in (("plan", self.manager), ("shortage", self.manager), ("advance", self.division),
                               ("change", self.division), ("first", self.division), ("special", self.division)):
            with self.subTest(kind=kind):
                self.assertEqual(self._submitted(request_kind=kind).assigned_to, approver)

    def test_approver_by_amount(self):
        """MAT-2: from an amount on the general manager approves; it counts what the supplier takes, not the estimate
        that the applicant makes."""
        self.env["purchase.request.level"].create(
            {"amount_from": 5000, "level": "general", "company_id": self.company.id})
        self.assertEqual(self._submitted(quantity=49).assigned_to, self.manager)
        dear = self._submitted(quantity=50)
        self.assertEqual((dear.assigned_to, dear.approval_amount), (self.general, 5000))
        with self.assertRaises(AccessError):
            dear.with_user(self.manager).button_approved()
        dear.with_user(self.general).button_approved()

    def test_manager_asks_the_next_one(self):
        """PUR-1: the manager's own request goes to the next one up; those above the level may decide, too."""
        self.manager.group_ids += self.env.ref("purchase_request.group_purchase_request_user")
        own = self._submitted(user=self.manager)
        self.assertEqual(own.assigned_to, self.division)
        self._submitted().with_user(self.general).button_approved()

    def test_without_manager_the_administrators(self):
        """PUR-1: where no manager can be reached an administrator of requests decides, never his own."""
        self.applicant.employee_ids.department_id = False
        lost = self._submitted()
        self.assertIn(self.administrator, lost._get_approvers())
        lost.with_user(self.administrator).button_approved()
        own = self._request(user=self.administrator, department_id=False)
        own.button_to_approve()
        self.assertNotIn(self.administrator, own._get_approvers())
        with self.assertRaises(AccessError):
            own.button_approved()

    def test_self_approval_is_a_setting(self):
        """PUR-1: nobody approves what he asked for, in whosever name, unless the company says so."""
        self.manager.group_ids += self.env.ref("purchase_request.group_purchase_request_manager")
        own = self._submitted(user=self.manager)
        with self.assertRaisesRegex(AccessError, "requested by you"):
            own.button_approved()
        another_name = self._request(
            user=self.manager, requested_by=self.applicant.id, department_id=self.department.id)
        another_name.button_to_approve()
        with self.assertRaisesRegex(AccessError, "requested by you"):
            another_name.button_approved()
        self.company.purchase_self_approval = True
        own.button_approved()
        self.assertEqual(own.state, "approved")

    def test_rejection_has_a_reason(self):
        """PUR-1: a rejection says why; the applicant resets, corrects and asks again."""
        request = self._submitted()
        seen = request.with_user(self.manager)
        action = seen.button_rejected()
        for reason in ("", "   ", "xxxx", None):
            with self.assertRaises(UserError):
                seen.action_reject(reason)
        self.env["purchase.request.remark"].with_user(self.manager).with_context(**action["context"]).create(
            {"text": "Order the smaller frame"}).action_done()
        self.assertRecordValues(request, [{
            "state": "rejected", "rejected_by": self.manager.id, "reject_reason": "Order the smaller frame"}])
        with self.assertRaises(AccessError):
            request.line_ids.product_qty = 3
        request.button_draft()
        self.assertFalse(request.reject_reason or request.assigned_to or request.rejected_by)
        request.line_ids.product_qty = 3
        request.button_to_approve()

    def test_reset_clears_the_approval(self):
        """PUR-1: what was approved and is taken back has to be approved again; another's request is not reset."""
        request = self._approved()
        for other in (self.planner, self.buyer, self.manager):
            with self.assertRaises(AccessError):
                request.with_user(other).button_draft()
        request.button_draft()
        self.assertRecordValues(request, [{"state": "draft", "approved_by": False, "approved_on": False}])
        again = self._approved()
        self._order(again)
        with self.assertRaisesRegex(UserError, "on its way"):
            again.button_draft()

    def test_bad_quantities(self):
        """PUR-1: a quantity below zero, no number, another unit: refused when written; zero, no material, no reason:
        when it is asked for."""
        request = self._request()
        for quantity in (-1, float("nan"), float("inf"), 10 ** 12):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                self._request(quantity=quantity)
        with self.assertRaises(ValidationError):
            request.line_ids.product_uom_id = self.env.ref("uom.product_uom_litre")
        for wrong, match in (({"product_qty": 0}, "above zero"), ({"product_uom_id": False}, "its unit"),
                             ({"product_id": False, "name": " "}, "not what is needed")):
            with self.subTest(wrong=wrong), self.assertRaisesRegex(UserError, match):
                other = self._request()
                other.line_ids.write(wrong)
                other.button_to_approve()
        for values, match in (({"line_ids": []}, "no material"), ({"description": "?"}, "reason")):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, match):
                self._submitted(**values)

    def test_printed_form(self):
        """RPT-1: 物料需求申请单 in the reader's language, with its kinds as boxes and the signatures."""
        self.env["res.lang"]._activate_lang("zh_CN")
        request = self._approved()
        html = self.env["ir.actions.report"].with_context(lang="zh_CN")._render_qweb_html(
            "purchase_request_control.report_purchase_request", request.ids)[0].decode()
        days = request.date_start.isoformat(), request.line_ids.date_required.isoformat()  # as beside the signatures
        for text in (request.name, "Breaker", self.manager.name, "For the sets of May", "☑", *days):
            self.assertIn(text, html)

    def test_request_of_another_company(self):
        """ARC-5: each company has its own requests, and levels and tiers of its own."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("stranger", "purchase_request.group_purchase_request_manager,"
                              "purchase.group_purchase_manager", company_id=other.id,
                              company_ids=[Command.set(other.ids)])
        request = self._submitted()
        self.assertFalse(self.env["purchase.request"].with_user(stranger).search([("id", "=", request.id)]))
        for method in ("button_approved", "button_draft", "button_done"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(request.with_user(stranger), method)()
