"""A master plan from the instruction to its moved item, a contact sheet answered on the phone; what it costs."""
from datetime import timedelta

from odoo import fields

from odoo.addons.project_plan_review.tests.common import PlanReviewCommon

import role_day

ROOT = "project_plan.project_plan_menu_root"


class TestPlanDays(PlanReviewCommon, role_day.RoleDays):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template.link_ids = [fields.Command.create({
            "predecessor_id": cls.template.item_ids[0].id, "successor_id": cls.template.item_ids[1].id})]
        cls.engineer, cls.foreman = cls.reviewers["engineering"], cls.reviewers["production"]
        for user in cls.engineer | cls.foreman | cls.general_manager | cls.sales:
            user.group_ids += cls.env.ref("project.group_project_user")
        cls.general_manager.group_ids += cls.env.ref("project_plan.group_plan_manager")
        (cls.planner | cls.engineer | cls.foreman | cls.general_manager | cls.sales).write(
            {"lang": "zh_CN", "tz": "Asia/Shanghai", "odoobot_state": "disabled"})

    def test_plan_days(self):
        """PLN-1, PLN-6 to PLN-9, PLN-13, PLN-19: the planner releases the plan that the instruction made and moves
        an item on the timeline, the department objects and answers a contact sheet on the phone, the general manager
        decides, sales reads the delay warning and says when finished goods are shipped; from the login on, for what
        the table of costs says."""
        plan = self._instruct(self._ready()).sudo().plan_project_id
        design, assembly = plan.plan_item_ids.sorted("sequence")
        self._release(plan)
        self._object(plan, design)
        self._decide(plan)
        self._move(plan, design, assembly)
        self._answer(self._ask(assembly))
        self._warn(plan)
        self._ship(plan)

    def _release(self, plan):
        name = plan.name
        with self.day(self.planner.login) as planner:
            planner.start(ROOT)
            planner.click(".o_data_row .o_data_cell", name)
            planner.click("button[name=action_release_plan]")
            planner.click(".modal-footer .btn-primary")
            planner.see(".o_arrow_button_current[data-value=released]")
        self.cost("planner", "plan of an instruction released", planner)
        self.assertRecordValues(plan, [{"plan_state": "released", "plan_revision": 1}])
        self.assertEqual(plan.baseline_id.released_by_id, self.planner)

    def _object(self, plan, item):
        name = item.name
        with self.day(self.engineer.login) as engineer:
            engineer.start(ROOT)
            engineer.menu("project_plan.project_plan_menu_items", "project_plan.project_plan_menu_my_items")
            engineer.click(".o_data_row .o_data_cell", name)
            engineer.click("button[name=action_new_objection]")
            engineer.fill("[name=wanted_finish] input", "+30d")
            engineer.fill("[name=reason] textarea", "断路器改型")
            engineer.click("button[name=action_raise]")
            engineer.click("button[name=action_escalate]")
            engineer.click(".modal-footer .btn-primary")
            engineer.see(".o_arrow_button_current[data-value=escalated]")
        self.cost("department", "objection raised and taken to the general manager", engineer)
        objection = self.env["project.plan.objection"].search([("project_id", "=", plan.id)])
        self.assertRecordValues(objection, [{
            "state": "escalated", "task_id": item.id, "raised_by": self.engineer.id}])

    def _decide(self, plan):
        objection = self.env["project.plan.objection"].search([("project_id", "=", plan.id)])
        number, item = objection.name, objection.task_id.name
        with self.day(self.general_manager.login) as manager:
            manager.click(".o_menu_systray .o-mail-ActivityMenu-counter, .o_menu_systray .fa-clock-o")
            manager.click(".o-mail-ActivityGroup", "异议")
            manager.click(".o_data_row .o_data_cell, .o_kanban_record", number)
            manager.fill("[name=answer] textarea", "维持原计划，加班完成")
            manager.click("button[name=action_decide]")
            manager.see(".o_arrow_button_current[data-value=decided]")
            self.cost("general manager", "objection to a plan decided", manager)
            manager.clicks = manager.fields = 0
            manager.start(ROOT)
            manager.click("[data-menu-xmlid='project_plan.project_plan_menu_timeline']")
            manager.see(".gantt_task_line", item)
        self.cost("general manager", "an order seen on the timeline", manager)
        self.assertRecordValues(objection, [{"state": "decided", "decided_by": self.general_manager.id}])

    def _move(self, plan, first, item):
        """An item is moved, and a link between two taken away by the mouse and drawn anew."""
        former = item.link_in_ids.id
        before, name, other = item.planned_start, item.name, first.name
        with self.day(self.planner.login) as planner:
            planner.start(ROOT)
            planner.click("[data-menu-xmlid='project_plan.project_plan_menu_timeline']")
            planner.drag(".gantt_task_line", name, 240)
            planner.see(".o_schedule_effect_line", name)
            planner.click(".o_schedule_save")
            planner.see("body:not(:has(.o_schedule_effect))")
            self.cost("planner", "item moved on the timeline", planner)
            planner.clicks = 0
            planner.click_line(f".o_schedule_link[data-link-id='{former}'] .o_hit")
            planner.click(".modal-footer .btn-primary")
            planner.see("body:not(:has(.modal)):not(:has(.o_schedule_link))")
            self.cost("planner", "link taken away on the timeline", planner)
            planner.clicks = 0
            planner.click(".gantt_task_line", other)
            planner.carry(".gantt_task_line.gantt_selected .task_end_date .gantt_link_point", ".gantt_task_line", name)
            planner.see(".o_schedule_link")
        self.cost("planner", "two items linked on the timeline", planner)
        self.assertGreater(item.planned_start, before)
        self.assertRecordValues(item.link_in_ids, [{"predecessor_id": first.id, "kind": "fs"}])
        self.assertNotEqual(item.link_in_ids.id, former)
        self.assertTrue(plan.has_unreleased_changes)

    def _ask(self, item):
        sheet = self.env["contact.sheet"].with_user(self.planner).create({
            "kind": "contact", "res_model": "project.task", "res_id": item.id, "subject": "母排到料",
            "to_department_id": item.plan_department_id.id, "question": "何时可以开工？",
            "date_due": fields.Datetime.now() + timedelta(days=2)})
        sheet.action_send()
        return sheet

    def _answer(self, sheet):
        subject = sheet.subject
        with self.day(self.foreman.login, phone=True) as foreman:
            foreman.click(".o_menu_systray .o-mail-ActivityMenu-counter, .o_menu_systray .fa-clock-o")
            foreman.click(".o-mail-ActivityGroup", "联系单")
            foreman.click(".o_kanban_record, .o_data_row .o_data_cell", subject)
            foreman.fill("[name=answer] textarea", "明天开工")
            foreman.fill("[name=promised_date] input", "+1d")
            foreman.click("button[name=action_answer]")
            foreman.see("body:not(:has(button[name=action_answer]))")
        self.cost("foreman", "contact sheet answered (phone)", foreman)
        self.assertRecordValues(sheet, [{"state": "answered", "answered_by": self.foreman.id}])

    def _warn(self, plan):
        plan.promised_date = fields.Date.today() - timedelta(days=1)
        self.env.cr.flush()
        warning = self.env["project.plan.warning"].search([("project_id", "=", plan.id)])
        self.assertIn(self.sales, warning.informed_user_ids)
        number, name = warning.name, plan.name
        with self.day(self.sales.login) as sales:
            sales.start(ROOT)
            sales.menu("project_plan.project_plan_menu_follow_up", "project_plan.project_plan_menu_warnings")
            sales.click(".o_data_row .o_data_cell", number)
            sales.see("[name=project_id]", name)
        self.cost("sales", "delay warning read", sales)

    def _ship(self, plan):
        items = plan.plan_item_ids
        self.env["project.task"].create({
            "name": "发货", "project_id": plan.id, "duration_hours": 8, "done_rule": "delivery",
            "plan_department_id": items[0].plan_department_id.id})
        items.write({"actual_start": plan.plan_begin, "actual_finish": fields.Datetime.now()})
        paper = self.env["project.plan.unshipped"]._ask_for(plan.company_id)
        self.assertEqual(paper.user_id, self.sales)
        with self.day(self.sales.login) as sales:
            sales.click(".o_menu_systray .o-mail-ActivityMenu-counter, .o_menu_systray .fa-clock-o")
            sales.click(".o-mail-ActivityGroup", "未发货")
            sales.click(".o_data_row [name=finished_on]", "")
            sales.fill(".o_selected_row [name=shipping_date] input", "+5d")
            sales.click(".o_data_row button[name=action_answer]")
            sales.see("body:not(:has(button[name=action_answer]))")
        self.cost("sales", "shipping date of finished goods", sales)
        self.assertRecordValues(paper, [{"state": "answered", "answered_by": self.sales.id}])
