from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanTimeline(PlanCommon):
    def setUp(self):
        super().setUp()
        view = self.env.ref("project_plan.project_task_view_schedule")
        self.items = self.env["project.task"].with_user(self.planner).with_context(
            lang="en_US", tz="Asia/Shanghai", schedule_view_id=view.id)

    def _change(self, task, start=None, stop=None):
        sides = {"start": start, "stop": stop}
        return {task.id: {side: fields.Datetime.to_string(self._at(text)) for side, text in sides.items() if text}}

    def test_preview_names_what_follows(self):
        """PLN-19: before a bar is dropped one sees what moves along, and the new finish against the promised date."""
        result = self.items.schedule_preview(self._change(self.second, stop="2026-12-17 17:00"))
        self.assertEqual(set(result["changes"]), {self.second.id, self.third.id, self.last.id})
        self.assertEqual(result["changes"][self.third.id]["start"], fields.Datetime.to_string(
            self._at("2026-12-18 08:00")))
        text = "\n".join(result["messages"])
        self.assertIn("Moves along: Assemble, Ready.", text)
        self.assertIn("7.0 working days before the promised date", text)
        self.assertEqual(self.second.duration_hours, 40)
        self.assertEqual(self._dates(self.third)[0][0], "12-16 08:00")

    def test_preview_of_a_missed_date(self):
        """PLN-19: a move that misses the promised date says by how much."""
        result = self.items.schedule_preview(self._change(self.second, stop="2027-01-05 17:00"))
        self.assertIn("working days after the promised date", result["messages"][-1])

    def test_pinned_successor_does_not_move(self):
        """PLN-19: a successor that is pinned by hand, and so stays, is named."""
        self.third.pinned_start = self._at("2026-12-28 08:00")
        result = self.items.schedule_preview(self._change(self.second, stop="2026-12-17 17:00"))
        self.assertNotIn(self.third.id, result["changes"])
        self.assertIn("Assemble does not move", "\n".join(result["messages"]))

    def test_item_held_back(self):
        """PLN-19: an item that is moved before its predecessor's finish stays there, and this is said."""
        change = self._change(self.second, "2026-12-08 08:00", "2026-12-14 17:00")
        change[self.second.id]["start"] = fields.Datetime.to_string(self.second.planned_start - timedelta(days=1))
        change[self.second.id]["stop"] = fields.Datetime.to_string(self.second.planned_finish - timedelta(days=1))
        result = self.items.schedule_move(change)
        self.assertIn("Buy cannot begin then: it waits for Design", "\n".join(result["messages"]))
        self.assertFalse(self.second.pinned_start)
        self.assertEqual(self._dates(self.second), [("12-09 08:00", "12-15 17:00")])

    def test_move_pins_and_keeps_the_duration(self):
        """PLN-19: a moved bar is pinned to its new start and keeps its duration; nothing but dates is written."""
        change = {self.second.id: {
            "start": fields.Datetime.to_string(self.second.planned_start + timedelta(days=1)),
            "stop": fields.Datetime.to_string(self.second.planned_finish + timedelta(days=1))}}
        result = self.items.schedule_move(change)
        self.env.invalidate_all()
        self.assertEqual(self.second.duration_hours, 40)
        self.assertEqual(self._dates(self.second + self.third), [
            ("12-10 08:00", "12-16 17:00"), ("12-17 08:00", "12-21 17:00")])
        self.assertEqual(set(result["changes"]), {self.second.id, self.third.id, self.last.id})
        self.items.schedule_move(result["undo"])
        self.env.invalidate_all()
        self.assertFalse(self.second.pinned_start)
        self.assertEqual(self._dates(self.second), [("12-09 08:00", "12-15 17:00")])

    def test_stretched_bar_is_a_longer_duration(self):
        """PLN-19: a bar that is stretched lasts its working time between the new ends."""
        self.items.schedule_move(self._change(self.second, stop="2026-12-16 12:00"))
        self.assertEqual(self.second.duration_hours, 44)
        self.assertEqual(self._dates(self.third)[0][0], "12-16 13:00")

    def test_links_markers_and_days_off(self):
        """PLN-19: the timeline shows links, promised dates and days off, holidays and make-up days considered."""
        self._holiday("2026-12-08")
        self.env["resource.calendar.extra.day"].create({
            "name": "Make-up", "date": "2026-12-12", "dayofweek": "0", "company_id": self.company.id})
        tasks = self.plan.plan_item_ids
        links = self.items._get_schedule_links(tasks)
        self.assertEqual({(link["source"], link["target"], link["type"]) for link in links}, {
            (self.first.id, self.second.id, "fs"), (self.second.id, self.third.id, "fs"),
            (self.third.id, self.last.id, "fs")})
        marker, = self.items._get_schedule_markers(tasks)
        self.assertEqual(marker["date"], fields.Datetime.to_string(self._at("2026-12-31 17:00")))
        off = self.items._get_schedule_off_times("2026-12-06 16:00:00", "2026-12-13 15:59:00")
        self.assertEqual([self._shown(fields.Datetime.to_datetime(start)) for start, _stop in off], [
            "12-08 00:00", "12-13 00:00"])

    def test_who_moves(self):
        """PLN-19: planners move bars; begun items, summaries and closed plans stay where they are."""
        change = self._change(self.second, stop="2026-12-17 17:00")
        with self.assertRaises(AccessError):
            self.items.with_user(self.buyer).schedule_move(change)
        self.second.action_mark_begun()
        with self.assertRaisesRegex(UserError, "begun"):
            self.items.schedule_move(change)
        self.third.parent_id = self.env["project.task"].create({"name": "Build", "project_id": self.plan.id})
        with self.assertRaisesRegex(UserError, "follow from its parts"):
            self.items.schedule_move(self._change(self.third.parent_id, stop="2026-12-24 17:00"))
        self.plan.sudo().plan_state = "cancelled"
        with self.assertRaisesRegex(UserError, "nothing is moved"):
            self.items.schedule_move(self._change(self.third, stop="2026-12-24 17:00"))

    def test_link_from_the_timeline(self):
        """PLN-3, PLN-19: a line drawn from bar to bar is a link; what moves along and the new finish are said, and
        taking it away brings the dates back."""
        test = self.env["project.task"].create({
            "name": "Test", "project_id": self.plan.id, "duration_hours": 8, "plan_department_id": self.workshop.id})
        result = self.items.schedule_link(self.third.id, test.id, "fs")
        link = test.link_in_ids
        self.assertRecordValues(link, [{"id": result["id"], "predecessor_id": self.third.id, "kind": "fs"}])
        self.assertEqual(self._dates(test), [("12-21 08:00", "12-21 17:00")])
        self.assertEqual(result["messages"][0], "Moves along: Test.")
        self.assertIn("working days before the promised date", result["messages"][1])
        result = self.items.schedule_unlink(link.id)
        self.assertFalse(test.link_in_ids)
        self.assertEqual(self._dates(test), [("12-07 08:00", "12-07 17:00")])
        self.assertEqual(result["messages"][0], "Moves along: Test.")
        self.items.schedule_link(self.second.id, test.id, "ss")
        self.assertEqual(self._dates(test), [("12-09 08:00", "12-09 17:00")])

    @mute_logger("odoo.sql_db")
    def test_link_that_cannot_be(self):
        """PLN-3, PLN-19: a circle is refused with its items named, a pair is linked once; other plans, closed plans,
        kinds that do not exist and links that are gone are refused in words."""
        with self.assertRaisesRegex(ValidationError, "wait for each other: .*Design.*Buy.*Assemble"):
            self.items.schedule_link(self.third.id, self.first.id, "fs")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.items.schedule_link(self.first.id, self.second.id, "ss")
        with self.assertRaisesRegex(ValidationError, "one plan"):
            self.items.schedule_link(self._plan(name="S2").plan_item_ids[0].id, self.first.id, "fs")
        with self.assertRaisesRegex(UserError, "no kind of link"):
            self.items.schedule_link(self.first.id, self.third.id, "xx")
        link = self.second.link_in_ids
        self.plan.sudo().plan_state = "cancelled"
        with self.assertRaisesRegex(UserError, "nothing is moved"):
            self.items.schedule_link(self.first.id, self.third.id, "fs")
        with self.assertRaisesRegex(UserError, "nothing is moved"):
            self.items.schedule_unlink(link.id)
        self.plan.sudo().plan_state = "draft"
        self.items.schedule_unlink(link.id)
        with self.assertRaisesRegex(UserError, "meanwhile"):
            self.items.schedule_unlink(link.id)

    def test_who_draws_links(self):
        """PLN-19: planners draw links and take them away; others have nothing to take hold of, and are refused."""
        spec = {"roles": {"date_start": "planned_start", "date_stop": "planned_finish"}, "fields": {}}
        read = [("project_id", "=", self.plan.id)], spec
        others = self.items.with_user(self.buyer)
        self.assertTrue(self.items.schedule_read(*read)["can_link"])
        self.assertFalse(others.schedule_read(*read)["can_link"])
        with self.assertRaisesRegex(UserError, "Nothing can be linked"):
            others.schedule_link(self.first.id, self.third.id, "fs")
        with self.assertRaisesRegex(UserError, "Nothing can be linked"):
            others.schedule_unlink(self.second.link_in_ids.id)
        partners = self.env["res.partner"].with_user(self.planner)
        with self.assertRaises(UserError):
            partners.schedule_link(1, 2, "fs")
