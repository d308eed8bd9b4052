from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanClock(PlanCommon):
    def _clocks(self, record, code):
        """Deadlines of the open clocks of a policy on a record, as wall-clock times."""
        self._settle_transaction()
        clocks = self.env["sla.clock"].sudo().search([
            ("res_model", "=", record._name), ("res_id", "=", record.id), ("is_open", "=", True),
            ("policy_id", "=", self.env.ref(f"project_plan.sla_policy_{code}").id)])
        return [(clock.user_id, self._shown(clock.deadline_at)) for clock in clocks]

    def test_plan_is_due_within_hours(self):
        """PLN-1: a plan is to be released within a day (complete sets) or four hours (others); the release stops it."""
        self.assertEqual(self._clocks(self.plan, "plan_other"), [(self.planner, "12-04 14:00")])
        self.assertFalse(self._clocks(self.plan, "plan_complete_set"))
        self.template.plan_kind = "complete_set"
        complete = self._plan(name="S6")
        self.assertEqual(self._clocks(complete, "plan_complete_set"), [(self.planner, "12-07 09:00")])
        self.plan.with_user(self.planner).action_release_plan()
        self.assertFalse(self._clocks(self.plan, "plan_other"))

    def test_items_remind_their_people(self):
        """PLN-12, PLN-13: once released, each item has a clock before its start and one up to its finish, which moves
        with the plan and stops with what happens."""
        self.assertFalse(self._clocks(self.third, "item_due"))
        self.plan.with_user(self.planner).action_release_plan()
        self.assertEqual(self._clocks(self.third, "item_preparation"), [(self.fitter, "12-16 08:00")])
        self.assertEqual(self._clocks(self.third, "item_due"), [(self.fitter, "12-18 17:00")])
        self.second.duration_hours = 48
        self.assertEqual(self._clocks(self.third, "item_due"), [(self.fitter, "12-21 17:00")])
        self.first.with_user(self.designer).action_mark_begun()
        self.assertFalse(self._clocks(self.first, "item_preparation"))
        self.first.with_user(self.designer).action_mark_done()
        self.assertFalse(self._clocks(self.first, "item_due"))

    def test_packing_is_told_ahead(self):
        """PLN-15: packing is told three days before in a complete set, one day before else."""
        self.last.write({"is_packing": True, "duration_hours": 8, "is_milestone": False})
        self.plan.with_user(self.planner).action_release_plan()
        self.assertTrue(self._clocks(self.last, "packing_other"))
        self.assertFalse(self._clocks(self.last, "packing_complete_set"))
        steps = [self.env.ref(f"project_plan.sla_policy_packing_{kind}_notice") for kind in ("complete_set", "other")]
        self.assertEqual([(step.offset, step.unit) for step in steps], [(3, "days"), (1, "days")])

    def test_delayed_plan(self):
        """PLN-6: a released plan whose forecast passes the promised date runs a clock until it does not."""
        self.plan.with_user(self.planner).action_release_plan()
        self.assertFalse(self._clocks(self.plan, "plan_delayed"))
        self.plan.promised_date = date(2026, 12, 10)
        self.assertTrue(self._clocks(self.plan, "plan_delayed"))
        self.assertEqual(self._clocks(self.plan, "plan_follow_up"), [(self.planner, "12-10 17:00")])
        self.plan.promised_date = date(2026, 12, 31)
        self.assertFalse(self._clocks(self.plan, "plan_delayed"))

    def test_order_desk_follows_up(self):
        """PLN-12: the order desk compares the progress before the promised date, where somebody there may look at
        plans; else the planner does. It follows the setting and the desk's manager."""
        self.plan.with_user(self.planner).action_release_plan()
        desk = self.env["hr.department"].create({"name": "Order desk", "company_id": self.company.id})
        clerk = self._user("desk", "base.group_user,project.group_project_user")
        desk.manager_id = self.env["hr.employee"].create({
            "name": "Clerk", "user_id": clerk.id, "department_id": desk.id, "company_id": self.company.id})
        self.company.plan_desk_department_id = desk
        self.env.cr.flush()
        self.assertEqual(self._clocks(self.plan, "plan_follow_up")[0][0], clerk)
        self.assertEqual(self.plan.follow_up_user_id, clerk)
        with self.assertRaises(AccessError):
            self.plan.with_user(self.planner).follow_up_user_id = self.planner
        clerk.group_ids = self.env.ref("base.group_user")
        self.company.plan_desk_department_id = self.workshop
        self.company.plan_desk_department_id = desk
        self.env.cr.flush()
        self.assertEqual(self._clocks(self.plan, "plan_follow_up")[0][0], self.planner)

    def test_summaries_have_no_clock(self):
        """PLN-12: a summary without a department of its own reminds nobody."""
        summary = self.env["project.task"].create({"name": "Build", "project_id": self.plan.id})
        self.third.parent_id = summary
        self.plan.with_user(self.planner).action_release_plan()
        self.assertFalse(self._clocks(summary, "item_due"))

    def test_form_of_a_plan(self):
        """RPT-1, PLN-1: the master plan prints all its items, planned, actual and forecast."""
        self.first.with_user(self.designer).action_mark_begun()
        self.plan.plan_meeting_ids = [Command.clear()]
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html("project_plan.report_project_plan", self.plan.ids)[0].decode()
        for text in ("Design", "Assemble", "26-12-16", "26-12-04", "Planner", f"MP{self.plan.id:05}-0"):
            self.assertIn(text, html)

    def test_excel_columns(self):
        """PLN-1: the export of items has a ready set of columns, all of which exist."""
        export = self.env.ref("project_plan.ir_exports_plan_items")
        names = export.export_fields.mapped("name")
        self.assertGreater(len(names), 10)
        items = self.plan.plan_item_ids.with_user(self.planner)
        self.assertEqual(len(items.export_data(names)["datas"]), 4)
