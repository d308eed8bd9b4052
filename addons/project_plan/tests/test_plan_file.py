import base64
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..kernel.mspdi_read import read
from .test_mspdi import example, file, link, task, write
from .test_plan_load import LoadCommon


class FileCommon(LoadCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner, cls.member = (
            new_test_user(cls.env, f"file_{name}", group, company_id=cls.company.id,
                          company_ids=[Command.set(cls.company.ids)])
            for name, group in (("planner", "project_plan.group_planner"), ("member", "project.group_project_user")))

    def _wizard(self, content, user=None, **values):
        return self.env["project.plan.import"].with_user(user or self.planner).with_context(
            allowed_company_ids=self.company.ids).create({
                "datas": base64.b64encode(content), "file_name": "plan.xml", "company_id": self.company.id, **values})

    def _import(self, content, **values):
        wizard = self._wizard(content, **values)
        wizard.action_show()
        return self.env["project.project"].browse(wizard.action_import()["res_id"])

    def _items(self, plan):
        return {item.name: item for item in plan.plan_item_ids}


@tagged("post_install", "-at_install")
class TestPlanImport(FileCommon):
    def test_import_shows_before_it_creates(self):
        """PLN-3: each task, what it waits for, and what is taken over otherwise or left out, by line of the file."""
        plans = self.env["project.project"].search_count([])
        wizard = self._wizard(write(example()))
        with self.assertRaisesRegex(UserError, "press Show"):
            wizard.action_import()
        wizard.action_show()
        self.assertEqual((wizard.item_count, wizard.link_count), (5, 5))
        self.assertEqual(wizard.line_ids.filtered(lambda line: line.kind != "remark").mapped("kind"), [
            "summary", "item", "milestone", "item", "item"])
        self.assertIn("Design SS -4 h", wizard.line_ids[3].text)
        remarks = wizard.line_ids.filtered(lambda line: line.kind == "remark").mapped("text")
        self.assertEqual(len(remarks), wizard.remark_count)
        for words in ("its deadline", "around the clock becomes", "goes on around the clock", "50 %",
                      "hours of its own", "scheduled by hand"):
            self.assertTrue(any(words in remark and "Line " in remark for remark in remarks), (words, remarks))
        self.assertEqual(self.env["project.project"].search_count([]), plans)
        self.assertFalse(self.env["project.task"].search_count([("name", "=", "Drying")]))

    def test_plan_of_the_file(self):
        """PLN-3: items, summaries, links, milestones, pins, progress, actual dates and the former promise."""
        self.env["hr.employee"].create({
            "name": "Li Na", "user_id": self.member.id, "company_id": self.company.id,
            "department_id": self.workshop.id})
        source = example()
        source.resources[2] = "Li Na"
        plan = self._import(write(source), promised_date="2026-04-30")
        self.assertRecordValues(plan, [{
            "name": source.name, "is_plan": True, "plan_state": "draft", "promised_date": date(2026, 4, 30),
            "plan_begin": datetime(2026, 3, 2), "company_id": self.company.id, "planner_id": self.planner.id}])
        items = self._items(plan)
        self.assertEqual(items["Drawing"].parent_id, items["设计 Design"])
        self.assertRecordValues(items["Drawing"], [{
            "duration_hours": 24, "plan_progress": 50, "actual_start": datetime(2026, 3, 2), "actual_finish": False,
            "plan_department_id": self.design.id, "plan_user_id": self.member.id, "remaining_hours": 12,
            "baseline_start": datetime(2026, 3, 2), "baseline_finish": datetime(2026, 3, 3, 9),
            "entered_by_id": self.planner.id}])
        self.assertRecordValues(items["Half"], [{
            "duration_hours": 4, "plan_progress": 100, "actual_finish": datetime(2026, 3, 9, 4), "state": "1_done"}])
        self.assertTrue(items["Approved"].is_milestone)
        self.assertEqual(items["Drying"].pinned_start, datetime(2026, 3, 5))
        self.assertEqual(items["Drying"].duration_hours, 16)  # Thursday and Friday of three days around the clock
        links = {(each.predecessor_id.name, each.successor_id.name): (each.kind, each.lag_hours)
                 for each in items["Drying"].link_in_ids | items["Approved"].link_in_ids | items["Half"].link_in_ids}
        self.assertEqual(links, {
            ("Drawing", "Approved"): ("fs", 0), ("设计 Design", "Drying"): ("ss", -4),
            ("Approved", "Drying"): ("ff", 1.5), ("Drawing", "Drying"): ("sf", 8), ("Drying", "Half"): ("fs", 8)})
        self.assertTrue(plan.planned_finish)
        self.assertTrue(items["设计 Design"].planned_start)

    def test_into_a_plan_without_items(self):
        """PLN-3: a draft plan can be filled, one with items cannot."""
        self._import(file(task(1)), project_id=self.plan.id)
        self.assertEqual(self.plan.plan_item_ids.mapped("name"), ["Task 1"])
        self.assertEqual(self.plan.name, "S2026-118")
        with self.assertRaisesRegex(UserError, "has items already"):
            self._import(file(task(1)), project_id=self.plan.id)

    def test_faults_are_told_by_line_with_the_cure(self):
        """PLN-3, bad input: all faults at once; items that wait for each other are named; nothing is created."""
        bad = file("\n" + "\n".join([task(1, Duration="8 hours"), task(2, PredecessorLink=link(77))]))
        with self.assertRaisesRegex(
                UserError,
                "Line 2: Duration: “8 hours” is no duration. It is written like PT8H0M0S.\nLine 3: .*UID 77"):
            self._wizard(bad).action_show()
        circle = file(task(1, PredecessorLink=link(2)) + task(2, PredecessorLink=link(1)))
        with self.assertRaisesRegex(UserError, "Task 1 → Task 2 → Task 1"):
            self._wizard(circle).action_show()
        for content, words in ((b"PK\x03\x04", "no XML"), (file(), "no tasks"), (b"", "Choose the file")):
            with self.assertRaisesRegex(UserError, words):
                self._wizard(content).action_show()

    def test_who_imports(self):
        """PLN-3, ARC-5: planners, into their own companies."""
        with self.assertRaises(AccessError):
            self._wizard(file(task(1)), self.member)
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._wizard(file(task(1)), company_id=other.id).action_show()
        wizard = self._wizard(file(task(1)))
        with self.assertRaises(AccessError):
            wizard.write({"line_ids": [Command.create({"kind": "item", "name": "Mine"})]})

    def test_calendars_become_working_hours(self):
        """PLN-3: hours of the week, days off and make-up days, for who may make working hours."""
        with self.assertRaises(AccessError):
            self._wizard(write(example()), take_calendars=True).action_show()
        for group in ("order_sla.group_order_sla_manager", "base.group_system"):
            self.planner.group_ids += self.env.ref(group)
        self._import(write(example()), take_calendars=True)
        standard, clock = (
            self.env["resource.calendar"].search([("name", "=", name), ("company_id", "=", self.company.id)])
            for name in ("Standard", "Round the clock on Mondays"))
        time = standard._sla_work_time(self.company)
        worked = [time.worked(self._at(f"{day} 00:00"), self._at(f"{day} 23:00")) / 3600 for day in (
            "2026-03-13", "2026-03-14", "2026-03-15", "2026-04-06", "2026-04-07")]
        self.assertEqual(worked, [8, 8, 0, 0, 8])
        self.assertEqual(sum(clock.attendance_ids.mapped(lambda line: line.hour_to - line.hour_from)), 24 + 4 * 8)
        count = self.env["resource.calendar"].search_count([])
        self._import(write(example()), take_calendars=True)
        self.assertEqual(self.env["resource.calendar"].search_count([]), count)

    def test_long_chain(self):
        """PLN-3: 150 tasks that wait for each other, more than Odoo's own states of tasks bear at once (recursion)."""
        plan = self._import(file(task(1) + "".join(task(uid, PredecessorLink=link(uid - 1)) for uid in range(2, 151))))
        items = plan.plan_item_ids.sorted("sequence")
        self.assertEqual(items[0].state, "01_in_progress")
        self.assertEqual(set(items[1:].mapped("state")), {"04_waiting_normal"})
        self.assertEqual(plan.planned_finish, max(items.mapped("planned_finish")))


@tagged("post_install", "-at_install")
class TestPlanExport(FileCommon, HttpCase):
    def test_export_and_import_give_the_same_plan(self):
        """PLN-3: what was exported and is taken over again has the same items, links and dates."""
        plan = self._import(write(example()), promised_date="2026-04-30")
        copy = self._import(plan._get_file(), promised_date="2026-04-30", name="Copy")
        names = ["name", "duration_hours", "is_milestone", "planned_start", "planned_finish", "forecast_finish",
                 "actual_start", "actual_finish", "plan_progress", "pinned_start", "baseline_finish", "is_critical"]
        self.assertEqual(*([item.read(names, load=None)[0] | {"id": 0, "parent": item.parent_id.name}
                            for item, _level in each.plan_item_ids.sorted("sequence")._get_outline()]
                           for each in (plan, copy)))
        self.assertEqual(*(sorted((each.predecessor_id.name, each.successor_id.name, each.kind, each.lag_hours)
                                  for each in some.plan_item_ids.link_in_ids) for some in (plan, copy)))

    def test_file_tells_holidays_and_make_up_days(self):
        """PLN-3: the calendars of a file say what is worked, day by day."""
        self._new_item("Drawing", 8)
        self._new_leave("2026-03-04 00:00", "2026-03-05 23:59")
        self._new_extra_day("2026-03-14")
        plan = read(self.plan._get_file())
        self.assertEqual(plan.calendars[0].name, "Shanghai")
        self.assertEqual(plan.calendars[0].days[0], [(8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600)])
        self.assertEqual([(each.first, each.last, len(each.hours)) for each in plan.calendars[0].exceptions], [
            (date(2026, 3, 4), date(2026, 3, 5), 0), (date(2026, 3, 14), date(2026, 3, 14), 2)])
        self.assertEqual((plan.tasks[0].start, plan.tasks[0].finish), (
            datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 17)))
        self.assertEqual((plan.resources, plan.assignments[0][1]), ({1: "Design"}, 1))

    def test_download(self):
        """PLN-3, ARC-5: whoever reads the plan downloads it; nobody else."""
        self._new_item("Drawing", 8)
        company = self.env["res.company"].create({"name": "Other"})
        other = new_test_user(self.env, "file_other", "project_plan.group_planner", company_id=company.id,
                              company_ids=[Command.set(company.ids)])
        self.member.password, other.password = "file_member_1", "file_other_1"
        action = self.plan.with_user(self.member).action_export_file()
        self.authenticate("file_member", "file_member_1")
        answer = self.url_open(action["url"])
        self.assertEqual((answer.status_code, read(answer.content).tasks[0].name), (200, "Drawing"))
        self.assertIn("S2026-118.xml", answer.headers["Content-Disposition"])
        self.authenticate("file_other", "file_other_1")
        self.assertEqual(self.url_open(action["url"]).status_code, 404)
