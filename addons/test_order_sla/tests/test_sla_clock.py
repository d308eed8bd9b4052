from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaClock(SlaCommon):
    """Starting, pausing, resuming, ending; deadlines from all kinds of limits."""

    def test_start_sets_deadline_in_working_hours(self):
        """SLA-1: eight working hours from Monday nine o'clock end on Tuesday at nine."""
        policy = self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{
            "policy_id": policy.id, "state": "running", "is_open": True, "user_id": self.li.id,
            "department_id": self.design.id, "company_id": self.company.id, "calendar_id": self.calendar.id,
            "started_at": self.utc("2026-03-02 09:00"), "deadline_at": self.utc("2026-03-03 09:00"),
            "deadline_no": 1, "calendar_missing": False, "res_name": "D1"}])
        self.assertEqual(self.kinds(clock), ["started"])

    def test_no_start_on_other_records(self):
        """SLA-1: a record that does not match has no clock; it gets one when it begins to match."""
        self._new_policy()
        document = self._new_document(state="draft")
        self.assertFalse(self.clock_of(document))
        document.state = "submitted"
        self.assertEqual(self.clock_of(document).state, "running")

    def test_stop_in_time(self):
        """SLA-3: ended in time counts 100 %, with the working time that it took."""
        self._new_policy()
        with self.at("2026-03-02 16:00"):
            document = self._new_document()
        with self.at("2026-03-03 09:00"):
            document.state = "done"
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{
            "state": "met", "is_open": False, "is_late": False, "on_time": 100.0, "consumed_seconds": 7200,
            "stopped_at": self.utc("2026-03-03 09:00"), "next_event_at": False}])
        self.assertEqual(self.kinds(clock), ["started", "met"])

    def test_stop_exactly_at_the_deadline_is_in_time(self):
        """SLA-3: the deadline itself is in time, a second later is late."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            documents = self._new_document() | self._new_document(name="D2")
        with self.at("2026-03-03 09:00"):
            documents[0].state = "done"
        with self.at("2026-03-03 09:01"):
            documents[1].state = "done"
        self.assertEqual([self.clock_of(document).state for document in documents], ["met", "breached"])
        self.assertEqual([self.clock_of(document).on_time for document in documents], [100.0, 0.0])

    def test_stop_late_without_the_cron(self):
        """SLA-4: a record that ends late is late even if the cron has not looked at it."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        with self.at("2026-03-04 09:00"):
            document.state = "done"
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{"state": "breached", "is_late": True, "is_open": False}])
        self.assertEqual(self.kinds(clock), ["started", "breached"])

    def test_cancel(self):
        """SLA-1: a cancelled record has no verdict."""
        self._new_policy()
        document = self._new_document()
        document.state = "cancelled"
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{"state": "cancelled", "is_open": False, "next_event_at": False}])
        self.assertFalse(self._sql_on_time(clock)[0])
        self.assertIn("condition", clock.event_ids[0].note)

    def test_leaving_the_start_keeps_the_clock_running(self):
        """SLA-1: the start is an event: with a stop condition only that ends the clock."""
        self._new_policy()
        document = self._new_document()
        document.state = "draft"
        self.assertEqual(self.clock_of(document).state, "running")

    def test_without_stop_condition_leaving_the_start_ends(self):
        """SLA-1: without a stop condition the clock runs as long as the record matches the start."""
        self._new_policy(stop_domain=False)
        document = self._new_document()
        document.state = "draft"
        self.assertEqual(self.clock_of(document).state, "met")

    def test_a_new_start_is_a_new_clock(self):
        """SLA-1: after a stop the next start makes a new clock; the old one stays as it ended."""
        self._new_policy()
        document = self._new_document()
        first = self.clock_of(document)
        document.state = "done"
        document.state = "submitted"
        second = self.clock_of(document)
        self.assertNotEqual(first, second)
        self.assertEqual(first.state, "met")
        self.assertEqual(second.state, "running")

    def test_one_open_clock_a_policy(self):
        """SLA-4: writing again starts no second clock; two policies have a clock each."""
        self._new_policy()
        self._new_policy("Second", limit_value=4)
        document = self._new_document()
        document.state = "submitted"
        document.write({"state": "submitted", "user_id": self.sun.id})
        self.assertEqual(self.Clock.search_count([("res_id", "=", document.id),
                                                  ("res_model", "=", document._name)]), 2)

    def test_pause_and_resume(self):
        """SLA-1, PLN-16: waiting for the customer does not count, and moves the deadline."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        with self.at("2026-03-02 11:00"):
            document.state = "waiting"
        self.assertRecordValues(clock, [{
            "state": "paused", "paused_at": self.utc("2026-03-02 11:00"), "next_event_at": False, "is_open": True}])
        with self.at("2026-03-04 11:00"):
            document.state = "submitted"
        self.assertRecordValues(clock, [{
            "state": "running", "paused_at": False, "deadline_at": self.utc("2026-03-05 09:00"), "deadline_no": 2}])
        with self.at("2026-03-04 12:00"):
            document.state = "done"
        self.assertEqual(clock.consumed_seconds, 3 * 3600)
        self.assertEqual(self.kinds(clock), ["started", "paused", "resumed", "moved", "met"])

    def test_pause_over_the_night_costs_nothing(self):
        """SLA-1: a pause outside working time moves nothing."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        with self.at("2026-03-02 18:00"):
            document.state = "waiting"
        with self.at("2026-03-03 07:00"):
            document.state = "submitted"
        clock = self.clock_of(document)
        self.assertEqual(clock.deadline_at, self.utc("2026-03-03 09:00"))
        self.assertEqual(clock.deadline_no, 1)

    def test_stop_while_paused(self):
        """SLA-1: a record that ends while it waits is judged without the time it waited."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        with self.at("2026-03-02 10:00"):
            document.state = "waiting"
        with self.at("2026-03-10 10:00"):
            document.state = "done"
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{"state": "met", "consumed_seconds": 3600, "on_time": 100.0}])

    def test_start_while_waiting(self):
        """SLA-1: a record that matches start and pause at once starts paused."""
        self._new_policy(start_domain="[('state', 'in', ['submitted', 'waiting'])]")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(state="waiting")
        clock = self.clock_of(document)
        self.assertEqual(clock.state, "paused")
        with self.at("2026-03-03 09:00"):
            document.state = "submitted"
        self.assertEqual(clock.deadline_at, self.utc("2026-03-04 09:00"))

    def test_pause_of_a_late_clock(self):
        """SLA-1: a pause after the deadline does not make good what is late."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.run_cron("2026-03-03 10:00")
        with self.at("2026-03-03 11:00"):
            document.state = "waiting"
        self.assertEqual(clock.state, "paused")
        with self.at("2026-03-04 11:00"):
            document.state = "submitted"
        self.assertRecordValues(clock, [{
            "state": "breached", "is_late": True, "deadline_at": self.utc("2026-03-03 09:00")}])

    def test_limit_from_a_field(self):
        """SLA-1: the limit can stand on the record, and follows it."""
        self._new_policy(limit_source="field", limit_field="limit_hours")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(limit_hours=2)
        clock = self.clock_of(document)
        self.assertEqual(clock.deadline_at, self.utc("2026-03-02 11:00"))
        with self.at("2026-03-02 10:00"):
            document.limit_hours = 4
        self.assertEqual(clock.deadline_at, self.utc("2026-03-02 14:00"))
        self.assertEqual(clock.limit_value, 4)

    def test_empty_limit_field(self):
        """SLA-1: without a limit there is no deadline, and the history says which field is empty."""
        self._new_policy(limit_source="field", limit_field="limit_hours")
        document = self._new_document()
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{"deadline_at": False, "next_event_at": False, "state": "running"}])
        self.assertIn("Limit Hours", clock.event_ids.filtered(lambda event: event.kind == "note").note)
        document.limit_hours = 2
        self.assertTrue(clock.deadline_at)
        document.state = "done"
        self.assertEqual(clock.state, "met")

    def test_minutes_days_and_clock_time(self):
        """SLA-1: limits in minutes, hours or days, of working or of clock time."""
        for values, expected in [
            ({"limit_unit": "minutes", "limit_value": 90}, "2026-03-09 08:30"),
            ({"limit_unit": "days", "limit_value": 1}, "2026-03-09 16:00"),
            ({"limit_unit": "hours", "limit_value": 24, "time_kind": "elapsed"}, "2026-03-07 16:00"),
            ({"limit_unit": "days", "limit_value": 2, "time_kind": "elapsed"}, "2026-03-08 16:00"),
        ]:
            with self.subTest(**values), self.at("2026-03-06 16:00"):
                policy = self._new_policy(**values)
                clock = self.clock_of(self._new_document(), policy)
                self.assertEqual(clock.deadline_at, self.utc(expected))
                policy.active = False

    def test_days_before_a_date(self):
        """SLA-1: five working days before the planned arrival, a date that counts as its close of work."""
        self._new_policy(anchor="before", anchor_field="planned_date", limit_value=5, limit_unit="days")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(planned_date="2026-03-20")
        self.assertEqual(self.clock_of(document).deadline_at, self.utc("2026-03-13 17:00"))

    def test_hours_after_a_time(self):
        """SLA-1: a limit counted from a time on the record, not from the start."""
        self._new_policy(anchor="after", anchor_field="planned_at", limit_value=8)
        with self.at("2026-03-02 09:00"):
            document = self._new_document(planned_at=self.utc("2026-03-05 10:00"))
        self.assertEqual(self.clock_of(document).deadline_at, self.utc("2026-03-06 10:00"))

    def test_empty_date(self):
        """SLA-1: as long as the date is empty there is no deadline; filling it sets one."""
        self._new_policy(anchor="before", anchor_field="planned_date", limit_value=1, limit_unit="days",
                         steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
            clock = self.clock_of(document)
            self.assertFalse(clock.deadline_at)
            self.assertIn("Planned Date", clock.event_ids.filtered(lambda event: event.kind == "note").note)
            document.planned_date = "2026-03-06"
        self.assertEqual(clock.deadline_at, self.utc("2026-03-05 17:00"))
        self.assertEqual(clock.next_event_at, self.utc("2026-03-05 17:00"))

    def test_start_after_the_deadline(self):
        """SLA-1: a clock that begins after its deadline is due at once."""
        self._new_policy(anchor="before", anchor_field="planned_date", limit_value=5, limit_unit="days",
                         steps=[{"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"}])
        with self.at("2026-03-19 09:00"):
            document = self._new_document(planned_date="2026-03-20")
        clock = self.clock_of(document)
        self.run_cron("2026-03-19 09:00")
        self.assertEqual(clock.state, "breached")
        self.assertEqual(clock.event_ids.step_id.mapped("name"), ["Now"])

    def test_calendar_of_the_department(self):
        """SLA-1: a department with working hours of its own counts by them."""
        self.design.resource_calendar_id = self._new_calendar("Late shift", hours=((14, 22),))
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            clock = self.clock_of(self._new_document())
        self.assertEqual(clock.deadline_at, self.utc("2026-03-02 22:00"))

    def test_no_calendar_at_all(self):
        """SLA-1, SLA-4: without working hours clock time is counted, and the clock says so."""
        self.company.resource_calendar_id = False
        self._new_policy()
        with self.at("2026-03-06 16:00"):
            clock = self.clock_of(self._new_document())
        self.assertRecordValues(clock, [{
            "calendar_missing": True, "calendar_id": False, "deadline_at": self.utc("2026-03-07 00:00")}])
        self.assertIn("clock time", clock.event_ids.filtered(lambda event: event.kind == "note").note)

    def test_empty_calendar(self):
        """SLA-1, SLA-4: working hours without working time end in a deadline, not in an endless search."""
        self.calendar.attendance_ids.unlink()
        self._new_policy(steps=[{"name": "Soon", "offset": 1, "timing": "before"}])
        with self.at("2026-03-06 16:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.assertRecordValues(clock, [{
            "calendar_missing": True, "deadline_at": self.utc("2026-03-07 00:00"),
            "next_event_at": self.utc("2026-03-06 23:00")}])
        with self.at("2026-03-06 18:00"):
            self.assertEqual(document.sla_clocks[0]["remaining"], 6 * 3600)
            document.state = "done"
        self.assertEqual(clock.consumed_seconds, 7200)

    def test_deleted_record(self):
        """SLA-4: the clock of a deleted record is cancelled, keeps its name, and fires nothing."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        document.unlink()
        self.assertRecordValues(clock, [{"state": "cancelled", "next_event_at": False, "res_name": "D1"}])
        self.assertFalse(self.run_cron("2026-03-04 09:00"))
        with self.assertRaisesRegex(UserError, "deleted"):
            clock.action_open_record()

    def test_record_deleted_behind_the_back(self):
        """SLA-4: a record that the database deleted (a cascade) is noticed before anything fires."""
        self._new_policy(steps=[{"name": "Now"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.env.cr.execute("DELETE FROM test_order_sla_document WHERE id = %s", [document.id])
        self.env.invalidate_all()
        self.run_cron("2026-03-04 09:00")
        self.assertEqual(clock.state, "cancelled")
        self.assertEqual(self.kinds(clock), ["started", "cancelled"])

    def test_open_record(self):
        """SLA-2: a clock opens its record."""
        self._new_policy()
        document = self._new_document()
        action = self.clock_of(document).action_open_record()
        self.assertEqual((action["res_model"], action["res_id"]), (document._name, document.id))

    def test_archived_record_keeps_its_clock(self):
        """SLA-4: archiving a document is no condition: its clock runs on, and can be ended."""
        self._new_policy()
        document = self._new_document()
        document.active = False
        clock = self.clock_of(document)
        self.assertEqual(clock.state, "running")
        document.state = "done"
        self.assertEqual(clock.state, "met")

    def test_history_speaks_the_readers_language(self):
        """SLA-4: events are kept as facts and told in the reader's words and time zone."""
        self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        with self.at("2026-03-02 10:00"):
            document.state = "waiting"
        with self.at("2026-03-02 11:00"):
            document.state = "submitted"
        event = self.clock_of(document).event_ids.filtered(lambda event: event.kind == "moved")
        self.assertIn("9:00", event.with_context(tz="Asia/Shanghai").note)
        self.assertIn("10:00", event.with_context(tz="Asia/Shanghai").note)
        self.assertIn("1:00", event.with_context(tz="UTC").note)

    def _sql_on_time(self, clocks):
        self.env.flush_all()
        self.env.cr.execute("SELECT on_time FROM sla_clock WHERE id = ANY(%s) ORDER BY id", [clocks.ids])
        return [row[0] for row in self.env.cr.fetchall()]

    def test_compliance_average(self):
        """SLA-3: the average of "in time" is over clocks with a verdict: those that ended, and those that are late."""
        policy = self._new_policy()
        with self.at("2026-03-02 09:00"):
            documents = self.Document.create([
                {"name": f"D{n}", "state": "submitted", "user_id": self.li.id} for n in range(4)])
        with self.at("2026-03-02 10:00"):
            documents[:2].state = "done"
        self.run_cron("2026-03-03 10:00")   # the third is late
        with self.at("2026-03-03 11:00"):
            documents[3].state = "waiting"
        clocks = self.Clock.search([("policy_id", "=", policy.id)], order="id")
        self.assertEqual(self._sql_on_time(clocks), [100.0, 100.0, 0.0, 0.0])
        with self.at("2026-03-03 11:00"):
            self._new_document()
        [(average,)] = self.Clock._read_group([("policy_id", "=", policy.id)], [], ["on_time:avg"])
        self.assertEqual(average, 50.0)
