from datetime import datetime
from time import process_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaBounds(SlaCommon):
    """Numbers and dates that a clock is given: decimals count, slips of the finger are refused or said."""

    def _note(self, clock):
        return clock.event_ids.filtered(lambda event: event.kind == "note").note

    def assertDateRefused(self, **values):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            self._new_document(name="Typo", **values)
        for word in (*map(str, values.values()), "Typo", "Answer", "2006", "2046", "correct the date"):
            self.assertIn(word, str(caught.exception))

    # ------------------------------------------------------------------ limits from a field

    def test_decimals_of_a_limit_count(self):
        """SLA-1: 2.75 of a field are 2.75, of hours, minutes, days, working or clock time, a quantity or an amount."""
        for unit, kind, value, expected in [
            ("hours", "working", 2.75, "2026-03-02 11:45"), ("hours", "working", 0.5, "2026-03-02 09:30"),
            ("hours", "elapsed", 2.75, "2026-03-02 11:45"), ("minutes", "working", 90.0, "2026-03-02 10:30"),
            ("days", "working", 0.5, "2026-03-02 14:00"), ("days", "working", 1.25, "2026-03-03 11:00"),
            ("days", "elapsed", 0.5, "2026-03-02 21:00"),
        ]:
            for field in ("limit_exact", "limit_amount"):
                with self.subTest(unit=unit, kind=kind, value=value, field=field), self.at("2026-03-02 09:00"):
                    policy = self._new_policy(limit_source="field", limit_field=field, limit_unit=unit, time_kind=kind)
                    clock = self.clock_of(self._new_document(**{field: value}), policy)
                    self.assertRecordValues(clock, [{"deadline_at": self.utc(expected), "limit_value": value}])
                    policy.active = False

    def test_decimals_before_a_date(self):
        """SLA-1: half a day before a date: the latest moment with half of a day's hours before its close of work."""
        self._new_policy(anchor="before", anchor_field="planned_date", limit_source="field", limit_field="limit_exact",
                         limit_unit="days")
        with self.at("2026-03-02 09:00"):
            clock = self.clock_of(self._new_document(planned_date="2026-03-06", limit_exact=0.5))
        self.assertEqual(clock.deadline_at, self.utc("2026-03-06 13:00"))

    def test_unchanged_decimals_change_nothing(self):
        """SLA-4: a clock with a limit of 0.1 hours is not written each time that its record is."""
        self._new_policy(limit_source="field", limit_field="limit_exact")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(limit_exact=0.1)
            clock = self.clock_of(document)
            self.env.flush_all()
            self.env.invalidate_all()
            document.state = "submitted"
        self.assertEqual((clock.deadline_no, self.kinds(clock)), (1, ["started"]))

    # ------------------------------------------------------------------ dates

    def test_date_out_of_bounds_is_refused(self):
        """SLA-4: a date of the year 9999, 3026, 2207 or 206 is refused at once; field, value and cure are named."""
        begin = process_time()
        for anchor, kind, unit in (("before", "working", "days"), ("after", "elapsed", "hours")):
            policies = self._new_policy(anchor=anchor, anchor_field="planned_date", time_kind=kind, limit_unit=unit)
            policies |= self._new_policy(anchor=anchor, anchor_field="planned_at", time_kind=kind, limit_unit=unit)
            with self.at("2026-03-02 09:00"):
                for year in (9999, 3026, 2207, 206):
                    self.assertDateRefused(planned_date=f"{year:04}-12-31")
                    self.assertDateRefused(planned_at=datetime(year, 12, 31, 23, 59, 59))
                self.assertTrue(self._new_document(planned_date="2046-12-31", planned_at=self.utc("2006-01-01 12:00")))
            policies.active = False
        self.assertLess(process_time() - begin, 30)

    def test_date_moved_out_of_bounds_is_refused(self):
        """SLA-4: writing such a date into a record with a clock is refused, by field and record."""
        self._new_policy(anchor="before", anchor_field="planned_date", limit_unit="days", limit_value=1)
        with self.at("2026-03-02 09:00"):
            document = self._new_document(planned_date="2026-03-06")
            clock = self.clock_of(document)
            with self.assertRaisesRegex(UserError, "Planned Date of \"D1\" is 9999-12-31"), self.cr.savepoint():
                document.planned_date = "9999-12-31"
            with self.assertRaisesRegex(UserError, "Planned Date"), self.cr.savepoint():
                document.write({"planned_date": "9999-12-31", "state": "done"})
            self.assertEqual(clock.deadline_at, self.utc("2026-03-05 17:00"))

    def test_limit_out_of_bounds_is_refused(self):
        """SLA-4: a limit of a million hours, or one that is no number, is refused; field, value and unit are named."""
        self._new_policy(limit_source="field", limit_field="limit_exact")
        for value in (1e6, float("inf"), float("nan"), 1e300):
            with self.subTest(value=value), self.assertRaisesRegex(
                    UserError, "Limit Exact of \"D1\" is .*Answer.*Hours.*correct the number"), self.cr.savepoint():
                self._new_document(limit_exact=value)

    def test_what_is_out_of_bounds_already_stops_nobody(self):
        """SLA-4: a record that has such a date already holds up neither a new policy nor a changed calendar."""
        with self.at("2026-03-02 09:00"):
            far = self._new_document(name="Far", planned_date="9999-12-31")
            near = self._new_document(name="Near", planned_date="2026-03-06")
            policy = self._new_policy(anchor="before", anchor_field="planned_date", limit_unit="days", limit_value=1,
                                      steps=[{"name": "Now"}])
            policy.action_apply_to_existing()
            policy.limit_value = 2
            self.calendar.attendance_ids[0].unlink()
            self.env.cr.flush()
        clock = self.clock_of(far)
        self.assertRecordValues(clock, [{"deadline_at": False, "next_event_at": False, "state": "running"}])
        self.assertIn("Planned Date is 9999-12-31, too far away", self._note(clock))
        self.assertEqual(self.clock_of(near).deadline_at, self.utc("2026-03-04 17:00"))
        with self.at("2026-03-02 10:00"):
            far.state = "done"
        self.assertEqual(clock.state, "met", "it can be ended without the date being corrected")

    def test_calendar_without_hours_and_a_far_date(self):
        """SLA-4: the furthest date that is allowed, by working hours that hold none, is answered in clock time."""
        self.calendar.attendance_ids.unlink()
        self._new_policy(anchor="after", anchor_field="planned_date", limit_value=3650, limit_unit="days",
                         steps=[{"name": "Later", "offset": 3650, "unit": "days"}])
        with self.at("2026-03-02 09:00"):
            document = self._new_document(planned_date="2046-12-31")
            self.assertRecordValues(self.clock_of(document), [{"calendar_missing": True}])
            self.assertEqual(document.sla_deadline.year, 2056)
            self.assertGreater(document.sla_clocks[0]["remaining"], 86400 * 365 * 30)

    def test_longest_limit_in_working_time(self):
        """SLA-4: the longest limit has a deadline and a display, also counted from the furthest date."""
        for anchor in ("before", "after"):
            self._new_policy(anchor=anchor, anchor_field="planned_date", limit_value=3650, limit_unit="days")
        with self.at("2026-03-02 09:00"):
            for year in (2006, 2046):
                document = self._new_document(planned_date=f"{year}-06-01")
                self.assertEqual(len([clock for clock in document.sla_clocks if clock["deadline"]]), 2)

    # ------------------------------------------------------------------ policies

    def test_policy_out_of_bounds_is_refused(self):
        """SLA-1: a limit or a step of more than ten years is refused where it is entered."""
        for values in ({"limit_value": 10 ** 6}, {"limit_value": 3651, "limit_unit": "days"}):
            with self.assertRaisesRegex(ValidationError, "Answer, field Limit: .*3650 days"), self.cr.savepoint():
                self._new_policy(**values)
        with self.assertRaisesRegex(ValidationError, "Answer, step Far: .*3650 days"), self.cr.savepoint():
            self._new_policy(step_ids=[Command.create({"name": "Far", "offset": 10 ** 6})])
        policy = self._new_policy(limit_value=3650, limit_unit="days")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            policy.write({"limit_value": 10 ** 5, "limit_unit": "hours"})
        policy.write({"limit_value": 10 ** 5, "limit_unit": "minutes"})

    def test_policy_of_the_former_revision(self):
        """SLA-4: a limit that was saved before there were bounds leaves its clocks without deadline, and says so."""
        policy = self._new_policy()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sla_policy SET limit_value = 2147483647 WHERE id = %s", [policy.id])
        policy.invalidate_recordset()
        with self.assertRaises(UserError), self.cr.savepoint():
            self._new_document()
        policy.action_apply_to_existing()
