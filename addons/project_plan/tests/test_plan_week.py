from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools.first_cause import first_causes
from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestFirstCause(BaseCase):
    def test_chain_of_late_predecessors(self):
        """PLN-5: lateness began with the first late item of the chain; of several the latest one; a circle ends it."""
        links = {"c": ["b", "x"], "b": ["a"], "x": [], "d": ["e"], "e": ["d"]}
        self.assertEqual(first_causes({"a": 2, "b": 3, "c": 5, "x": 1}, links), dict(a="a", b="a", c="a", x="x"))
        self.assertEqual(first_causes({"b": 3, "c": 5, "x": 9}, links)["c"], "x")
        self.assertEqual(first_causes({"c": 5}, links), {"c": "c"})
        self.assertIn(first_causes({"d": 1, "e": 1}, links)["d"], ("d", "e"))

    def test_long_chain(self):
        """PLN-5: a chain of ten thousand items is followed without recursion."""
        size = 10000
        roots = first_causes(dict.fromkeys(range(size), 1), {number: [number - 1] for number in range(1, size)})
        self.assertEqual(set(roots.values()), {0})


@tagged("-at_install", "post_install")
class TestPlanWeek(PlanCommon):
    """Design is planned for 12-08, Buy for 12-15, Assemble and Ready for 12-18; weeks end on Friday at 18:00."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.plan.with_user(cls.planner).action_release_plan()
        cls.Week = cls.env["project.plan.week"]

    def _turn(self, text):
        with freeze_time(self._at(text)):
            self.Week._turn_week(self.company)
            self._settle_transaction()

    def _week(self, date_to):
        return self.Week.search([("company_id", "=", self.company.id), ("date_to", "=", date_to)])

    def _line(self, task):
        return self.env["project.plan.week.line"].search([("task_id", "=", task.id)])

    def _finish(self, task, text):
        with freeze_time(self._at(text)):
            task.write({"actual_start": task.planned_start, "actual_finish": self._at(text)})

    def test_week_is_frozen_and_closed_on_friday(self):
        """PLN-5: on Friday evening the next week is frozen with what is to be finished in it; a week later it is
        closed and the following one frozen; nothing happens in between, nor a second time."""
        self._turn("2026-12-04 12:00")
        self.assertFalse(self._week("2026-12-11"), "the current week is not over yet")
        self._turn("2026-12-04 18:30")
        week = self._week("2026-12-11")
        self.assertRecordValues(week, [{"state": "frozen", "date_from": date(2026, 12, 5), "name": "2026-W50"}])
        self.assertEqual(week.line_ids.task_id, self.first)
        self._turn("2026-12-11 12:00")
        self.assertEqual(week.state, "frozen")
        self._finish(self.first, "2026-12-08 16:00")
        self._turn("2026-12-11 18:30")
        self._turn("2026-12-12 09:00")
        self.assertRecordValues(week, [{"state": "closed", "achievement": 100.0, "cause_missing_count": 0}])
        self.assertRecordValues(week.line_ids, [{
            "result": "achieved", "done_on": self._at("2026-12-08 16:00"), "date_planned": date(2026, 12, 8)}])
        self.assertEqual(self._week("2026-12-18").line_ids.task_id, self.second | self.third | self.last)

    def test_rates_are_mailed(self):
        """PLN-5: when a week is closed the managers of its departments get the rates of the week and of the month."""
        self._turn("2026-12-04 18:30")
        self._finish(self.first, "2026-12-08 16:00")
        self._turn("2026-12-11 18:30")
        self._finish(self.second, "2026-12-15 16:00")
        self._turn("2026-12-18 18:30")
        rates = {row["department"].name: (row["planned"], row["achieved"], row["rate"], row["month_rate"])
                 for row in self._week("2026-12-18")._get_rates()}
        self.assertEqual(rates["Buying"], (1, 1, 100.0, 100.0))
        self.assertEqual(rates["Workshop"][:3], (2, 0, 0.0))
        self.assertEqual(rates[False][:2], (3, 1))
        self.assertEqual(rates[False][3], 50.0, "with Design, which was achieved the week before")
        mails = self.env["mail.mail"].search([
            ("model", "=", "project.plan.week"), ("res_id", "=", self._week("2026-12-18").id)])
        self.assertEqual(mails.recipient_ids, (self.buyer | self.fitter).partner_id)
        self.assertIn("Workshop", mails[0].body_html)

    def test_late_item_gets_its_cause(self):
        """PLN-5: each late item must get a cause; its person is asked once, a clock runs; the first late item of the
        chain is named."""
        self._turn("2026-12-04 18:30")
        self._turn("2026-12-11 18:30")
        self.assertRecordValues(self._line(self.first), [{
            "result": "missed", "achieved_percent": 0.0, "needs_cause": True, "first_cause_task_id": self.first.id}])
        mails = self.env["mail.mail"].search([
            ("model", "=", "project.plan.week"), ("res_id", "=", self._week("2026-12-11").id)])
        self.assertIn("0.0 %", mails[0].subject, "nothing achieved is a figure, too")
        self._finish(self.first, "2026-12-14 16:00")
        self._finish(self.second, "2026-12-17 16:00")
        self._turn("2026-12-18 18:30")
        week = self._week("2026-12-18")
        lines = self._line(self.second) | self._line(self.third)
        self.assertEqual(lines.mapped("result"), ["late", "missed"])
        self.assertEqual(lines.first_cause_task_id, self.first)
        asked = week.activity_ids
        self.assertEqual(asked.user_id, self.buyer | self.fitter)
        clock = self._line(self.second).sla_clock_ids
        self.assertRecordValues(clock, [{"user_id": self.buyer.id, "state": "running"}])
        cause = self.env.ref("project_plan.cause_predecessor")
        with freeze_time("2026-12-19 01:00:00"):
            self._line(self.second).with_user(self.buyer).write({"cause_id": cause.id, "cause_note": "Drawings late"})
        self.assertRecordValues(self._line(self.second), [{
            "needs_cause": False, "explained_by": self.buyer.id}])
        self.assertEqual(clock.state, "met")
        self.assertEqual(week.activity_ids.user_id, self.fitter)
        self._line(self.second).with_user(self.buyer).cause_id = False
        self.assertTrue(self._line(self.second).needs_cause, "a cause that is taken back is missing again")

    def test_frozen_and_closed_stay(self):
        """PLN-5: what was frozen is not written by anybody; what moves later is seen beside it."""
        self._turn("2026-12-04 18:30")
        line = self._line(self.first)
        for vals in ({"planned_finish": self._at("2026-12-20 10:00")}, {"department_id": self.workshop.id}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                line.write(vals)
        with self.assertRaises(AccessError):
            line.with_user(self.planner).result = "achieved"
        with freeze_time(self._at("2026-12-07 09:00")):
            self.first.with_user(self.planner).duration_hours = 24
        self.assertTrue(line.is_edited)
        self.assertEqual(self._shown(line.planned_finish), "12-08 17:00")
        self.assertEqual(self._shown(line.planned_now), "12-09 17:00")
        self._turn("2026-12-11 18:30")
        self.assertEqual(line.result, "missed")
        self.first.write({"actual_start": self._at("2026-12-07 09:00"), "actual_finish": self._at("2026-12-08 09:00")})
        self.assertRecordValues(line, [{"result": "missed", "done_on": False, "is_edited": True}])
        with self.assertRaises(UserError):
            line.result = "achieved"
        with self.assertRaises(UserError):
            line.week_id.unlink()

    def test_each_is_asked_in_his_language(self):
        """PLN-5: the scheduler, which speaks no language of its own, asks each for the cause in his."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.designer.lang = "zh_CN"
        self.Week = self.Week.with_context(lang=None)
        self._turn("2026-12-04 18:30")
        self._turn("2026-12-11 18:30")
        self.assertIn("延误任务", self._week("2026-12-11").activity_ids.summary)

    def test_one_company_holds_up_no_other(self):
        """PLN-5, ARC-6: what stops the week of one company is noted; the weeks of the others are turned."""
        other = self.env["res.company"].create({"name": "Another works"})
        self.Week.create({"company_id": other.id, "date_from": date(2026, 11, 28), "date_to": date(2026, 12, 4)})
        turned, original = self.env["res.company"], type(self.Week)._turn_week

        def turn(week, company):
            nonlocal turned
            if not turned:
                turned |= company
                raise ZeroDivisionError
            turned |= company
            return original(week, company)

        self.patch(type(self.Week), "_turn_week", turn)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0)
        with mute_logger("odoo.addons.project_plan.models.project_plan_week_close"), freeze_time(
                self._at("2026-12-05 09:00")):
            self.Week._cron_weeks()
        self.assertLessEqual(self.company | other, turned)
        self.assertTrue(self._week("2026-12-11") or self.Week.search([
            ("company_id", "=", other.id), ("date_to", "=", "2026-12-11")]))

    def test_who_gives_the_cause(self):
        """PLN-5: the person, the department's people and planners give causes, of late items only."""
        self._turn("2026-12-04 18:30")
        line = self._line(self.first)
        cause = self.env.ref("project_plan.cause_design")
        with self.assertRaises(AccessError):
            line.with_user(self.designer).cause_id = cause
        self._turn("2026-12-11 18:30")
        with self.assertRaises(AccessError):
            line.with_user(self.fitter).cause_id = cause
        line.with_user(self.planner).cause_id = cause
        line.with_user(self.designer).cause_note = "A second draft"
        self.assertEqual(line.explained_by, self.planner)

    def test_cancelled_item_does_not_count(self):
        """PLN-5: what is cancelled after the week was frozen is in nobody's rate."""
        self._turn("2026-12-11 18:30")
        self._finish(self.first, "2026-12-11 19:00")
        self._finish(self.second, "2026-12-15 10:00")
        self.third.with_user(self.planner).state = "1_canceled"
        self._turn("2026-12-18 18:30")
        week = self._week("2026-12-18")
        self.assertRecordValues(self._line(self.third), [{"result": "dropped", "needs_cause": False}])
        self.assertEqual((week.line_count, week.achieved_count), (2, 1))
        [(average,)] = self.env["project.plan.week.line"]._read_group(
            [("week_id", "=", week.id)], [], ["achieved_percent:avg"])
        self.assertEqual(average, 50.0)

    def test_closing_costs_the_same(self):
        """PLN-5: closing a week takes a constant number of queries, however many items it has."""
        counts = []
        for number, size in enumerate((3, 30, 300)):
            end = date(2027, 3, 5 + 7 * number)
            week = self.Week.create({
                "company_id": self.company.id, "date_from": end, "date_to": end})
            tasks = self.env["project.task"].with_context(
                tracking_disable=True, mail_create_nolog=True).create([{
                    "name": f"Item {index}", "project_id": self.plan.id, "plan_department_id": self.design.id,
                    "plan_user_id": self.designer.id} for index in range(size)])
            self.env["project.plan.week.line"].create([{
                "week_id": week.id, "project_id": self.plan.id, "task_id": task.id, "name": task.name,
                "department_id": self.design.id, "user_id": self.designer.id, "planned_finish": datetime(2026, 12, 1),
                "date_planned": date(2026, 12, 1)} for task in tasks])
            self._settle_transaction()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            week._close()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(week.cause_missing_count, size)
        self.assertEqual(*counts[1:])  # the first one fills the caches

    def test_daily_plan_is_printed(self):
        """PLN-5, RPT-1: 生产日计划表 of the week by day, with results and causes."""
        self._turn("2026-12-11 18:30")
        self._finish(self.first, "2026-12-11 19:00")
        self._finish(self.second, "2026-12-15 10:00")
        self._turn("2026-12-18 18:30")
        week = self._week("2026-12-18")
        self._line(self.third).write({"cause_id": self.env.ref("project_plan.cause_machine").id})
        html = self.env["ir.actions.report"]._render_qweb_html(
            "project_plan.report_project_plan_week", week.ids)[0].decode()
        for words in ("Daily Production Plan", "2026-12-15", "Assemble", "Machine or tool failed", "33.3"):
            self.assertIn(words, html)

    def test_each_company_sees_its_own(self):
        """ARC-5: weeks and their items are those of one's companies."""
        self._turn("2026-12-04 18:30")
        stranger = self._user("stranger", "project_plan.group_planner")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for model in ("project.plan.week", "project.plan.week.line"):
            self.assertFalse(self.env[model].with_user(stranger).with_context(
                allowed_company_ids=other.ids).search_count([("company_id", "=", self.company.id)]))
