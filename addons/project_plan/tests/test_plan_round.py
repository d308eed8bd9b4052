from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanRound(PlanCommon):
    """The foreman goes round his workshop each day."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.plan.with_user(cls.planner).action_release_plan()

    def _open(self, user):
        action = self.env["project.plan.round"].with_user(user).action_open_today()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    @freeze_time("2026-12-07 01:00:00")
    def test_round_shows_what_is_under_way(self):
        """PLN-14: what is under way or should be, in the departments of who goes round, as it stands; once a day."""
        tour = self._open(self.designer)
        self.assertRecordValues(tour.line_ids, [{
            "task_id": self.first.id, "planned_finish": self.first.planned_finish, "plan_progress": 0}])
        self.assertRecordValues(tour, [{
            "user_id": self.designer.id, "department_id": self.design.id, "day": date(2026, 12, 7),
            "state": "draft"}])
        self.assertEqual(self._open(self.designer), tour)
        with self.assertRaisesRegex(UserError, "Nothing is under way"):
            self._open(self.fitter)
        with self.assertRaisesRegex(UserError, "no department"):
            self._open(self._user("newcomer", "project.group_project_user"))

    @freeze_time("2026-12-07 01:00:00")
    def test_what_deviates_is_said_and_stays(self):
        """PLN-14: progress, quality and quantity are said of each item; what deviates has its finding and its
        countermeasure, which the item's people read there; a signed round stays."""
        tour = self._open(self.designer)
        with self.assertRaisesRegex(UserError, f"{self.plan.name} · .*progress, quality and quantity"):
            tour.action_sign()
        tour.line_ids.progress = "off"
        tour.action_all_as_planned()
        self.assertRecordValues(tour.line_ids, [{"progress": "off", "quality": "ok", "quantity": "ok"}])
        with self.assertRaisesRegex(UserError, "what was found"):
            tour.action_sign()
        tour.line_ids.write({"finding": "Drawings of two cabinets are missing", "measure": "overtime"})
        report = tour.line_ids.action_report_to_planner()["context"]
        self.assertEqual(report["default_question"], "Drawings of two cabinets are missing")
        tour.action_sign()
        self.assertRecordValues(tour, [{"state": "signed", "deviation_count": 1}])
        body = self.first.message_ids[0].body
        self.assertIn("Drawings of two cabinets", body)
        self.assertIn("Overtime", body)
        for record, vals in ((tour.line_ids, {"finding": "x"}), (tour, {"note": "x"})):
            with self.assertRaises(UserError):
                record.sudo().write(vals)
        with self.assertRaises(UserError):
            tour.sudo().unlink()

    @freeze_time("2026-12-07 01:00:00")
    def test_who_goes_round_signs(self):
        """PLN-14: nobody signs or fills in another one's round, or makes one by hand."""
        tour = self._open(self.designer)
        line = tour.line_ids
        with self.assertRaisesRegex(AccessError, "who has gone it"):
            tour.with_user(self.planner).action_sign()
        with self.assertRaises(AccessError):
            line.with_user(self.planner).quality = "ok"
        with self.assertRaises(AccessError):
            tour.write({"line_ids": [Command.create({"task_id": self.third.id})]})
        with self.assertRaises(AccessError):
            self.env["project.plan.round"].with_user(self.designer).create({"day": "2026-12-08"})
