from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ScheduleCase


@tagged("post_install", "-at_install")
class TestScheduleMove(ScheduleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.design = cls.item("Design", "2026-03-02", "2026-03-03", kind="design", partner_id=cls.partner.id)
        cls.parts = cls.item("Parts", "2026-03-04", "2026-03-05", kind="parts")
        cls.env["test.schedule.link"].create({"source_id": cls.design.id, "target_id": cls.parts.id})
        cls.later = {"start": "2026-03-03 01:00:00", "stop": "2026-03-04 09:00:00"}

    def test_effect_is_shown_and_nothing_written(self):
        """PLN-19: the effect on what follows comes back before anything is saved."""
        result = self.as_user.schedule_preview({str(self.design.id): self.later})
        self.assertEqual(result["changes"], {
            self.design.id: self.later,
            self.parts.id: {"start": "2026-03-05 01:00:00", "stop": "2026-03-06 09:00:00"},
        })
        self.assertEqual(str(self.design.planned_start), "2026-03-02 01:00:00")

    def test_pinned_follower_is_named(self):
        """PLN-19: a follower that is pinned by hand does not move, and the reason is given."""
        self.parts.is_pinned = True
        result = self.as_user.schedule_preview({str(self.design.id): self.later})
        self.assertEqual(list(result["changes"]), [self.design.id])
        self.assertEqual(result["messages"], ["Parts is pinned by hand and does not move."])

    def test_move_writes_dates_only(self):
        """PLN-19: moving a bar writes its two dates, whatever it was grouped by."""
        self.as_user.schedule_move({str(self.design.id): self.later})
        self.assertRecordValues(self.design, [{
            "name": "Design", "kind": "design", "partner_id": self.partner.id, "state": "open"}])
        self.assertEqual(self.design._format_schedule_changes({self.design: {
            "start": self.design.planned_start, "stop": self.design.planned_finish}}), {self.design.id: self.later})

    def test_undo_brings_the_dates_back(self):
        """PLN-19: a move comes with the changes that take it back."""
        undo = self.as_user.schedule_move({str(self.design.id): self.later})["undo"]
        self.as_user.schedule_move({str(key): change for key, change in undo.items()})
        self.assertEqual(str(self.design.planned_start), "2026-03-02 01:00:00")
        self.assertEqual(str(self.design.planned_finish), "2026-03-03 09:00:00")

    def test_undated_item_has_no_undo(self):
        """PLN-19: a first date cannot be undone by a date, so no undo is offered."""
        item = self.item("New")
        self.assertFalse(self.as_user.schedule_move({str(item.id): self.later})["undo"])

    def test_nothing_becomes_empty(self):
        """PLN-19: an empty or unreadable date, and an end before the beginning, are refused by item and field."""
        for change, expected in (
            ({"start": False}, "Design: Planned Start cannot become “”"),
            ({"stop": "soon"}, "Design: Planned Finish cannot become “soon”"),
            ({"stop": "2026-03-01 09:00:00"}, "Design cannot finish before it starts"),
        ):
            with self.subTest(change=change), self.assertRaisesRegex(UserError, expected):
                self.as_user.schedule_move({str(self.design.id): change})

    def test_moved_by_someone_else_meanwhile(self):
        """PLN-19: newer dates of someone else are not overwritten unseen."""
        was = {"start": "2026-03-02 01:00:00", "stop": "2026-03-03 09:00:00"}
        change = {str(self.design.id): self.later | {"was": was}}
        self.as_user.schedule_preview(change)
        self.design.planned_finish = "2026-03-08 09:00:00"
        with self.assertRaisesRegex(UserError, "Design was moved by someone else"):
            self.as_user.schedule_move(change)

    def test_readonly_in_the_view_is_refused(self):
        """PLN-19: what the view shows as read-only cannot be moved, by one item or as a whole."""
        self.design.state = "done"
        with self.assertRaisesRegex(UserError, "Design: Planned Start cannot be changed any more"):
            self.as_user.schedule_move({str(self.design.id): {"start": "2026-03-01 01:00:00"}})
        view = self.env.ref("test_web_schedule.test_schedule_item_view_schedule")
        view.arch = view.arch.replace("<schedule ", '<schedule edit="0" ')
        with self.assertRaisesRegex(UserError, "Nothing can be moved"):
            self.as_user.schedule_preview({str(self.parts.id): self.later})

    def test_computed_and_forbidden_dates_are_refused(self):
        """PLN-19: dates that are computed, or for others, cannot be moved."""
        view = self.env.ref("test_web_schedule.test_schedule_item_view_schedule")
        arch = view.arch
        self.items._fields["planned_finish"].readonly = True
        self.addCleanup(setattr, self.items._fields["planned_finish"], "readonly", False)
        self.as_user.schedule_preview({str(self.design.id): self.later})  # the view says itself when it is read-only
        view.arch = arch.replace(""" readonly="state == 'done'" optional""", " optional")
        with self.assertRaisesRegex(UserError, "Planned Finish cannot be changed on the timeline"):
            self.as_user.schedule_move({str(self.design.id): self.later})
        view.arch = arch.replace('"planned_finish"', '"cost_until"')
        with self.assertRaisesRegex(UserError, "Cost Until cannot be changed on the timeline"):
            self.as_user.schedule_move({str(self.design.id): {"stop": "2026-03-09 09:00:00"}})

    def test_dates_come_from_the_view_that_is_looked_at(self):
        """PLN-19: a second timeline of a model moves its own dates; a view of something else is refused."""
        days = self.env["ir.ui.view"].create({
            "name": "days", "model": "test.schedule.item", "type": "schedule", "priority": 99,
            "arch": '<schedule date_start="day_start" date_stop="day_finish"/>'})
        items = self.as_user.with_context(schedule_view_id=days.id)
        items.schedule_move({str(self.design.id): {"start": "2026-03-09", "stop": "2026-03-10"}})
        self.assertEqual(str(self.design.day_finish), "2026-03-10")
        self.assertEqual(str(self.design.planned_start), "2026-03-02 01:00:00")
        form = self.env.ref("test_web_schedule.test_schedule_item_view_form")
        with self.assertRaisesRegex(UserError, "no timeline"):
            self.as_user.with_context(schedule_view_id=form.id).schedule_move({str(self.design.id): self.later})

    def test_links_are_drawn_and_taken_away(self):
        """PLN-19: an arrow is written with the user's rights; where nothing is edited, nothing is linked."""
        result = self.as_user.schedule_link(self.design.id, self.parts.id, "ss")
        link = self.env["test.schedule.link"].browse(result["id"])
        self.assertRecordValues(link, [{"source_id": self.design.id, "target_id": self.parts.id, "kind": "ss"}])
        self.as_user.schedule_unlink(link.id)
        self.assertFalse(link.exists())
        with self.assertRaisesRegex(UserError, "no kind of link"):
            self.as_user.schedule_link(self.design.id, self.parts.id, "fx")
        view = self.env.ref("test_web_schedule.test_schedule_item_view_schedule")
        view.arch = view.arch.replace("<schedule ", '<schedule edit="0" ')
        with self.assertRaisesRegex(UserError, "Nothing can be linked"):
            self.as_user.schedule_link(self.design.id, self.parts.id, "fs")

    def test_rights(self):
        """PLN-19: who may not write an item can neither move it nor look at the effect; other companies alike."""
        self.design.company_id = self.env["res.company"].create({"name": "Another works"})
        with self.assertRaises(AccessError):
            self.as_user.schedule_preview({str(self.design.id): self.later})
        self.env.ref("test_web_schedule.access_test_schedule_item").perm_write = False
        with self.assertRaises(AccessError):
            self.as_user.schedule_move({str(self.parts.id): self.later})
