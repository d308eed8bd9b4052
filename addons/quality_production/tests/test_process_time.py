from odoo.exceptions import AccessError, UserError

from .common import ProductionCommon


class TestProcessTime(ProductionCommon):

    def test_reported_time_changes_the_routing_when_applied(self):
        """FQC-6: the operator reports, the manager of production applies; the routing says who and why."""
        card = self.make_order().process_card_id
        line, operation = card.line_ids[0], self.bom.operation_ids[0]
        change = line.with_user(self.operator).action_report_time("New fixture", minutes=12)
        self.assertRecordValues(change, [{"old_minutes": 30, "new_minutes": 12, "state": "proposed"}])
        with self.assertRaises(AccessError):
            change.with_user(self.operator).action_apply()
        self.assertEqual(operation.time_cycle_manual, 30)
        change.with_user(self.planner).action_apply()
        self.assertRecordValues(operation, [{"time_cycle_manual": 12, "time_mode": "manual"}])
        self.assertIn("New fixture", operation.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "needs .Reported"):
            change.with_user(self.planner).action_refuse()

    def test_measured_time_is_taken_per_cycle(self):
        """FQC-6: without a figure the measured minutes count: without setup and cleaning, for one cycle, at 100 %."""
        self.center.write({"time_start": 4, "time_stop": 2, "time_efficiency": 50})
        card = self.make_order(quantity=5).process_card_id
        line = card.line_ids[0]
        self.check_received(card)
        self.sign(line, minutes=106)
        change = line.with_user(self.operator).action_report_time("Measured")
        self.assertEqual(change.new_minutes, 10)

    def test_report_needs_time_and_reason(self):
        """FQC-6: nothing is reported without a time or a reason."""
        line = self.make_order().process_card_id.line_ids[0].with_user(self.operator)
        with self.assertRaisesRegex(UserError, "no working time"):
            line.action_report_time("Why not")
        with self.assertRaisesRegex(UserError, "write why"):
            line.action_report_time("", minutes=5)
