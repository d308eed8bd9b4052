from odoo.fields import Command
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaTimeOff(SlaCommon):
    """Working time changes in every way that Odoo knows: open clocks follow."""

    def setUp(self):
        super().setUp()
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            self.clock = self.clock_of(self._new_document())
        self.other = self.env["res.company"].create({"name": "Other", "resource_calendar_id": self.calendar.id})

    def assertDeadline(self, text):
        with self.at("2026-03-02 10:00"):
            self.env.cr.flush()
        self.assertEqual(self.clock.deadline_at, self.utc(text))

    def _new_leave(self, day="2026-03-03", **values):
        leave = self.env["resource.calendar.leaves"].create({
            "name": "Holiday", "calendar_id": False, "date_from": self.utc(f"{day} 00:00"),
            "date_to": self.utc(f"{day} 23:59")} | values)
        self.env.flush_all()
        if "company_id" in values and leave.company_id.id != values["company_id"]:
            leave.company_id = values["company_id"]
        return leave

    def test_every_scope_comes_moves_and_goes(self):
        """SLA-4: time off of a calendar, of a company, of both or of neither is created, moved and deleted."""
        for calendar in (self.calendar.id, False):
            for company in (self.company.id, False):
                with self.subTest(calendar=calendar, company=company):
                    leave = self._new_leave(calendar_id=calendar, company_id=company)
                    self.assertEqual((leave.calendar_id.id, leave.company_id.id), (calendar, company))
                    self.assertDeadline("2026-03-04 09:00")
                    leave.write({"date_from": self.utc("2026-03-05 00:00"), "date_to": self.utc("2026-03-05 23:59")})
                    self.assertDeadline("2026-03-03 09:00")
                    leave.write({"date_from": self.utc("2026-03-03 00:00"), "date_to": self.utc("2026-03-03 23:59")})
                    self.assertDeadline("2026-03-04 09:00")
                    leave.unlink()
                    self.assertDeadline("2026-03-03 09:00")

    def test_scope_is_changed(self):
        """SLA-4: time off goes to another company, to one employee, to everybody, or becomes work."""
        leave = self._new_leave(company_id=False)
        resource = self.li.employee_ids.resource_id
        for values, deadline in (
            ({"company_id": self.other.id}, "2026-03-03 09:00"), ({"company_id": False}, "2026-03-04 09:00"),
            ({"time_type": "other"}, "2026-03-03 09:00"), ({"time_type": "leave"}, "2026-03-04 09:00"),
            ({"resource_id": resource.id}, "2026-03-03 09:00"),
            ({"resource_id": False, "calendar_id": False, "company_id": False}, "2026-03-04 09:00"),
            ({"calendar_id": self._new_calendar("Elsewhere").id}, "2026-03-03 09:00"),
        ):
            leave.write(values)
            self.assertDeadline(deadline)

    def test_time_off_of_one_employee(self):
        """SLA-4: the time off of one employee moves nothing, whether it comes or goes."""
        leave = self._new_leave(resource_id=self.li.employee_ids.resource_id.id)
        self.assertDeadline("2026-03-03 09:00")
        leave.unlink()
        self.assertDeadline("2026-03-03 09:00")
        self.assertEqual(self.kinds(self.clock), ["started"])

    def test_holiday_through_the_calendar(self):
        """SLA-4: holidays entered, and removed, in the form of the working schedule."""
        self.calendar.global_leave_ids = [Command.create({
            "name": "Holiday", "date_from": self.utc("2026-03-03 00:00"), "date_to": self.utc("2026-03-03 23:59")})]
        self.assertDeadline("2026-03-04 09:00")
        self.calendar.global_leave_ids = [Command.delete(self.calendar.global_leave_ids.id)]
        self.assertDeadline("2026-03-03 09:00")

    def test_make_up_days(self):
        """SLA-4: a make-up day comes, moves to other dates and hours, is archived, and goes."""
        self._new_leave(company_id=self.company.id)
        self.assertDeadline("2026-03-04 09:00")
        for calendar in (False, self.calendar.id):
            day = self.env["resource.calendar.extra.day"].create({
                "name": "Worked", "date": "2026-03-03", "company_id": self.company.id, "calendar_id": calendar})
            self.assertDeadline("2026-03-03 09:00")
            day.active = False
            self.assertDeadline("2026-03-04 09:00")
            day.active = True
            day.date = "2026-03-07"
            self.assertDeadline("2026-03-04 09:00")
            day.date = "2026-03-03"
            self.assertDeadline("2026-03-03 09:00")
            day.dayofweek = "6"   # a Sunday's hours: none
            self.assertDeadline("2026-03-04 09:00")
            day.dayofweek = "0"
            day.unlink()
            self.assertDeadline("2026-03-04 09:00")

    def test_hours_and_time_zone(self):
        """SLA-4: lines of the calendar come, change and go; its time zone changes."""
        line = self.env["resource.calendar.attendance"].create({
            "name": "Evening", "calendar_id": self.calendar.id, "dayofweek": "0", "hour_from": 18, "hour_to": 19,
            "day_period": "afternoon"})
        self.assertDeadline("2026-03-02 19:00")
        line.hour_to = 18.5
        self.assertDeadline("2026-03-03 08:30")
        line.unlink()
        self.assertDeadline("2026-03-03 09:00")
        self.calendar.tz = "Asia/Tokyo"   # work is from seven to sixteen in Shanghai
        self.assertDeadline("2026-03-03 09:00")
        self.assertEqual(self.clock.deadline_no, 4)
        self.calendar.tz = "Europe/Berlin"   # 15:00 to 24:00, a break from 19:00 to 20:00
        self.assertDeadline("2026-03-03 00:00")

    def test_deleted_calendar_leaves_its_holidays_to_the_company(self):
        """SLA-4: Odoo makes the time off of a deleted calendar that of the whole company: its clocks move."""
        other = self._new_calendar("Other")
        self._new_leave(calendar_id=other.id, company_id=self.company.id)
        self.assertDeadline("2026-03-03 09:00")
        other.unlink()
        self.assertDeadline("2026-03-04 09:00")

    def test_company_changes_its_calendar(self):
        """SLA-4: the clocks of the company follow it to another calendar and back, or to none."""
        self.company.resource_calendar_id = self._new_calendar("Late", hours=((14, 22),))
        self.assertDeadline("2026-03-02 22:00")
        self.company.resource_calendar_id = False
        self.assertDeadline("2026-03-02 17:00")
        self.company.resource_calendar_id = self.calendar
        self.assertDeadline("2026-03-03 09:00")
