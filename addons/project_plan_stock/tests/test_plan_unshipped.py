from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.project_plan.tests.common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanUnshipped(PlanCommon):
    """The plan's last item is its delivery; the fitter is its salesperson."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.last.write({"is_milestone": False, "done_rule": "delivery"})
            cls.plan.partner_id = cls.env["res.partner"].create({"name": "Customer", "user_id": cls.fitter.id})
            cls.plan.with_user(cls.planner).action_release_plan()

    def _finish(self, *items):
        for item in items:
            item.write({"actual_start": self._at("2026-12-07 08:00"), "actual_finish": self._at("2026-12-08 16:00")})

    def _ask(self, text):
        with freeze_time(self._at(text)):
            self.env["project.plan.week"]._turn_week(self.company)
            self._settle_transaction()
        return self.env["project.plan.unshipped"].search([("project_id", "=", self.plan.id)])

    def test_finished_order_is_asked_about(self):
        """PLN-8: on Friday sales is asked about the order of which only the delivery is left, once; the salesperson
        answers with a date, others do not; what is delivered leaves the list."""
        with freeze_time(self._at("2026-12-10 08:00")):
            self._finish(self.first, self.second)
        self.assertFalse(self._ask("2026-12-11 18:30"))
        with freeze_time(self._at("2026-12-14 08:00")):
            self.third.write({
                "actual_start": self._at("2026-12-07 08:00"), "actual_finish": self._at("2026-12-21 16:00")})
            self.assertFalse(self.env["project.plan.unshipped"]._ask_for(self.company), "Not finished by now")
            self._finish(self.third)
        paper = self._ask("2026-12-18 18:30")
        self.assertRecordValues(paper, [{"state": "asked", "user_id": self.fitter.id}])
        self.assertEqual(paper.finished_on, self._at("2026-12-08 16:00"))
        self.assertEqual(paper.activity_ids.user_id, self.fitter)
        self.assertEqual(self._ask("2026-12-19 09:00"), paper)
        with freeze_time(self._at("2026-12-21 09:00")):
            with self.assertRaises(AccessError):
                paper.with_user(self.designer).action_answer()
            with self.assertRaises(AccessError):
                paper.with_user(self.designer).shipping_date = fields.Date.today()
            mine = paper.with_user(self.fitter)
            with self.assertRaises(UserError):
                mine.action_answer()
            mine.write({"shipping_date": fields.Date.today(), "note": "The site is not ready"})
            mine.action_answer()
            self.assertRecordValues(paper, [{"state": "answered", "answered_by": self.fitter.id}])
            self.assertFalse(paper.activity_ids)
            self.last.done_rule = "manual"  # a transfer tells it in test_project_plan_stock.py
            self._finish(self.last)
            self._settle_transaction()
        self.assertEqual(paper.state, "shipped")

    def test_passed_date_is_asked_again(self):
        """PLN-8: a shipping date that has passed is asked for again; a cancelled plan is asked about no more."""
        with freeze_time(self._at("2026-12-14 08:00")):
            self._finish(self.first, self.second, self.third)
        paper = self._ask("2026-12-18 18:30")
        with freeze_time(self._at("2026-12-21 09:00")):
            paper.with_user(self.fitter).shipping_date = fields.Date.today() + timedelta(days=1)
            paper.with_user(self.fitter).action_answer()
        self._ask("2026-12-25 18:30")
        self.assertEqual(paper.state, "asked")
        self.assertEqual(paper.activity_ids.user_id, self.fitter)
        self.plan.with_user(self.planner).action_cancel_plan()
        self.plan._reschedule()
        self.assertEqual(paper.state, "shipped")
