from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanSchedule(PlanCommon):
    def test_plan_from_template_is_scheduled(self):
        """PLN-1, PLN-3: each item of the template has its department, person, start and finish; one waits for the
        other, in working hours of the company."""
        self.assertEqual(self._dates(self.plan.plan_item_ids.sorted("sequence")), [
            ("12-07 08:00", "12-08 17:00"), ("12-09 08:00", "12-15 17:00"), ("12-16 08:00", "12-18 17:00"),
            ("12-18 17:00", "12-18 17:00")])
        self.assertEqual(
            self.plan.plan_item_ids.sorted("sequence").plan_user_id, self.designer + self.buyer + self.fitter)
        self.assertEqual(self.first.plan_department_id, self.design)
        self.assertEqual(self._shown(self.plan.planned_finish), "12-18 17:00")
        self.assertEqual(self.plan.slack_days, 9)
        self.assertFalse(self.plan.is_delayed)
        self.assertFalse(self.plan.plan_problems)

    def test_backwards_from_the_promised_date(self):
        """PLN-3: latest dates are counted back from the promised date; what cannot keep it has a negative float."""
        self.assertEqual(self._shown(self.third.latest_finish), "12-31 17:00")
        self.assertEqual(self._shown(self.first.latest_finish), "12-21 17:00")
        self.assertEqual(self.first.total_float_hours, 72)
        self.plan.promised_date = date(2026, 12, 17)
        self.assertEqual(self.first.total_float_hours, -8)
        self.assertEqual(self.plan.slack_days, -1)
        self.assertTrue(self.plan.is_delayed)

    def test_critical_path(self):
        """PLN-3: an item beside the longest way has float and is not critical, those on it are."""
        aside = self.env["project.task"].create({
            "name": "Label", "project_id": self.plan.id, "plan_department_id": self.design.id, "duration_hours": 8})
        self.assertEqual([task.is_critical for task in self.first + self.second + self.third], [True] * 3)
        self.assertFalse(aside.is_critical)
        self.assertGreater(aside.free_float_hours, 0)

    def test_four_kinds_of_links_with_lag(self):
        """PLN-3: finish to start, start to start, finish to finish and start to finish, with a lag in working hours."""
        link = self.second.link_in_ids
        for kind, lag, start in (("fs", 4, "12-09 13:00"), ("fs", -8, "12-08 08:00"), ("ss", 2, "12-07 10:00"),
                                 ("ff", 0, "12-07 08:00"), ("sf", 0, "12-07 08:00")):
            with self.subTest(kind=kind, lag=lag):
                link.write({"kind": kind, "lag_hours": lag})
                self.assertEqual(self._dates(self.second)[0][0], start)

    def test_pinned_item_waits(self):
        """PLN-3: an item that is pinned by hand does not begin earlier, and moves what waits for it."""
        self.second.pinned_start = self._at("2026-12-14 08:00")
        self.assertEqual(self._dates(self.second + self.third), [
            ("12-14 08:00", "12-18 17:00"), ("12-21 08:00", "12-23 17:00")])
        self.second.pinned_start = False
        self.assertEqual(self._dates(self.second), [("12-09 08:00", "12-15 17:00")])

    def test_summary_follows_its_parts(self):
        """PLN-3: a summary reaches from its first to its last part; its progress is theirs by duration."""
        summary = self.env["project.task"].create({"name": "Build", "project_id": self.plan.id, "sequence": 9})
        (self.second + self.third).parent_id = summary
        self.assertEqual(self._dates(summary), [("12-09 08:00", "12-18 17:00")])
        self.first.action_mark_done()
        self.second.action_mark_done()
        self.assertEqual(summary.plan_progress, 62.5)
        self.assertFalse(summary.actual_finish)
        self.third.action_mark_done()
        self.assertTrue(summary.actual_finish)

    def test_forecast_from_real_progress(self):
        """PLN-6, PLN-19: what is late to begin begins now at the earliest; what has begun goes on with what is left."""
        with freeze_time("2026-12-10 00:00:00"):  # Thursday 8:00, Design should have been finished
            self.plan._reschedule()
            self.assertEqual(self._dates(self.first, "forecast"), [("12-10 08:00", "12-11 17:00")])
            self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-08 17:00")])
            self.assertTrue(self.first.is_item_late)
            self.first.write({"actual_start": self._at("2026-12-07 08:00"), "plan_progress": 75})
            self.assertEqual(self._dates(self.first, "forecast"), [("12-07 08:00", "12-10 12:00")])
            self.assertEqual(self._dates(self.second, "forecast")[0][0], "12-10 13:00")
            self.assertEqual(self.first.remaining_hours, 4)

    def test_forecast_moves_as_time_passes(self):
        """PLN-6: the plan is delayed as soon as the forecast passes the promised date, though nobody did anything."""
        self.plan.promised_date = date(2026, 12, 18)
        self.assertFalse(self.plan.is_delayed)
        with freeze_time("2026-12-09 00:00:00"), patch.object(
                type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["project.project"]._cron_reschedule()
            self.assertTrue(self.plan.is_delayed)

    def test_without_a_promised_date(self):
        """PLN-3: a plan without a promised date is scheduled, counted back from its own finish; it is not released."""
        self.plan.promised_date = False
        self.assertEqual((self.plan.slack_days, self.plan.is_delayed), (0, False))
        self.assertEqual(self.first.total_float_hours, 0)
        with self.assertRaisesRegex(UserError, "promised date"):
            self.plan.with_user(self.planner).action_release_plan()

    def test_queries_do_not_grow(self):
        """PLN-3: a reschedule takes at most 15 queries, however many items; nothing is written for unchanged rows."""
        self.env["project.task"].create([
            {"name": f"More {number}", "project_id": self.plan.id, "plan_department_id": self.workshop.id,
             "plan_user_id": self.fitter.id, "duration_hours": 3} for number in range(300)])
        plan = self.plan.sudo()
        plan._reschedule()
        for begin in ("2026-12-07 08:00", "2026-12-08 08:00"):
            plan.with_context(plan_later=True).plan_begin = self._at(begin)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plan._reschedule()
            self.env.flush_all()
            self.assertLessEqual(self.env.cr.sql_log_count - before, 15, begin)
        self.assertEqual(self._dates(self.first)[0][0], "12-08 08:00")

    def test_unchanged_rows_are_not_written(self):
        """PLN-3: only the rows whose dates have changed are written."""
        aside = self.env["project.task"].create({
            "name": "Label", "project_id": self.plan.id, "plan_department_id": self.design.id, "duration_hours": 8})
        self.env.flush_all()
        self.env.cr.execute("UPDATE project_task SET write_date = '2020-01-01' WHERE project_id = %s", [self.plan.id])
        self.env.invalidate_all()
        self.plan._reschedule()
        self.assertEqual(set(self.plan.plan_item_ids.mapped(lambda task: task.write_date.year)), {2020})
        aside.duration_hours = 12
        self.assertEqual(self.first.write_date.year, 2020)
        self.assertEqual(aside.write_date.year, 2026)

    def test_circle_is_refused_and_named(self):
        """PLN-3: items that would wait for each other are refused, by name, through links and dependencies."""
        with self.assertRaisesRegex(ValidationError, "Design → Buy → Assemble|Buy → Assemble → Design|"
                                                     "Assemble → Design → Buy"):
            self.env["project.task.link"].create({"predecessor_id": self.third.id, "successor_id": self.first.id})

    def test_circle_by_dependencies_is_refused(self):
        """PLN-3: nor by Odoo's own dependencies."""
        with self.assertRaises(ValidationError):
            self.first.write({"depend_on_ids": [Command.link(self.third.id)]})

    def test_simulation_writes_nothing(self):
        """PLN-4: the effect of other durations is computed without a trace."""
        self.env.flush_all()
        simulation = self.plan._simulate({self.second.id: {"duration_hours": 8}})
        self.assertEqual(simulation.names[self.second.id], "Buy")
        self.assertLess(simulation.schedule.finish, simulation.promised)
        self.assertEqual(self._dates(self.third), [("12-16 08:00", "12-18 17:00")])
        self.assertEqual(self.second.duration_hours, 40)

    def test_dates_far_away(self):
        """PLN-3: a date of another century is a slip of the finger: field, value and cure are named."""
        with self.assertRaisesRegex(ValidationError, "Begins.*1926"):
            self.plan.plan_begin = "1926-12-07 00:00:00"
        with self.assertRaisesRegex(ValidationError, "Not Before.*2126"):
            self.first.pinned_start = "2126-12-07 00:00:00"

    def test_duration_that_no_calendar_has(self):
        """PLN-3: more work than the coming years hold is refused in words."""
        with self.assertRaisesRegex(UserError, "not enough working time"):
            self.first.duration_hours = 80000

    def test_hours_that_are_no_hours(self):
        """PLN-3: infinity, no number and a slip of the keyboard are refused by item, field and bounds, not by a
        traceback, whoever or whatever enters them."""
        link, part = self.first.link_out_ids, self.template.item_ids[:1]
        for record, name in ((self.first, "duration_hours"), (self.first, "remaining_hours"), (link, "lag_hours"),
                             (part, "duration_hours"), (self.template.link_ids[:1], "lag_hours")):
            for value in (float("inf"), float("nan"), -float("inf"), 1e6):
                said = "87600" if value == 1e6 else "is no number"
                with self.subTest(record=record, value=value), self.assertRaisesRegex(UserError, said):
                    record[name] = value
                self.env.invalidate_all(flush=False)

    def test_cancelled_item_counts_no_more(self):
        """PLN-3: a cancelled item is not part of the schedule, and nobody waits for it."""
        self.first.state = "1_canceled"
        self.assertEqual(self._dates(self.second), [("12-07 08:00", "12-11 17:00")])
