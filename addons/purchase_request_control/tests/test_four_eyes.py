"""Who wrote a paper, or chose its approver, does not approve it."""
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import RequestCommon


@tagged("-at_install", "post_install")
class TestFourEyes(RequestCommon):

    def _plan(self, collected=True):
        plan = self.env["purchase.plan"].with_user(self.buyer).create({})
        if collected:
            plan.action_collect()
        return plan

    def test_plan_filled_in_by_its_approver(self):
        """PUR-2: a head who fills in, changes or submits a colleague's plan does not approve it."""
        second = self._user("second_head", "purchase.group_purchase_manager")
        for number, step in enumerate((
                lambda plan: plan.action_collect() and plan.with_user(self.buyer).action_submit(),
                lambda plan: plan.with_user(self.buyer).action_collect() and plan.action_submit(),
                lambda plan: plan.with_user(self.buyer).action_collect() and plan.line_ids.write({"quantity": 3})
                and plan.with_user(self.buyer).action_submit(),
                lambda plan: plan.with_user(self.buyer).action_collect() and plan.line_ids[1:].unlink()
                and plan.with_user(self.buyer).action_submit(),
                lambda plan: plan.with_user(self.buyer).action_collect() and plan.write({"note": "Mine"})
                and plan.with_user(self.buyer).action_submit())):
            with self.subTest(number=number):
                self._approved(), self._approved()
                plan = self._plan(collected=False).with_user(self.head)
                step(plan)
                self.assertEqual((plan.state, plan.can_approve), ("to_approve", False))
                self.assertNotIn(self.head, plan.activity_ids.user_id)
                with self.assertRaisesRegex(AccessError, "your own"):
                    plan.action_approve()
                plan.with_user(second).action_approve()
                self.assertEqual(plan.approved_by, second)

    def test_plan_is_not_his_who_reads_it(self):
        """PUR-2: the head who only looks, returns it and gets it again approves it as before."""
        self._approved()
        plan = self._plan()
        plan.action_submit()
        self.assertEqual(plan.submitted_by, self.buyer)
        plan.with_user(self.head).action_return("Take the smaller lot")
        self.assertFalse(plan.submitted_by)
        plan.action_submit()
        plan.with_user(self.head).action_approve()

    def test_request_written_by_its_approver(self):
        """PUR-1: a manager who changes the lines of another's draft is not asked, and does not approve it."""
        self.manager.group_ids += self.env.ref("purchase_request.group_purchase_request_manager")
        line = Command.create({"product_id": self.busbar.id, "product_qty": 500, "name": "Busbar"})
        for number, change in enumerate((
                lambda request: request.line_ids.write({"product_qty": 99}),
                lambda request: request.write({"line_ids": [line]}),
                lambda request: request.line_ids.create({
                    "request_id": request.id, "product_id": self.busbar.id, "product_qty": 5, "name": "Busbar"}),
                lambda request: request.line_ids.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id}),
                lambda request: request.write({"description": "Another reason"}))):
            with self.subTest(number=number):
                request = self._request()
                change(request.with_user(self.manager))
                request.line_ids.filtered(lambda line: not line.product_uom_id).product_uom_id = self.busbar.uom_id
                request.button_to_approve()
                self.assertEqual(request.assigned_to, self.division)
                with self.assertRaisesRegex(AccessError, "requested by you"):
                    request.with_user(self.manager).button_approved()
                request.with_user(self.division).button_approved()

    def test_who_changes_does_not_approve_over_rpc(self):
        """PUR-1: as the client and scripts call it: the manager who administers requests takes a line of another's
        draft off, or up again, or corrects it; he cannot approve it then, nor lose his name by taking it back."""
        self.manager.group_ids += self.env.ref("purchase_request.group_purchase_request_manager")

        def call(user, records, method, *args):
            return call_kw(records.with_user(user), method, [records.ids, *args], {})

        for number, change in enumerate((
                lambda lines: call(self.manager, lines[1], "do_cancel"),
                lambda lines: [call(user, lines[1], method) for user, method in (
                    (self.applicant, "do_cancel"), (self.manager, "do_uncancel"))],
                lambda lines: call(self.manager, lines[0], "write", {"product_qty": 11}),
                lambda lines: call(self.manager, lines.request_id, "web_save", {"origin": "Mine"}, {}))):
            with self.subTest(number=number):
                request = self._request()
                request.write({"line_ids": [Command.create({
                    "product_id": self.busbar.id, "product_qty": 1, "product_uom_id": self.busbar.uom_id.id,
                    "name": "Busbar", "date_required": self.today})]})
                self.assertNotIn(self.manager, request.author_ids)
                change(request.line_ids)
                self.assertIn(self.manager, request.author_ids)
                call(self.applicant, request, "button_to_approve")
                self.assertEqual((request.assigned_to, request.with_user(self.manager).can_decide), (
                    self.division, False))
                for method in ("button_approved", "button_rejected"):
                    with self.assertRaisesRegex(AccessError, "requested by you"):
                        call(self.manager, request, method)
                call(self.manager, request, "button_draft")
                call(self.applicant, request, "button_to_approve")
                with self.assertRaisesRegex(AccessError, "requested by you"):
                    call(self.manager, request, "button_approved")
                call(self.division, request, "button_approved")
                self.assertEqual(request.approved_by, self.division)

    def test_written_by_is_nobodys_to_write(self):
        """PUR-1, PUR-2: the names stay, whoever would like his taken off."""
        self._approved()
        request, plan = self._request(), self._plan()
        plan.line_ids[0].with_user(self.head).quantity = 1
        self.assertEqual(plan.author_ids, self.buyer | self.head)
        for paper, user in ((request, self.applicant), (plan, self.head)):
            for values in ({"author_ids": [Command.clear()]}, {"submitted_by": self.keeper.id}):
                with self.assertRaises(AccessError):
                    paper.with_user(user).write(values)

    def test_department_is_not_chosen_freely(self):
        """MAT-2: whose manager approves follows from the applicant: his own department, or one that he manages; a
        manager asks for the departments below his."""
        lenient = self._department("Store", self._user("lenient", "base.group_user"))
        for department in (lenient.id, False):
            with self.subTest(department=department), self.assertRaisesRegex(ValidationError, "Assembly"):
                self._request(department_id=department)
        request = self._request()
        for values in ({"department_id": lenient.id}, {"department_id": False}):
            with self.assertRaises(ValidationError):
                request.write(values)
        self.assertEqual(self._request(department_id=self.department.id).department_id, self.department)
        self.division.group_ids += self.env.ref("purchase_request.group_purchase_request_user")
        self.assertEqual(self._request(user=self.division, department_id=self.department.id).department_id,
                         self.department)
        with self.assertRaises(ValidationError):
            self._request(user=self.division, department_id=lenient.id)

    def test_shared_levels_are_everybodys(self):
        """MAT-2, ARC-5: a level without company holds for all companies: who works for one of several neither lowers,
        adds, takes over nor deletes it; his own company's he writes."""
        shared = self.env.ref("purchase_request_control.level_special")
        self.env["res.company"].create({"name": "Sister Works"})
        mine = shared.with_user(self.administrator)
        own = mine.create({"request_kind": "plan", "level": "head", "company_id": self.company.id})
        own.level = "general"
        for act in (lambda: mine.write({"level": "manager"}), lambda: mine.write({"company_id": self.company.id}),
                    lambda: mine.create({"level": "general"}), lambda: own.write({"company_id": False}), mine.unlink):
            with self.assertRaisesRegex(AccessError, "every company"), self.env.cr.savepoint():
                act()
        self.administrator.company_ids = self.env["res.company"].search([])
        mine.level = "general"
        self.assertEqual(shared.level, "general")
