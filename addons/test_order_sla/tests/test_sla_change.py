from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaChange(SlaCommon):
    """What moves an open clock: people, dates, policies, calendars."""

    def setUp(self):
        super().setUp()
        self.policy = self._new_policy(steps=[{"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            self.document = self._new_document()
        self.clock = self.clock_of(self.document)

    def _flush(self, text):
        """End of a transaction, as far as the clocks are concerned."""
        with self.at(text):
            self.env.cr.flush()

    def test_reassigned(self):
        """SLA-4: another responsible takes the clock over; the deadline stays."""
        with self.at("2026-03-02 10:00"):
            self.document.user_id = self.sun
        self.assertRecordValues(self.clock, [{
            "user_id": self.sun.id, "deadline_at": self.utc("2026-03-03 09:00"), "deadline_no": 1}])
        event = self.clock.event_ids[0]
        self.assertEqual((event.kind, event.note), ("reassigned", "From Li to Sun"))

    def test_reassigned_activities_follow(self):
        """SLA-4: what the old responsible was asked to do is asked of the new one."""
        self.run_cron("2026-03-03 08:00")
        activity = self.document.activity_ids
        self.assertEqual(activity.user_id, self.li)
        self.document.user_id = self.sun
        self.assertEqual(activity.user_id, self.sun)

    def test_archived_responsible(self):
        """SLA-4: the clock of an archived user goes to the department's manager, and the history says so."""
        self.li.active = False
        self.assertEqual(self.clock.user_id, self.sun)
        self.assertEqual(self.clock.event_ids[0].note, "Li is archived; now Sun answers for it")

    def test_archived_responsible_before_the_start(self):
        """SLA-1: a clock never starts on an archived user."""
        self.li.active = False
        document = self._new_document(name="D2")
        clock = self.clock_of(document)
        self.assertEqual(clock.user_id, self.sun)
        self.assertIn("archived", clock.event_ids.filtered(lambda event: event.kind == "note").note)

    def test_no_responsible_on_the_record(self):
        """SLA-1: an empty responsible falls to the department's manager."""
        self.policy.department_field = "department_id"
        document = self._new_document(name="D2", user_id=False, department_id=self.design.id)
        clock = self.clock_of(document)
        self.assertEqual(clock.user_id, self.sun)
        self.assertIn("Nobody", clock.event_ids.filtered(lambda event: event.kind == "note").note)

    def test_nobody_at_all(self):
        """SLA-4: a record that belongs to nobody still has a clock."""
        clock = self.clock_of(self._new_document(name="D2", user_id=False))
        self.assertRecordValues(clock, [{"user_id": False, "state": "running"}])

    def test_responsible_by_department_without_manager(self):
        """SLA-1: a department without manager escalates to the next level and says so."""
        self.policy.active = False
        policy = self._new_policy("Department", responsible_kind="department", department_field="department_id")
        self.design.manager_id = False
        document = self._new_document(name="D2", department_id=self.design.id)
        clock = self.clock_of(document, policy)
        self.assertEqual(clock.user_id, self.qian)
        self.assertEqual(clock.event_ids.filtered(lambda event: event.kind == "note").note,
                         "No manager can be reached in Design; next level: Qian")

    def test_new_manager_takes_over(self):
        """SLA-4: clocks of a department follow its manager, and its parent's where it has none."""
        self.policy.active = False
        policy = self._new_policy("Department", responsible_kind="department", department_id=self.design.id)
        clock = self.clock_of(self._new_document(name="D2"), policy)
        self.assertEqual(clock.user_id, self.sun)
        self.design.manager_id = self.li.employee_ids[:1]
        self.assertEqual(clock.user_id, self.li)
        self.design.manager_id = False
        self.assertEqual(clock.user_id, self.qian)

    def test_responsible_user_and_employee_path(self):
        """SLA-1: the responsible is a user, a user on the record, or an employee on it."""
        self.policy.active = False
        for values in ({"responsible_kind": "user", "user_id": self.zhao.id},
                       {"responsible_field": "employee_id"}, {"responsible_field": "employee_id.user_id"}):
            with self.subTest(**values):
                policy = self._new_policy(**values)
                document = self._new_document(employee_id=self.zhao.employee_ids.id, user_id=False)
                self.assertRecordValues(self.clock_of(document, policy), [{
                    "user_id": self.zhao.id, "department_id": self.management.id}])
                policy.active = False

    def test_moved_date(self):
        """SLA-4: the clock follows its date, forwards and back; each move is in the history."""
        self.policy.active = False
        policy = self._new_policy("Arrival", anchor="before", anchor_field="planned_date", limit_value=1,
                                  limit_unit="days")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(name="D2", planned_date="2026-03-06")
            clock = self.clock_of(document, policy)
            self.assertEqual(clock.deadline_at, self.utc("2026-03-05 17:00"))
            document.planned_date = "2026-03-11"
            self.assertEqual(clock.deadline_at, self.utc("2026-03-10 17:00"))
            document.planned_date = "2026-03-04"
        self.assertRecordValues(clock, [{"deadline_at": self.utc("2026-03-03 17:00"), "deadline_no": 3}])
        self.assertEqual(self.kinds(clock), ["started", "moved", "moved"])

    def test_deadline_moved_into_the_past(self):
        """SLA-4: a deadline that is moved back before now is late at once, and its steps fire."""
        self.policy.active = False
        policy = self._new_policy("Arrival", anchor="before", anchor_field="planned_date", limit_value=1,
                                  limit_unit="days", steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document(name="D2", planned_date="2026-03-12")
        with self.at("2026-03-10 09:00"):
            document.planned_date = "2026-03-10"
        clock = self.clock_of(document, policy)
        self.run_cron("2026-03-10 09:00")
        self.assertEqual(clock.state, "breached")
        self.assertEqual(len(document.activity_ids), 1)

    def test_deadline_moved_into_the_future_is_not_late(self):
        """SLA-4: an overdue clock whose deadline moves on runs again, its steps are armed again."""
        self.run_cron("2026-03-03 09:30")
        self.assertRecordValues(self.clock, [{"state": "breached", "is_late": True}])
        with self.at("2026-03-03 10:00"):
            self.policy.limit_value = 16
        self.assertRecordValues(self.clock, [{
            "state": "running", "is_late": False, "deadline_at": self.utc("2026-03-04 09:00"), "deadline_no": 2,
            "next_event_at": self.utc("2026-03-04 08:00"), "escalation_level": 0}])
        self.run_cron("2026-03-04 09:30")
        self.assertEqual(self.clock.state, "breached")
        self.assertEqual(sorted(self.kinds(self.clock)), sorted(
            ["started", "step", "breached", "step", "moved", "step", "breached", "step"]))

    def test_moved_deadline_rearms_only_what_lies_ahead(self):
        """SLA-4: a reminder that was given is not given again for a moment that has passed."""
        self.run_cron("2026-03-03 08:30")
        with self.at("2026-03-03 08:40"):
            self.policy.write({"limit_unit": "minutes", "limit_value": 8 * 60 + 15})
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-03 09:15"))
        self.assertEqual(self.clock.next_event_at, self.utc("2026-03-03 09:15"))
        self.run_cron("2026-03-03 09:15")
        self.assertEqual(self.clock.event_ids.step_id.mapped("name"), ["Now", "Soon"])
        self.assertEqual(len(self.clock.event_ids.filtered(lambda event: event.kind == "step")), 2)

    def test_activities_move_with_the_deadline(self):
        """SLA-4: what is to be done by the deadline is to be done by the new one."""
        self.run_cron("2026-03-03 08:30")
        self.assertEqual(str(self.document.activity_ids.date_deadline), "2026-03-03")
        with self.at("2026-03-03 08:40"):
            self.policy.limit_value = 16
        self.assertEqual(str(self.document.activity_ids.date_deadline), "2026-03-04")

    def test_policy_limit(self):
        """SLA-4: a changed limit moves the open clocks, not those that have ended."""
        ended = self._new_document(name="D2")
        ended.state = "done"
        ended_deadline = self.clock_of(ended).deadline_at
        with self.at("2026-03-02 10:00"):
            self.policy.limit_value = 4
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-02 14:00"))
        self.assertEqual(self.clock_of(ended).deadline_at, ended_deadline)

    def test_policy_conditions(self):
        """SLA-4: a changed stop condition ends the clocks that now meet it."""
        with self.at("2026-03-02 10:00"):
            self.policy.stop_domain = "[('state', '=', 'submitted')]"
        self.assertEqual(self.clock.state, "met")

    def test_policy_steps(self):
        """SLA-4: a new, changed or removed step changes what the open clocks wait for."""
        with self.at("2026-03-02 09:00"):
            self.policy.step_ids = [Command.create({"name": "Early", "offset": 4, "timing": "before"})]
            self.assertEqual(self.clock.next_event_at, self.utc("2026-03-02 14:00"))
            self.policy.step_ids[0].offset = 3
            self.policy.step_ids.filtered(lambda step: step.name == "Early").unlink()
            self.assertEqual(self.clock.next_event_at, self.utc("2026-03-02 15:00"))

    def test_policy_archived(self):
        """SLA-4: the clocks of an archived policy are cancelled; a new start makes none."""
        self.policy.active = False
        self.assertEqual(self.clock.state, "cancelled")
        self.assertIn("archived", self.clock.event_ids[0].note)
        self.assertFalse(self.clock_of(self._new_document(name="D2")))

    def test_policy_for_another_document(self):
        """SLA-4: a policy that goes to another model leaves no clocks on the old one."""
        self.policy.write({
            "model_id": self.env["ir.model"]._get_id("test.order.sla.plain"), "start_domain": "[]",
            "stop_domain": False, "pause_domain": False, "cancel_domain": False, "step_ids": [Command.clear()]})
        self.assertEqual(self.clock.state, "cancelled")

    def test_record_goes_to_another_company(self):
        """SLA-4: a record that leaves the policy's company leaves its clock."""
        other = self.env["res.company"].create({"name": "Other"})
        self.document.company_id = other
        self.assertEqual(self.clock.state, "cancelled")

    def test_public_holiday(self):
        """SLA-4: a holiday moves the deadlines of the open clocks that count by this calendar."""
        with self.at("2026-03-02 10:00"):
            self.env["resource.calendar.leaves"].create({
                "name": "Holiday", "calendar_id": self.calendar.id,
                "date_from": self.utc("2026-03-03 00:00"), "date_to": self.utc("2026-03-03 23:59")})
        self._flush("2026-03-02 10:00")
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-04 09:00"))
        self.assertEqual(self.clock.next_event_at, self.utc("2026-03-04 08:00"))

    def test_holidays_are_computed_once(self):
        """SLA-4: importing a year's holidays looks at the clocks once, not once for each."""
        with patch.object(type(self.Clock), "_evaluate", autospec=True, side_effect=type(self.Clock)._evaluate) as spy:
            for day in range(3, 7):
                self.env["resource.calendar.leaves"].create({
                    "name": "Holiday", "calendar_id": self.calendar.id,
                    "date_from": self.utc(f"2026-03-0{day} 00:00"), "date_to": self.utc(f"2026-03-0{day} 23:59")})
            self._flush("2026-03-02 10:00")
        self.assertEqual(spy.call_count, 1)
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-09 09:00"))

    def test_time_off_of_one_employee(self):
        """SLA-4: time off of one employee moves nothing."""
        resource = self.li.employee_ids.resource_id
        self.env["resource.calendar.leaves"].create({
            "name": "Ill", "calendar_id": self.calendar.id, "resource_id": resource.id,
            "date_from": self.utc("2026-03-03 00:00"), "date_to": self.utc("2026-03-03 23:59")})
        self._flush("2026-03-02 10:00")
        self.assertEqual(self.clock.deadline_no, 1)

    def test_extra_working_day(self):
        """SLA-4: a make-up day brings the deadlines of the company's open clocks forward."""
        with self.at("2026-03-06 16:00"):
            document = self._new_document(name="D2")
        clock = self.clock_of(document)
        self.assertEqual(clock.deadline_at, self.utc("2026-03-09 16:00"))
        self.env["resource.calendar.extra.day"].create({
            "name": "Make-up", "date": "2026-03-07", "dayofweek": "0", "company_id": self.company.id})
        self._flush("2026-03-06 16:10")
        self.assertEqual(clock.deadline_at, self.utc("2026-03-07 16:00"))

    def test_official_days(self):
        """SLA-4: a year that is loaded moves the open clocks, and the same year once more moves none."""
        text = ("关于2026年部分节假日安排的通知 一、元旦：1月1日放假1天。二、春节：2月15日至23日放假，共9天。"
                "三、劳动节：5月1日放假。四、国庆节：10月1日（周四）至7日放假。")
        with self.at("2026-09-30 16:00"):
            clock = self.clock_of(self._new_document(name="D2"))
        self.assertEqual(clock.deadline_at, self.utc("2026-10-01 16:00"))
        for _time in range(2):
            load = self.env["resource.calendar.official.load"].create({"year": 2026, "text": text})
            load.action_show()
            load.action_load()
            self._flush("2026-09-30 16:10")
            self.assertEqual(clock.deadline_at, self.utc("2026-10-08 16:00"))
        self.assertEqual(clock.deadline_no, 2)

    def test_working_hours(self):
        """SLA-4: changed hours move the deadlines."""
        self.calendar.attendance_ids.filtered(lambda line: line.hour_from == 13).hour_to = 15
        self._flush("2026-03-02 10:00")
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-03 11:00"))

    def test_calendar_of_company_and_department(self):
        """SLA-4: clocks follow the company to another calendar, and the department to one of its own."""
        late = self._new_calendar("Late", hours=((14, 22),))
        self.company.resource_calendar_id = late
        self._flush("2026-03-02 10:00")
        self.assertRecordValues(self.clock, [{
            "calendar_id": late.id, "deadline_at": self.utc("2026-03-02 22:00")}])
        with self.at("2026-03-02 10:00"):
            self.design.resource_calendar_id = self.calendar
        self.assertRecordValues(self.clock, [{
            "calendar_id": self.calendar.id, "deadline_at": self.utc("2026-03-03 09:00")}])

    def test_deleted_calendar(self):
        """SLA-4: a calendar that is deleted leaves the clocks to the company's."""
        late = self._new_calendar("Late", hours=((14, 22),))
        self.design.resource_calendar_id = late
        self.assertEqual(self.clock.calendar_id, late)
        late.unlink()
        self._flush("2026-03-02 10:00")
        self.assertEqual(self.clock.calendar_id, self.calendar)

    def test_many_clocks_are_left_to_the_cron(self):
        """SLA-4: a change that concerns many clocks makes them due; the cron computes them."""
        with patch.object(type(self.Clock), "_WAKE_AT_ONCE", 0), self.at("2026-03-02 10:00"):
            self.policy.limit_value = 4
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-03 09:00"), "not yet")
        self.assertEqual(self.clock.next_event_at, self.utc("2026-03-02 10:00"))
        self.run_cron("2026-03-02 10:01")
        self.assertRecordValues(self.clock, [{
            "deadline_at": self.utc("2026-03-02 14:00"), "next_event_at": self.utc("2026-03-02 11:00") + (
                self.utc("2026-03-02 14:00") - self.utc("2026-03-02 12:00"))}])

    def test_paused_clock_takes_changes_at_resume(self):
        """SLA-4: what happened while a clock was paused counts when it goes on."""
        with self.at("2026-03-02 10:00"):
            self.document.state = "waiting"
        with self.at("2026-03-02 11:00"):
            self.policy.limit_value = 2
            self.assertFalse(self.clock.next_event_at)
        with self.at("2026-03-02 15:00"):
            self.document.state = "submitted"
        self.assertEqual(self.clock.deadline_at, self.utc("2026-03-02 16:00"))

    def test_writing_what_nobody_watches_changes_nothing(self):
        """SLA-4: a clock is not touched by what does not concern it."""
        write_date = self.clock.write_date
        self.document.remark = "x"
        self.document.state = "submitted"
        self.assertEqual(self.clock.write_date, write_date)
        self.assertEqual(self.kinds(self.clock), ["started"])
