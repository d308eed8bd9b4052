from odoo.tests import tagged

from .common import SlaCommon


@tagged("-at_install", "post_install")
class TestSlaEngine(SlaCommon):
    def test_start_stop(self):
        """SLA-1: a clock starts and ends with its record."""
        policy = self._new_policy()
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.assertEqual(clock.policy_id, policy)
        self.assertEqual(clock.deadline_at, self.utc("2026-03-03 09:00"))
        with self.at("2026-03-02 10:00"):
            document.state = "done"
        self.assertEqual(clock.state, "met")
        self.assertEqual(self.kinds(clock), ["started", "met"])
        self.assertEqual(clock.consumed_seconds, 3600)

    def test_steps(self):
        """SLA-1: steps"""
        self._new_policy(steps=[
            {"name": "Soon", "offset": 1, "unit": "hours", "timing": "before"},
            {"name": "Now", "offset": 0},
            {"name": "Boss", "offset": 1, "timing": "after", "recipient": "manager", "action": "chatter"},
        ])
        with self.at("2026-03-02 09:00"):
            document = self._new_document()
        clock = self.clock_of(document)
        self.assertEqual(clock.next_event_at, self.utc("2026-03-03 08:00"))
        self.run_cron("2026-03-03 08:00")
        self.assertEqual(len(document.activity_ids), 1)
        self.run_cron("2026-03-03 09:00")
        self.assertEqual(clock.state, "breached")
        self.run_cron("2026-03-03 11:00")
        self.assertEqual(clock.escalation_level, 1)
        self.assertEqual(self.kinds(clock), ["started", "step", "breached", "step", "step"])
        self.assertFalse(clock.next_event_at)
        self.assertTrue(document.with_user(self.li).sla_clocks)
        self.assertTrue(self.Clock.with_user(self.li).get_my_clocks())
        for event in clock.event_ids:
            print(event.kind, event.note)
        print(document.sla_clocks)
        with self.at("2026-03-03 11:30"):
            document.state = "done"
        self.assertFalse(document.activity_ids)
        self.assertEqual(clock.state, "breached")
