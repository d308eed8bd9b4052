from odoo.tests import tagged

from .common import SlaCommon


@tagged("post_install", "-at_install")
class TestSlaForecast(SlaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls._new_policy(limit_value=8, department_field="department_id")

    def past(self, hours, number=1, department=None, **values):
        """Steps of February that took so many working hours."""
        return self.Clock.create([{
            "policy_id": self.policy.id, "res_model": "test.order.sla.document", "res_id": 1, "res_name": "Past",
            "company_id": self.company.id, "department_id": (department or self.design).id,
            "calendar_id": self.calendar.id, "state": "met", "is_open": False,
            "started_at": self.utc("2026-02-10 09:00"), "stopped_at": self.utc("2026-02-12 09:00"),
            "consumed_seconds": hours * 3600} | values
            for _number in range(number)])

    def open(self, text="2026-03-02 09:00"):
        """A step that begins on Monday at nine and has eight hours: until Tuesday at nine."""
        with self.at(text):
            document = self._new_document(department_id=self.design.id)
            self.env.flush_all()
        return self.clock_of(document)

    def look_ahead(self, text):
        with self.at(text):
            self.Clock._look_ahead()
            self.env.invalidate_all()
            return self.Clock.search([
                ("is_likely_late", "=", True), ("is_open", "=", True), ("deadline_at", ">=", "now")])

    def test_step_that_will_break_is_seen_before(self):
        """SLA-3: of twelve former ones half took ten hours or more: nine o'clock and ten is eleven on Tuesday."""
        for hours, number in ((6, 3), (10, 6), (20, 3)):
            self.past(hours, number)
        clock = self.open()
        self.assertEqual(clock.deadline_at, self.utc("2026-03-03 09:00"))
        self.assertEqual(self.look_ahead("2026-03-02 10:00"), clock)
        self.assertEqual((clock.forecast_at, clock.forecast_count), (self.utc("2026-03-03 11:00"), 12))

    def test_step_that_will_be_kept(self):
        """SLA-3: most former ones took two hours; once those are over, the forecast is that of the slower ones."""
        self.past(2, 8)
        self.past(12, 6)
        clock = self.open()
        self.assertFalse(self.look_ahead("2026-03-02 09:00"))
        self.assertEqual((clock.forecast_at, clock.forecast_count), (self.utc("2026-03-02 11:00"), 14))
        self.assertEqual(self.look_ahead("2026-03-02 14:00"), clock)
        self.assertEqual(clock.forecast_count, 6)

    def test_too_few_former_steps_say_nothing(self):
        """SLA-3: nine of the department are not enough; with those of other departments they are."""
        self.past(10, 9)
        clock = self.open()
        self.assertFalse(self.look_ahead("2026-03-02 10:00"))
        self.assertEqual((clock.forecast_at, clock.forecast_count), (False, 0))
        self.past(10, 3, self.technology)
        self.assertEqual(self.look_ahead("2026-03-02 10:00"), clock)
        self.assertEqual(clock.forecast_count, 12)

    def test_only_ended_steps_of_the_last_half_year_count(self):
        """SLA-3: older ones, cancelled ones and those of another department (where its own suffice) do not."""
        self.past(2, 10)
        self.past(30, 20, stopped_at=self.utc("2025-08-01 09:00"))
        self.past(30, 20, state="cancelled")
        self.past(30, 20, self.technology)
        clock = self.open()
        self.assertFalse(self.look_ahead("2026-03-02 09:30"))
        self.assertEqual((clock.forecast_at, clock.forecast_count), (self.utc("2026-03-02 11:00"), 10))

    def test_pause_and_end_take_the_forecast_away(self):
        """SLA-3: a clock that waits, or has ended, is not foretold any more."""
        self.past(10, 12)
        clock = self.open()
        self.assertTrue(self.look_ahead("2026-03-02 10:00"))
        document = self.Document.browse(clock.res_id)
        with self.at("2026-03-02 11:00"):
            document.state = "waiting"
            self.env.flush_all()
        self.assertFalse(self.look_ahead("2026-03-02 11:01"))
        self.assertFalse(clock.forecast_at)
        with self.at("2026-03-02 14:00"):
            document.state = "submitted"
            self.env.flush_all()
        self.assertTrue(self.look_ahead("2026-03-02 14:00"))
        self.assertEqual(clock.forecast_at, self.utc("2026-03-03 14:00"))  # two of the ten hours are done
        with self.at("2026-03-02 15:00"):
            document.state = "done"
            self.env.flush_all()
        self.assertFalse(self.look_ahead("2026-03-02 15:01"))
        self.assertFalse(clock.forecast_at)

    def test_passed_deadline_is_late_not_likely_late(self):
        """SLA-3: what has broken is no forecast."""
        self.past(30, 12)
        clock = self.open()
        self.assertFalse(self.look_ahead("2026-03-03 10:00"))
        self.assertFalse(clock.is_likely_late)

    def test_queries_do_not_grow_with_the_clocks(self):
        """SLA-3: as many queries for forty clocks as for four."""
        self.past(10, 12)
        counts = []
        for number in (4, 36):
            for _number in range(number):
                self.open()
            with self.at("2026-03-02 10:00"):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.Clock._look_ahead()
                counts.append(self.env.cr.sql_log_count - before)
            self.Clock.search([("is_open", "=", True)]).write({"forecast_at": False, "forecast_count": 0})
        self.assertLessEqual(counts[1], counts[0])
