from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaPause(SlaCommon):
    """What was due before a pause is not lost by it."""

    STEPS = [{"name": "Soon", "offset": 1, "timing": "before"}, {"name": "Now"},
             {"name": "Later", "offset": 2, "recipient": "manager"}]

    def setUp(self):
        super().setUp()
        self.policy = self._new_policy(steps=self.STEPS)
        with self.at("2026-03-02 09:00"):
            self.document = self._new_document()
        self.clock = self.clock_of(self.document)   # due on Tuesday at nine

    def _pause(self, text):
        with self.at(text):
            self.document.state = "waiting"

    def _fired(self):
        return self.clock.event_ids.filtered(lambda event: event.kind == "step").sorted("id").step_id.mapped("name")

    def test_overdue_clock_paused_before_the_cron(self):
        """SLA-4: a deadline that passed before the pause is a breach, at its moment, and everybody due is told."""
        self._pause("2026-03-03 10:00")
        self.run_cron("2026-03-03 10:01")
        self.assertRecordValues(self.clock, [{
            "state": "paused", "is_late": True, "on_time": 0.0, "is_open": True, "next_event_at": False}])
        self.assertEqual(self._fired(), ["Soon", "Now"])
        self.assertEqual(self.document.activity_ids.user_id, self.li)
        breach = self.clock.event_ids.filtered(lambda event: event.kind == "breached")
        self.assertEqual((breach.at, breach.reason), (self.utc("2026-03-03 09:00"), "deadline_passed"))
        self.assertFalse(self.run_cron("2026-03-05 10:00"), "nothing fires while the clock stands")

    def test_overdue_clock_goes_on_late(self):
        """SLA-4: after the pause the clock is late as before, and escalates to whom nobody told yet."""
        self._pause("2026-03-03 10:00")
        self.run_cron("2026-03-03 10:01")
        with self.at("2026-03-03 16:00"):
            self.document.state = "submitted"
        self.assertRecordValues(self.clock, [{"state": "breached", "deadline_at": self.utc("2026-03-03 09:00")}])
        self.run_cron("2026-03-03 16:01")
        self.assertEqual(self._fired(), ["Soon", "Now", "Later"])
        self.assertEqual(self.kinds(self.clock).count("breached"), 1)

    def test_pause_that_ends_before_the_cron(self):
        """SLA-4: paused and resumed between two runs of the cron, the breach is told once."""
        self._pause("2026-03-03 10:00")
        with self.at("2026-03-03 10:00"):
            self.document.state = "submitted"
        self.run_cron("2026-03-03 10:01")
        self.run_cron("2026-03-03 10:02")
        self.assertEqual(self._fired(), ["Soon", "Now"])
        self.assertEqual(self.kinds(self.clock).count("breached"), 1)

    def test_reminder_due_before_the_pause(self):
        """SLA-4: a reminder that was due fires though its document waits by now; the deadline is not touched."""
        self._pause("2026-03-03 08:30")
        self.run_cron("2026-03-03 08:31")
        self.assertEqual(self._fired(), ["Soon"])
        self.assertRecordValues(self.clock, [{"state": "paused", "is_late": False, "next_event_at": False}])

    def test_pause_that_nobody_has_seen(self):
        """SLA-1: a pause that the cron is the first to see may have begun before what is due: that is held back."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE test_order_sla_document SET state = 'waiting' WHERE id = %s", [self.document.id])
        self.env.invalidate_all()
        self.run_cron("2026-03-03 08:10")
        self.assertEqual((self.clock.state, self._fired()), ("paused", []))

    def test_nothing_due_before_the_pause(self):
        """SLA-1: a clock that is paused in time tells nobody, however long it stands."""
        self._pause("2026-03-02 16:00")
        self.assertFalse(self.clock.next_event_at)
        self.assertFalse(self.run_cron("2026-03-20 09:00"))

    def test_paused_exactly_at_the_deadline(self):
        """SLA-3: the deadline itself is in time, for a pause as for an end."""
        self.run_cron("2026-03-03 08:00")
        self._pause("2026-03-03 09:00")
        self.assertFalse(self.run_cron("2026-03-03 09:01"))
        self.assertFalse(self.clock.is_late)

    def test_overdue_pause_ends_with_a_stop(self):
        """SLA-3: what was late before it waited ends late, with one breach for the deadline and one for the end."""
        self._pause("2026-03-03 10:00")
        self.run_cron("2026-03-03 10:01")
        with self.at("2026-03-04 10:00"):
            self.document.state = "done"
        self.assertRecordValues(self.clock, [{"state": "breached", "is_open": False, "on_time": 0.0}])
        self.assertFalse(self.document.activity_ids)

    def test_start_in_a_pause_with_no_time_left(self):
        """SLA-1: a clock that starts in a pause with nothing left of its limit is not moved by that pause."""
        self.policy.active = False
        policy = self._new_policy(
            start_domain="[('state', 'in', ('submitted', 'waiting'))]", limit_value=0, anchor="after",
            anchor_field="planned_at", steps=[{"name": "Now"}])
        for planned in ("2026-03-02 09:00", "2026-03-02 12:00", "2026-02-27 09:00", "2026-03-01 09:00"):
            with self.subTest(planned=planned):
                with self.at("2026-03-02 09:00"):
                    document = self._new_document(state="waiting", planned_at=self.utc(planned))
                clock = self.clock_of(document, policy)
                with self.at("2026-03-04 09:00"):
                    document.state = "submitted"
                self.assertRecordValues(clock, [{"deadline_at": self.utc(planned), "deadline_no": 1}])
                self.assertNotIn("moved", self.kinds(clock))
                self.run_cron("2026-03-04 09:01")
                self.assertEqual((clock.state, len(document.activity_ids)), ("breached", 1))

    def test_start_in_a_pause_with_time_left(self):
        """SLA-1: what is left of the limit is left after the pause."""
        self.policy.active = False
        policy = self._new_policy(
            start_domain="[('state', 'in', ('submitted', 'waiting'))]", limit_value=1, anchor="after",
            anchor_field="planned_at")
        with self.at("2026-03-02 09:00"):
            document = self._new_document(state="waiting", planned_at=self.utc("2026-03-02 12:00"))
        with self.at("2026-03-04 09:00"):
            document.state = "submitted"
        self.assertEqual(self.clock_of(document, policy).deadline_at, self.utc("2026-03-04 10:00"))

    # ------------------------------------------------------------------ limits shortened after the fact

    def test_limit_shortened_after_its_deadline(self):
        """SLA-4: where the deadline turns out to have passed nobody is reminded of it, it is escalated."""
        with self.at("2026-03-02 15:00"):
            self.policy.limit_value = 2
        self.run_cron("2026-03-02 15:00")
        self.assertEqual(self.clock.state, "breached")
        self.assertEqual(self._fired(), ["Now", "Later"])

    def test_limit_shortened_after_its_reminders(self):
        """SLA-4: of reminders that a shorter limit has left behind only the last is given, before the deadline."""
        self.policy.step_ids = [(0, 0, {"name": "Early", "offset": 3, "timing": "before"})]
        with self.at("2026-03-02 14:30"):
            self.policy.limit_value = 5   # due at 15:00, reminders at 11:00 and 14:00
        self.run_cron("2026-03-02 14:31")
        self.assertEqual(self._fired(), ["Soon"])
        self.run_cron("2026-03-02 15:00")
        self.assertEqual(self._fired(), ["Soon", "Now"])

    def test_date_moved_into_the_past(self):
        """SLA-4: the same for a date of the record that is moved back."""
        self.policy.active = False
        policy = self._new_policy(anchor="before", anchor_field="planned_date", limit_value=1, limit_unit="days",
                                  steps=self.STEPS)
        with self.at("2026-03-02 09:00"):
            document = self._new_document(planned_date="2026-03-20")
        with self.at("2026-03-10 16:00"):
            document.planned_date = "2026-03-10"
        self.clock = self.clock_of(document, policy)
        self.run_cron("2026-03-10 16:00")
        self.assertEqual(self._fired(), ["Now", "Later"])

    def test_reminder_thought_of_after_the_deadline(self):
        """SLA-4: a reminder that is added to the policy when the deadline has passed does not fire on late clocks."""
        self.run_cron("2026-03-03 09:30")
        with self.at("2026-03-03 09:40"):
            self.policy.step_ids = [(0, 0, {"name": "Early", "offset": 4, "timing": "before"})]
        self.run_cron("2026-03-03 12:00")
        self.assertEqual(self._fired(), ["Soon", "Now", "Later"])
