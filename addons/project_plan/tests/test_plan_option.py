from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_plan_load import LoadCommon


@tagged("post_install", "-at_install")
class TestPlanOption(LoadCommon):
    """Ten days of drawing, then five of assembly: 15 working days for a date that leaves 12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner, cls.manager, cls.member = (
            new_test_user(cls.env, f"option_{name}", group, company_id=cls.company.id,
                          company_ids=[Command.set(cls.company.ids)])
            for name, group in (("planner", "project_plan.group_planner"),
                                ("manager", "project_plan.group_plan_manager"),
                                ("member", "project.group_project_user")))
        cls.plan.write({"promised_date": "2026-03-17", "planner_id": cls.planner.id})
        cls.drawing = cls._new_item("Drawing", 80)
        cls.assembly = cls._new_item("Assembly", 40, cls.workshop)
        cls.env["project.task.link"].create({"predecessor_id": cls.drawing.id, "successor_id": cls.assembly.id})
        cls.Option = cls.env["project.plan.option"].with_user(cls.planner)

    def _new_option(self, **values):
        return self.Option.create({"project_id": self.plan.id, **values})

    def _overtime(self, hours=8):
        return self._new_option(kind="overtime", item_ids=[Command.set((self.drawing + self.assembly).ids)],
                                overtime_hours=hours)

    def test_missed_date_offers_three_ways_out(self):
        """PLN-4: overtime on the critical items, the longest of them outside in half the time, the forecast's date."""
        self.assertTrue(self.plan.is_delayed)
        self.plan.with_user(self.planner).action_offer_options()
        options = {option.kind: option for option in self.plan.plan_option_ids}
        self.assertEqual(set(options), {"overtime", "outsourcing", "date"})
        self.assertEqual(options["overtime"].item_ids, self.drawing + self.assembly)
        self.assertRecordValues(options["overtime"], [
            {"finish_without": datetime(2026, 3, 20, 9), "finish_with": datetime(2026, 3, 17, 9), "days_gained": 3,
             "slack_after": 0, "keeps_date": True}])  # 15 days of 8 hours are 12 of 10
        self.assertRecordValues(options["outsourcing"], [
            {"item_ids": self.drawing.ids, "outsourced_days": 5, "days_gained": 5, "slack_after": 2,
             "keeps_date": True}])
        self.assertRecordValues(options["date"], [
            {"new_date": date(2026, 3, 20), "days_gained": 0, "slack_after": 0, "keeps_date": True}])
        self.plan.with_user(self.planner).action_offer_options()
        self.assertEqual(len(self.plan.plan_option_ids), 3)

    def test_computing_writes_nothing_into_the_plan(self):
        """PLN-4: dates, durations and the promise stay as they are until a decision is carried out."""
        before = self.env["project.task"].search_read([("project_id", "=", self.plan.id)], [
            "duration_hours", "planned_finish", "forecast_finish", "remaining_hours"], load=None)
        self._overtime().action_propose()
        self.env.flush_all()
        self.env.invalidate_all()
        after = self.env["project.task"].search_read([("project_id", "=", self.plan.id)], [
            "duration_hours", "planned_finish", "forecast_finish", "remaining_hours"], load=None)
        self.assertEqual(after, before)
        self.assertEqual(self.plan.promised_date, date(2026, 3, 17))

    def test_only_what_is_left_gets_shorter(self):
        """PLN-4: of a drawing that is half done, eight more hours a day halve the other half."""
        self.drawing.write({"actual_start": datetime(2026, 3, 2), "plan_progress": 50})
        option = self._new_option(kind="overtime", item_ids=[Command.set(self.drawing.ids)], overtime_hours=8)
        self.assertRecordValues(option, [
            {"finish_without": datetime(2026, 3, 13, 9), "finish_with": datetime(2026, 3, 11, 4), "days_gained": 2.5}])

    def test_general_manager_decides(self):
        """PLN-4: he is asked, chooses one, the others are declined, the planner carries it out; all of it is kept."""
        overtime, outside = self._overtime(), self._new_option(
            kind="outsourcing", item_ids=[Command.set(self.drawing.ids)], outsourced_days=5)
        (overtime + outside).action_propose()
        self.assertIn(self.manager, overtime.sudo().activity_ids.user_id)
        overtime.with_user(self.manager).decision_note = "Two weeks of overtime"
        overtime.with_user(self.manager).action_choose()
        self.assertRecordValues(overtime + outside, [
            {"state": "chosen", "decided_by_id": self.manager.id, "decision_note": "Two weeks of overtime"},
            {"state": "declined", "decided_by_id": self.manager.id, "decision_note": f"{overtime.name} was chosen."}])
        self.assertEqual(overtime.sudo().activity_ids.user_id, self.planner)
        self.assertFalse(outside.sudo().activity_ids)
        self.assertTrue(self.plan.is_delayed)
        overtime.action_carry_out()
        self.assertEqual((self.drawing.duration_hours, self.assembly.duration_hours), (40, 20))
        self.assertRecordValues(overtime, [{"state": "done", "carried_out_by_id": self.planner.id}])
        self.assertFalse(self.plan.is_delayed)
        self.assertEqual(self.plan.forecast_finish, overtime.finish_with)

    def test_another_date_becomes_the_promise(self):
        """PLN-4: carried out, the new date is the promised one."""
        option = self._new_option(kind="date", new_date="2026-03-24")
        self.assertEqual((option.slack_after, option.keeps_date), (2, True))
        option.action_propose()
        option.with_user(self.manager).action_choose()
        option.action_carry_out()
        self.assertEqual((self.plan.promised_date, self.plan.is_delayed), (date(2026, 3, 24), False))

    def test_decision_stands(self):
        """PLN-4: what was decided is changed and deleted by nobody, the superuser included."""
        option = self._overtime()
        option.action_propose()
        option.with_user(self.manager).action_choose()
        for env in (self.planner, self.manager):
            with self.assertRaises(AccessError):
                option.with_user(env).write({"overtime_hours": 1})
        with self.assertRaises(UserError):
            option.sudo().write({"overtime_hours": 1})
        with self.assertRaises(UserError):
            option.sudo().unlink()
        with self.assertRaises(UserError):
            option.with_user(self.manager).action_decline()

    def test_rights(self):
        """PLN-4: planners propose, the general manager decides, departments read."""
        option = self._overtime()
        option.action_propose()
        with self.assertRaises(AccessError):
            option.action_choose()
        with self.assertRaises(AccessError):
            option.write({"decision_note": "Mine"})
        with self.assertRaises(AccessError):
            option.with_user(self.member).action_propose()
        with self.assertRaises(AccessError):
            self.Option.create({"project_id": self.plan.id, "keeps_date": True})
        self.assertEqual(option.with_user(self.member).kind, "overtime")
        for nothing in (False, "  "):
            option.with_user(self.manager).decision_note = nothing
            with self.assertRaisesRegex(UserError, "say why"):
                option.with_user(self.manager).action_decline()

    def test_declined_by_hand_is_told(self):
        """PLN-4: the planner is told that his option is declined, and why; nobody is asked about it any more."""
        option = self._overtime()
        option.action_propose()
        option.with_user(self.manager).decision_note = "The customer waits"
        option.with_user(self.manager).action_decline()
        told = option.sudo().message_ids.filtered(
            lambda message: self.planner.partner_id in message.notified_partner_ids)
        self.assertIn("The customer waits", told[:1].body)
        self.assertFalse(option.sudo().activity_ids)

    def test_choice_that_does_not_keep_the_date_any_more(self):
        """PLN-4: if the plan has moved since, so that the date is missed all the same, the manager is told."""
        option = self._overtime(hours=4)
        option.action_propose()
        self.assertTrue(option.keeps_date)
        self.assembly.duration_hours = 400
        with self.assertRaisesRegex(UserError, "does not keep the date any more"):
            option.with_user(self.manager).action_choose()
        option.action_compute()
        option.with_user(self.manager).action_choose()
        self.assertEqual((option.state, option.keeps_date), ("chosen", False))

    def test_incomplete_option_is_not_proposed(self):
        """PLN-4, bad input: a missing date or item is named; items of other plans and far dates are refused."""
        for kind, field in (("date", "New Date"), ("overtime", "Items"), ("outsourcing", "Days Outside")):
            with self.assertRaisesRegex(UserError, field):
                self._new_option(kind=kind).action_propose()
        other = self.plan.copy({"name": "Other", "is_plan": True})
        item = self.env["project.task"].create({"name": "Foreign", "project_id": other.id})
        with self.assertRaisesRegex(ValidationError, "Foreign"):
            self._new_option(item_ids=[Command.set(item.ids)])
        with self.assertRaisesRegex(ValidationError, "3026-01-01"):
            self._new_option(kind="date", new_date="3026-01-01")

    def test_plan_that_keeps_its_date_needs_no_option(self):
        """PLN-4: nothing is offered where nothing is missed."""
        self.plan.promised_date = "2026-04-30"
        with self.assertRaisesRegex(UserError, "keeps its promised date"):
            self.plan.with_user(self.planner).action_offer_options()
