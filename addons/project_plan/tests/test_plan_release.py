from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanRelease(PlanCommon):
    def _release(self, plan=None, reason=None):
        return (plan or self.plan).with_user(self.planner)._release_plan(reason).sudo()

    def _mails(self, baseline):
        return self.env["mail.mail"].sudo().search([("model", "=", baseline._name), ("res_id", "=", baseline.id)])

    def test_who_makes_plans_and_who_sees_them(self):
        """PLN-1: planners make plans, by whatever door; customers are not shown what is planned inside the house."""
        manager = self._user("manager", "project.group_project_manager")
        for context, vals in (({}, {"is_plan": True}), ({"default_is_plan": True}, {})):
            with self.assertRaises(AccessError):
                self.env["project.project"].with_user(manager).with_context(**context).create({"name": "Mine", **vals})
            plan = self.env["project.project"].with_user(self.planner).with_context(**context).create(
                {"name": "Mine", **vals})
            self.assertRecordValues(plan, [{"planner_id": self.planner.id, "privacy_visibility": "employees"}])
            self.assertTrue(plan.plan_begin)

    def test_new_plan_has_a_company_to_choose_a_template_from(self):
        """PLN-1: the form offers only templates of the plan's company; without one it would offer none."""
        projects = self.env["project.project"].with_user(self.planner).with_company(self.company)
        given = projects.with_context(default_is_plan=True).default_get(["company_id", "planner_id"])
        self.assertEqual((given.get("company_id"), given.get("planner_id")), (self.company.id, self.planner.id))
        self.assertFalse(projects.default_get(["company_id"]).get("company_id"))

    def test_first_release(self):
        """PLN-7: the plan is released as revision 1; each department is mailed its items, and only its own."""
        baseline = self._release()
        self.assertEqual((self.plan.plan_state, self.plan.plan_revision, self.plan.baseline_id), (
            "released", 1, baseline))
        self.assertEqual(baseline.released_by_id, self.planner)
        self.assertEqual(set(baseline.line_ids.mapped("change")), {"added"})
        self.assertEqual(self.first.baseline_finish, self.first.planned_finish)
        mails = self._mails(baseline)
        self.assertEqual(mails.recipient_ids, (self.designer + self.buyer + self.fitter).partner_id)
        mine = mails.filtered(lambda mail: self.fitter.partner_id in mail.recipient_ids)
        self.assertIn("Assemble", mine.body_html)
        self.assertIn("2026-12-16 08:00", mine.body_html)
        self.assertNotIn("Buy", mine.body_html)
        self.assertFalse(self.plan.has_unreleased_changes)

    def test_revision_says_what_changed(self):
        """PLN-7: a changed plan is a new revision with the change of each item; who is not concerned gets no mail."""
        self._release()
        self.third.duration_hours = 32
        self.assertTrue(self.plan.has_unreleased_changes)
        packing = self.env["project.task"].create({
            "name": "Pack", "project_id": self.plan.id, "plan_department_id": self.workshop.id,
            "plan_user_id": self.fitter.id, "duration_hours": 8})
        baseline = self._release(reason="More wiring")
        changes = {line.name: (line.change, line.moved_days) for line in baseline.line_ids}
        self.assertEqual(changes, {
            "Design": ("unchanged", 0), "Buy": ("unchanged", 0), "Assemble": ("moved", 3), "Ready": ("moved", 3),
            "Pack": ("added", 0)})
        mails = self._mails(baseline)
        self.assertEqual(mails.recipient_ids, self.fitter.partner_id)
        self.assertIn("More wiring", mails.body_html)
        self.assertIn("2026-12-18 17:00", mails.body_html)
        self.assertEqual(packing.baseline_start, packing.planned_start)

    def test_nothing_is_mailed_twice(self):
        """PLN-7: telling again tells nothing again; releasing without a change is refused."""
        baseline = self._release()
        count = len(self._mails(baseline))
        baseline.with_user(self.planner)._tell_departments()
        self.assertEqual(len(self._mails(baseline)), count)
        with self.assertRaisesRegex(UserError, "nothing has changed"):
            self._release()

    def test_removed_item(self):
        """PLN-7: an item that was deleted or cancelled stands as removed in the next revision, once."""
        self._release()
        self.last.with_user(self.planner).unlink()
        self.third.with_user(self.planner).state = "1_canceled"
        self.assertTrue(self.plan.has_unreleased_changes)
        baseline = self._release()
        self.assertEqual(baseline.line_ids.filtered(lambda line: line.change == "removed").mapped("name"),
                         ["Assemble", "Ready"])
        self.assertFalse(self.plan.has_unreleased_changes)

    def test_change_taken_back(self):
        """PLN-7: a plan that is again as it was released has no unreleased change."""
        self._release()
        self.second.duration_hours = 48
        self.assertTrue(self.plan.has_unreleased_changes)
        self.second.duration_hours = 40
        self.assertFalse(self.plan.has_unreleased_changes)
        self.second.plan_user_id = self.fitter
        self.assertTrue(self.plan.has_unreleased_changes)

    def test_progress_is_no_change(self):
        """PLN-7: what happens moves the forecast, not the plan that was released."""
        self._release()
        with freeze_time("2026-12-11 00:00:00"):
            self.plan._reschedule()
            self.assertTrue(self.first.is_item_late)
            self.assertFalse(self.plan.has_unreleased_changes)

    def test_released_stays(self):
        """PLN-7: what was released is changed and deleted by nobody."""
        baseline = self._release()
        with self.assertRaises(AccessError):
            baseline.with_user(self.planner).write({"reason": "No"})
        with self.assertRaises(UserError):
            baseline.sudo().write({"reason": "No"})
        with self.assertRaises(UserError):
            baseline.line_ids[0].sudo().write({"planned_finish": False})
        with self.assertRaises(UserError):
            baseline.sudo().unlink()
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            self.plan.with_user(self.planner).unlink()

    def test_who_releases(self):
        """PLN-7: planners release; nobody writes the state of a plan."""
        with self.assertRaisesRegex(AccessError, "Planner"):
            self.plan.with_user(self.designer).action_release_plan()
        with self.assertRaises(AccessError):
            self.plan.with_user(self.planner).plan_state = "released"
        with self.assertRaises(AccessError):
            self.first.with_user(self.planner).planned_finish = self._at("2026-12-31 17:00")

    def test_incomplete_plan(self):
        """PLN-1: a plan is released when each item has a department and a person; what is missing is named."""
        (self.first + self.second).plan_user_id = False
        self.third.plan_department_id = False
        with self.assertRaisesRegex(UserError, r"(?s)without a department: Assemble.*without a person: Design, Buy"):
            self._release()

    def test_empty_plan(self):
        """PLN-1: a plan without items is not released."""
        empty = self.env["project.project"].with_user(self.planner).create({
            "name": "Empty", "is_plan": True, "promised_date": date(2026, 12, 31)})
        self.assertEqual((empty.planner_id, empty.company_id, empty.allow_task_dependencies), (
            self.planner, self.company, True))
        with self.assertRaisesRegex(UserError, "no items"):
            empty.action_release_plan()
        empty.plan_template_id = self.template
        empty.action_take_template()
        self.assertEqual(empty.plan_item_count, 4)
        with self.assertRaisesRegex(UserError, "items already"):
            empty.action_take_template()

    def test_nonregular_plan_needs_minutes(self):
        """PLN-2: a non-regular plan is released after a coordination meeting whose minutes are concluded."""
        self.template.write({"plan_kind": "nonregular", "meeting_department_ids": [
            Command.set((self.design + self.workshop).ids)]})
        plan = self._plan(name="S3")
        with self.assertRaisesRegex(UserError, "minutes"):
            self._release(plan)
        meeting = self.env["project.plan.meeting"].with_user(self.planner).create({
            "project_id": plan.id, "participant_ids": [Command.set((self.designer + self.buyer).ids)]})
        with self.assertRaisesRegex(UserError, "what was agreed"):
            meeting.action_conclude()
        meeting.minutes = "<p>Agreed</p>"
        with self.assertRaisesRegex(UserError, "nobody of Workshop"):
            meeting.action_conclude()
        meeting.participant_ids += self.fitter
        meeting.action_conclude()
        self.assertEqual(self._release(plan).meeting_id, meeting)

    def test_concluded_minutes_stay(self):
        """PLN-2: concluded minutes are changed and deleted by nobody; departments conclude none."""
        meeting = self.env["project.plan.meeting"].with_user(self.planner).create({
            "project_id": self.plan.id, "minutes": "<p>Agreed</p>",
            "participant_ids": [Command.set((self.designer + self.buyer).ids)]})
        with self.assertRaises(AccessError):
            meeting.with_user(self.designer).action_conclude()
        meeting.action_conclude()
        self.assertEqual((meeting.state, meeting.concluded_by_id), ("concluded", self.planner))
        with self.assertRaises(AccessError):
            meeting.minutes = "<p>Other</p>"
        with self.assertRaises(UserError):
            meeting.sudo().minutes = "<p>Other</p>"
        with self.assertRaises(UserError):
            meeting.unlink()

    def test_other_company(self):
        """PLN-1: a plan does not go to a company whose departments are others; nobody there sees it."""
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "another company"), self.env.cr.savepoint():
            self.plan.sudo().company_id = other
        with self.assertRaises(ValidationError):
            self.plan.sudo().company_id = False
        theirs = self.env["hr.department"].create({"name": "Theirs", "company_id": other.id})
        with self.assertRaises(UserError):
            self.first.plan_department_id = theirs
        baseline = self._release()
        stranger = self._user("stranger", "project_plan.group_planner")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        theirs = self.env(user=stranger, context={"allowed_company_ids": other.ids})
        self.assertFalse(theirs["project.plan.baseline"].search([("id", "=", baseline.id)]))
        self.assertFalse(theirs["project.task.link"].search([("project_id", "=", self.plan.id)]))

    def test_closed_and_cancelled(self):
        """PLN-1: a plan is closed when all its items are; cancelled it warns of nothing; reopened it goes on."""
        self._release()
        plan = self.plan.with_user(self.planner)
        with self.assertRaisesRegex(UserError, "not finished yet: Design"):
            plan.action_close_plan()
        for task in self.first + self.second + self.third + self.last:
            task.with_user(self.planner).action_mark_done()
        plan.action_close_plan()
        self.assertEqual((plan.plan_state, plan.plan_progress), ("done", 100))
        plan.action_reopen_plan()
        plan.action_cancel_plan()
        self.assertEqual(plan.plan_state, "cancelled")
        with self.assertRaisesRegex(UserError, "Cancelled"):
            plan.action_release_plan()

    def test_nobody_is_told_of_a_draft(self):
        """PLN-7: who is named in a draft is not mailed; the release tells, item by item."""
        def told():
            return self.env["mail.message"].sudo().search_count([("partner_ids", "in", self.fitter.partner_id.ids)])

        before = told()
        self._plan(name="S4")
        self.second.plan_user_id = self.fitter
        self.assertEqual(told(), before)
        plain = self.env["project.project"].create({"name": "Plain", "company_id": self.company.id})
        self.env["project.task"].create({
            "name": "Plain", "project_id": plain.id, "user_ids": [Command.link(self.fitter.id)]})
        self.assertGreater(told(), before)

    def test_plan_that_was_a_project(self):
        """PLN-1: a project with tasks and dependencies becomes a plan: its dependencies are links."""
        project = self.env["project.project"].create({
            "name": "Old", "company_id": self.company.id, "allow_task_dependencies": True})
        first, second = self.env["project.task"].create([
            {"name": name, "project_id": project.id, "duration_hours": 8} for name in ("One", "Two")])
        second.depend_on_ids = first
        project.with_user(self.planner).write({"is_plan": True, "plan_begin": self._at("2026-12-07 08:00")})
        self.assertEqual(second.link_in_ids.predecessor_id, first)
        self.assertEqual(self._dates(first + second), [
            ("12-07 08:00", "12-07 17:00"), ("12-08 08:00", "12-08 17:00")])

    def test_copy_is_no_plan(self):
        """PLN-1: the copy of a plan is a plain project; plans are made from templates."""
        copied = self.plan.copy()
        self.assertFalse(copied.is_plan)
        self.assertEqual((copied.plan_state, copied.plan_revision), ("draft", 0))

    def test_item_moved_to_another_plan(self):
        """PLN-3: an item that is moved to another plan leaves its links behind; both plans follow."""
        other = self._plan(name="S5")
        self.second.with_user(self.planner).project_id = other
        self.assertFalse(self.second.link_in_ids | self.second.link_out_ids)
        self.assertEqual(self._dates(self.third), [("12-07 08:00", "12-09 17:00")])
        self.assertEqual(self._dates(self.second), [("12-07 08:00", "12-11 17:00")])
