from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanCalendar(PlanCommon):
    def test_holiday_comes_moves_and_goes(self):
        """PLN-3: a holiday moves the plans concerned at once; moved and deleted it moves them again."""
        holiday = self._holiday("2026-12-07")
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-08 08:00", "12-09 17:00")])
        holiday.write({"date_from": self._at("2026-12-08 00:00"), "date_to": self._at("2026-12-08 23:59")})
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-09 17:00")])
        holiday.unlink()
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-08 17:00")])

    def test_holiday_under_a_running_item(self):
        """PLN-3, PLN-6: a holiday under an item that is being worked on moves what waits for it at once, not when
        somebody saves the plan again (GanttProject #1080)."""
        with freeze_time("2026-12-08 00:00:00"):  # Tuesday 8:00, half of Design is done
            self.first.write({"actual_start": self._at("2026-12-07 08:00"), "plan_progress": 50})
            self.assertEqual(self._dates(self.second, "forecast")[0][0], "12-09 08:00")
            self._holiday("2026-12-08")
            self._settle_transaction()
            self.assertEqual(self._dates(self.first + self.second, "forecast"), [
                ("12-07 08:00", "12-09 17:00"), ("12-10 08:00", "12-16 17:00")])

    def test_make_up_day(self):
        """PLN-3: an extra working day on a Saturday is worked."""
        self.env["resource.calendar.extra.day"].create({
            "name": "Make-up", "date": "2026-12-12", "dayofweek": "0", "company_id": self.company.id})
        self._settle_transaction()
        self.assertEqual(self._dates(self.second), [("12-09 08:00", "12-14 17:00")])

    def test_calendar_hours_changed(self):
        """PLN-3: other hours of the calendar move the plans that count by it."""
        self.calendar.attendance_ids.filtered(lambda line: line.hour_from == 13).unlink()
        self.calendar.write({"attendance_ids": [Command.create({
            "name": "Late", "dayofweek": "0", "hour_from": 13, "hour_to": 14, "day_period": "afternoon"})]})
        self._settle_transaction()
        self.assertEqual(self._dates(self.first)[0][0], "12-07 08:00")
        self.assertGreater(self._dates(self.first)[0][1], "12-08 17:00")

    def test_leave_moves_only_what_the_person_must_do(self):
        """PLN-3: a person's time off moves that person's items, not those of others (GanttProject #1012)."""
        self.second.link_in_ids.unlink()  # Buy begins with Design
        resource = self.design.manager_id.resource_id
        self._holiday("2026-12-07", "2026-12-08", resource_id=resource.id)
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-09 08:00", "12-10 17:00")])
        self.assertEqual(self._dates(self.second), [("12-07 08:00", "12-11 17:00")])

    def test_leave_ends(self):
        """PLN-3: a leave that is taken back moves the items back."""
        leave = self._holiday("2026-12-07", resource_id=self.design.manager_id.resource_id.id)
        self._settle_transaction()
        self.assertEqual(self._dates(self.first)[0][0], "12-08 08:00")
        leave.unlink()
        self._settle_transaction()
        self.assertEqual(self._dates(self.first)[0][0], "12-07 08:00")

    def test_person_department_company(self):
        """PLN-3: the person's working hours count, else the department's, else the company's."""
        early, late = self._calendar("Early", ((6, 14),)), self._calendar("Late", ((12, 20),))
        self.design.resource_calendar_id = late
        self._settle_transaction()
        self.assertEqual(self._dates(self.first)[0][0], "12-07 08:00")  # the designer's own hours
        self.assertEqual(self.first.plan_calendar_id, self.calendar)
        self.design.manager_id.resource_calendar_id = early
        self._settle_transaction()
        self.assertEqual(self.first.plan_calendar_id, early)
        self.assertEqual(self._dates(self.first)[0], ("12-07 08:00", "12-09 08:00"))
        self.first.plan_user_id = False
        self.assertEqual(self.first.plan_calendar_id, late)
        self.assertEqual(self._dates(self.first)[0][0], "12-07 12:00")
        self.design.resource_calendar_id = False
        self._settle_transaction()
        self.assertEqual(self._dates(self.first)[0][0], "12-07 08:00")

    def test_archived_person(self):
        """PLN-1: of a person who has left the department's hours count, and the plan says who is missing."""
        self.design.resource_calendar_id = self._calendar("Late", ((12, 20),))
        self.design.manager_id.resource_calendar_id = self._calendar("Early", ((6, 14),))
        self._settle_transaction()
        self.designer.active = False
        self.plan._reschedule()
        self.assertEqual(self._dates(self.first)[0][0], "12-07 12:00")
        self.assertIn("archived", self.plan.plan_problems)
        self.assertIn("Design", self.plan.plan_problems)

    def test_company_without_calendar(self):
        """PLN-3: without any working hours clock time counts, and the plan says so."""
        self.design.manager_id.resource_calendar_id = False
        self.company.resource_calendar_id = False
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-08 00:00")])
        self.assertIn("clock time", self.plan.plan_problems)

    def test_calendar_deleted(self):
        """PLN-3: a calendar that is deleted leaves the plan with the next one that counts."""
        early = self._calendar("Early", ((6, 14),))
        self.first.plan_user_id = False
        self.design.resource_calendar_id = early
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-09 08:00")])
        early.unlink()
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-08 17:00")])

    def test_closed_plan_stays(self):
        """PLN-3: a plan that is done keeps its dates, whatever holiday comes."""
        self.plan.sudo().plan_state = "cancelled"
        self._holiday("2026-12-07")
        self._settle_transaction()
        self.assertEqual(self._dates(self.first), [("12-07 08:00", "12-08 17:00")])
