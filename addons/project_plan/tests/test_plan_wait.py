from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
class TestPlanWait(PlanCommon):
    @classmethod
    def setUpClass(cls):
        with freeze_time(cls.NOW):
            super().setUpClass()
            cls.plan.with_user(cls.planner).action_release_plan()

    def _wait(self, moment, task=None, user=None, **values):
        with freeze_time(self._at(moment)):
            return self.env["project.plan.wait"].with_user(user or self.designer).create({
                "task_id": (task or self.first).id, "subject": "Confirmation of drawings", **values})

    def _end(self, wait, moment):
        with freeze_time(self._at(moment)):
            wait.action_end()
            self._settle_transaction()

    def test_waiting_moves_forecast_and_promise(self):
        """PLN-16: when the customer answers, what was held up takes longer by the working time waited, the promised
        date moves by its whole working days."""
        with freeze_time(self._at("2026-12-07 08:00")):
            self.first.with_user(self.designer).action_mark_begun()
        wait = self._wait("2026-12-08 08:00")
        self.assertTrue(self.first.customer_wait)
        self._end(wait, "2026-12-10 12:00")
        self.assertRecordValues(wait, [{
            "state": "ended", "waited_hours": 20.0, "moved_days": 2, "promised_before": date(2026, 12, 31),
            "promised_after": date(2027, 1, 4), "ended_by": self.designer.id}])
        self.assertFalse(self.first.customer_wait)
        self.assertEqual(self.plan.promised_date, date(2027, 1, 4))
        self.assertRecordValues(self.first, [{"duration_hours": 36.0, "remaining_hours": 16.0}])
        self.assertEqual(self._shown(self.first.forecast_finish), "12-14 12:00")

    def test_item_not_begun_begins_when_the_customer_answers(self):
        """PLN-16: an item that could not begin is planned from the answer on; one that is not due yet does not move."""
        wait = self._wait("2026-12-07 08:00")
        self._end(wait, "2026-12-09 08:00")
        self.assertEqual(self._dates(self.first)[0][0], "12-09 08:00")
        later = self._wait("2026-12-09 08:00", self.third)
        self._end(later, "2026-12-09 17:00")
        self.assertFalse(self.third.pinned_start)

    def test_waiting_for_two_things_counts_once(self):
        """PLN-16: periods that overlap move the promised date once, and parts of a day add up."""
        one = self._wait("2026-12-08 08:00")
        other = self._wait("2026-12-08 08:00", self.second)
        self._end(one, "2026-12-09 12:00")
        self._end(other, "2026-12-09 17:00")
        self.assertEqual((one.moved_days, other.moved_days), (1, 1))
        third = self._wait("2026-12-10 08:00")
        self._end(third, "2026-12-10 12:00")
        self.assertEqual(third.moved_days, 0)
        self.assertEqual(self.plan.promised_date, date(2027, 1, 4))

    def test_clocks_of_the_item_stand_still(self):
        """PLN-16, SLA-1: the item's time limits pause while it waits, and go on when the customer has answered."""
        with freeze_time(self._at("2026-12-07 08:00")):
            self.first.with_user(self.designer).action_mark_begun()
            self._settle_transaction()
        clocks = self.first.sla_clock_ids.filtered(
            lambda clock: clock.policy_id == self.env.ref("project_plan.sla_policy_item_due"))
        self.assertEqual(clocks.mapped("state"), ["running"])
        self.assertEqual(clocks.res_name, f"{self.plan.display_name}: {self.first.name}", "of which plan it is")
        wait = self._wait("2026-12-08 08:00")
        self.assertEqual(clocks.mapped("state"), ["paused"])
        with freeze_time(self._at("2026-12-08 10:00")):
            wait.action_cancel()
        self.assertEqual(clocks.mapped("state"), ["running"])
        self.assertEqual(self.plan.promised_date, date(2026, 12, 31), "entered by mistake: nothing moves")

    def test_waiting_that_ended_stays(self):
        """PLN-16: a closed period is changed by nobody, and none is deleted; an item waits once at a time."""
        wait = self._wait("2026-12-08 08:00")
        with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017 the database's word
            self._wait("2026-12-08 09:00")
        self._end(wait, "2026-12-09 08:00")
        for vals in ({"waited_hours": 80}, {"begun_on": self._at("2026-12-07 08:00")}, {"state": "running"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                wait.sudo().write(vals)
        with self.assertRaises(UserError):
            wait.sudo().unlink()
        with self.assertRaises(UserError):
            wait.action_end()

    def test_only_planners_date_it_back(self):
        """PLN-16: waiting begins when it is entered; a planner may say that it began earlier, not before the plan."""
        with self.assertRaises(AccessError):
            self._wait("2026-12-09 08:00", begun_on=self._at("2026-12-08 08:00"))
        wait = self._wait("2026-12-09 08:00", user=self.planner, begun_on=self._at("2026-12-08 08:00"))
        self.assertEqual(self._shown(wait.begun_on), "12-08 08:00")
        for moment in ("2026-12-01 08:00", "2026-12-20 08:00"):
            with self.assertRaises(UserError):
                self._wait("2026-12-09 08:00", self.second, self.planner, begun_on=self._at(moment))
