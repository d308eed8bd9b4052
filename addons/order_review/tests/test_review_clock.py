from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import ReviewCommon

MONDAY = "2026-03-02 01:00:00"  # 9:00 in the calendar's zone


@tagged("post_install", "-at_install")
class TestReviewClock(ReviewCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create({
            "name": "8 h", "tz": "Asia/Shanghai", "company_id": cls.company.id,
            "attendance_ids": [fields.Command.create({
                "name": "Day", "dayofweek": str(day), "hour_from": 9, "hour_to": 17}) for day in range(5)]})
        cls.company.resource_calendar_id = calendar
        with freeze_time(MONDAY):
            cls.review = cls._submit(cls._order())
            cls.env.flush_all()

    def _clock(self, record, policy):
        return self.env["sla.clock"].search([
            ("res_model", "=", record._name), ("res_id", "=", record.id),
            ("policy_id", "=", self.env.ref(f"order_review.{policy}").id)])

    def test_each_department_has_its_limit(self):
        """REV-3, REV-6, SLA-1: each department's clock runs from the sending with the line's own limit."""
        with freeze_time(MONDAY):
            review = self._submit(self._order(self.special))
            clock = self._clock(self._line(review, "engineering"), "sla_policy_review_line")
            self.assertRecordValues(clock, [{
                "state": "running", "user_id": self.reviewers["engineering"].id,
                "department_id": self.departments["engineering"].id,
                "deadline_at": fields.Datetime.to_datetime("2026-03-02 09:00:00")}])
            desk = self._clock(self._line(review, "desk"), "sla_policy_review_line")
            self.assertEqual(desk.deadline_at, fields.Datetime.to_datetime("2026-03-02 05:00:00"))

    def test_signature_stops_the_clock(self):
        """REV-3, SLA-1: the clock stops when the department signs."""
        with freeze_time(MONDAY) as now:
            review = self.review
            now.tick(timedelta(hours=1))
            self._agree(review, "production")
            clock = self._clock(self._line(review, "production"), "sla_policy_review_line")
            self.assertRecordValues(clock, [{"state": "met", "is_open": False, "consumed_seconds": 3600}])

    def test_late_department_shows_on_the_board(self):
        """REV-12, SLA-2: the chip of a department that is late says so; escalation reaches the manager above."""
        with freeze_time(MONDAY) as now:
            review = self.review
            now.tick(timedelta(hours=5))
            self.env["sla.clock"]._process_due()
            review.invalidate_recordset()
            chips = {chip["department"]: chip for chip in review.review_chips}
            self.assertTrue(chips["production department"]["late"])
            self.assertTrue(chips["production department"]["deadline"])
            users = self._line(review, "production").activity_ids.user_id
            self.assertIn(self.reviewers["production"], users)
            now.tick(timedelta(hours=4))
            self.env["sla.clock"]._process_due()
            self.assertIn(self.general_manager, self._line(review, "production").activity_ids.user_id)

    def test_late_filter_finds_rounds(self):
        """REV-12: rounds with a late department are found."""
        with freeze_time(MONDAY) as now:
            review = self.review
            now.tick(timedelta(hours=5))
            self.env["sla.clock"]._process_due()
            found = self.env["order.review"].search([("line_ids.sla_state", "=", "late")])
            self.assertEqual(found, review)

    def test_conclusion_has_its_clock(self):
        """REV-5, REV-6: once all have signed, the clock of the conclusion runs for the one who decides."""
        with freeze_time(MONDAY):
            review = self.review
            self.assertFalse(self._clock(review, "sla_policy_review_conclusion"))
            self._agree(review)
            clock = self._clock(review, "sla_policy_review_conclusion")
            self.assertRecordValues(clock, [{"state": "running", "user_id": self.general_manager.id}])
            self.assertTrue(review.activity_ids.filtered(lambda a: a.user_id == self.general_manager))
            self._conclude(review, "accept")
            self.assertEqual(clock.state, "met")
            self.assertFalse(review.activity_ids)

    def test_cancelled_round_cancels_its_clocks(self):
        """REV-11, SLA-1: the clocks of a cancelled round end without verdict."""
        with freeze_time(MONDAY):
            review = self.review
            review.order_id.action_cancel()
            self.assertEqual(self._clock(self._line(review, "desk"), "sla_policy_review_line").state, "cancelled")

    def test_instruction_is_due_within_four_hours(self):
        """INS-1: four working hours from the contract's effect to the instruction, four more to acknowledge."""
        with freeze_time(MONDAY):
            order = self._reviewed()
            order.action_confirm()
            self.assertFalse(self._clock(order, "sla_policy_instruction"))
            order.with_user(self.desk)._register_contract(
                self._document(order, "contract", "Contract"), "Mr. Wang", fields.Date.today())
            clock = self._clock(order, "sla_policy_instruction")
            self.assertRecordValues(clock, [{
                "state": "running", "user_id": self.desk.id,
                "deadline_at": fields.Datetime.to_datetime("2026-03-02 05:00:00")}])
            action = order.with_user(self.desk).action_issue_instruction()
            instruction = self.env["production.instruction"].browse(action["res_id"])
            instruction.with_user(self.desk).action_issue()
            self.assertEqual(clock.state, "met")
            acknowledgement = self._clock(instruction, "sla_policy_acknowledgement")
            self.assertEqual(acknowledgement.state, "running")
            for user in self.reviewers.values():
                if instruction.with_user(user).can_acknowledge:
                    instruction.with_user(user).action_acknowledge()
            self.assertEqual(acknowledgement.state, "met")

    def test_condition_is_followed_by_a_clock(self):
        """REV-5: a commitment's clock runs until its date for its owner."""
        with freeze_time(MONDAY):
            review = self.review
            self._agree(review)
            self._conclude(review, "conditional", conditions=[{
                "name": "Scheme B", "kind": "technical", "date": "2026-03-20",
                "owner_id": self.reviewers["production"].id}])
            condition = review.condition_ids
            self.assertFalse(self._clock(condition, "sla_policy_condition"))
            self.assertTrue(self._clock(review, "sla_policy_review_customer"))
            self._record_customer(review)
            clock = self._clock(condition, "sla_policy_condition")
            self.assertRecordValues(clock, [{
                "state": "running", "user_id": self.reviewers["production"].id,
                "deadline_at": fields.Datetime.to_datetime("2026-03-20 09:00:00")}])
            condition.with_user(self.reviewers["production"]).action_fulfill()
            self.assertEqual(clock.state, "met")
