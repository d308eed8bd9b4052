from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import AftersalesCommon

#: A Wednesday, 9:00 in UTC; the calendar is open from 8 to 12 and from 13 to 17.
MORNING = datetime(2026, 11, 4, 9, 0)


@tagged("-at_install", "post_install")
class TestClocks(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"

    def _clock(self, request, code):
        clocks = self.env["sla.clock"].search([("res_model", "=", request._name), ("res_id", "=", request.id)])
        return clocks.filtered(lambda clock: clock.policy_id.code == f"sla_policy_service_{code}")

    def _pass(self, moment):
        """The clocks have struck up to a moment."""
        clocks = self.env["sla.clock"]
        while due := clocks.search([("next_event_at", "<=", moment)], order="next_event_at", limit=1):
            with freeze_time(due.next_event_at):
                clocks._process_due()

    def test_sixty_minutes_to_hand_over(self):
        """AFT-1: handed over within 60 working minutes, else the head of after-sales is told."""
        with freeze_time(MORNING):
            request, late = self._request(), self._request()
        clock = self._clock(request, "handover")
        self.assertRecordValues(clock, [{
            "state": "running", "deadline_at": datetime(2026, 11, 4, 10, 0), "user_id": self.seller.id}])
        with freeze_time(MORNING + timedelta(minutes=50)):
            request.action_hand_over()
        self.assertEqual(clock.state, "met")
        self._pass(MORNING + timedelta(minutes=61))
        self.assertEqual(self._clock(late, "handover").state, "breached")
        self.assertIn((self.head, "hand_over"), self._asked(late))

    def test_two_hours_to_contact(self):
        """AFT-2: contacted within two working hours after the hand-over; head, then general manager."""
        with freeze_time(MORNING):
            request = self._handed()
        clock = self._clock(request, "contact")
        self.assertRecordValues(clock, [{
            "state": "running", "deadline_at": datetime(2026, 11, 4, 11, 0), "user_id": self.engineer.id}])
        self._pass(datetime(2026, 11, 4, 14, 30))
        self.assertEqual(clock.state, "breached")
        asked = self._asked(request)
        self.assertIn((self.head, "contact"), asked)
        self.assertIn((self.general, "contact"), asked)
        with freeze_time(datetime(2026, 11, 4, 15, 0)):
            self._call(request)
        self.assertEqual(self._asked(request), [(self.engineer, "solve")])

    def test_clocks_side_by_side(self):
        """AFT-2, SLA-2: first answer, on site and solution run side by side, each to its own moment."""
        with freeze_time(MORNING):
            request = self._handed(needs_visit=True)
            self.assertEqual(len(request.sla_clocks), 2)
            self.assertEqual(set(request.sudo().sla_clock_ids.policy_id.mapped("code")), {
                "sla_policy_service_contact", "sla_policy_service_solution"})
            self._call(request)
        self.assertRecordValues(self._clock(request, "contact"), [{"state": "met"}])
        self.assertRecordValues(self._clock(request, "on_site"), [{
            "state": "running", "deadline_at": MORNING + timedelta(hours=48)}])
        self.assertRecordValues(self._clock(request, "solution"), [{"state": "running"}])
        with freeze_time(MORNING + timedelta(hours=30)):
            request.action_arrive()
            request.solution = "Replaced on site."
            request.action_solve()
        self.assertEqual({self._clock(request, code).state for code in ("on_site", "solution")}, {"met"})

    def test_reopened_runs_again(self):
        """AFT-2: what is opened again has a clock again."""
        with freeze_time(MORNING):
            request = self._solved()
        with freeze_time(MORNING + timedelta(hours=3)):
            request.action_reopen()
        self.assertEqual(self._clock(request, "solution").mapped("state").count("running"), 1)
