from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.progress import Progress
from .common import PlanCommon


@tagged("-at_install", "post_install")
@freeze_time(PlanCommon.NOW)
class TestPlanProgress(PlanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.done_rule = "release"
        cls.told = {}

    def _tell(self, task, **told):
        """The documents behind an item say this, from now on."""
        self.told[task.id] = Progress(**told)
        with patch.object(type(task), "_get_document_progress", lambda tasks: self.told):
            task._documents_changed()
            self._settle_transaction()
        self.env.invalidate_all()

    def test_actual_dates_come_from_the_documents(self):
        """PLN-11: progress and actual dates are what the documents say, and the forecast goes on from there."""
        self._tell(self.first, percent=50, started=datetime(2026, 12, 4, 0, 0))
        self.assertEqual((self.first.plan_progress, self.first.remaining_hours), (50, 8))
        self.assertEqual(self._dates(self.first, "forecast"), [("12-04 08:00", "12-07 09:00")])
        self._tell(self.first, percent=100, started=datetime(2026, 12, 4, 0, 0), finished=datetime(2026, 12, 4, 1, 0))
        self.assertEqual(self.first.state, "1_done")
        self.assertEqual(self._shown(self.first.actual_finish), "12-04 09:00")
        self.assertEqual(self.second.state, "01_in_progress")
        self.assertEqual(self._dates(self.second, "forecast")[0][0], "12-07 08:00")
        self.assertFalse(self.first.entered_by_id)

    def test_only_who_answers_reports(self):
        """PLN-11: the person and the department of an item say how far it is and who does it, and planners; another
        department's people do not, though they see it."""
        self.second.done_rule = "manual"
        theirs = self.second.with_user(self.fitter)
        self.assertFalse(theirs.can_report)
        for vals in ({"plan_progress": 50}, {"actual_start": "2026-12-03 00:00:00"}, {"state": "1_done"},
                     {"plan_user_id": self.fitter.id}, {"user_ids": [Command.link(self.fitter.id)]}):
            with self.subTest(vals), self.assertRaises(AccessError):
                theirs.write(vals)
        self.second.with_user(self.buyer).plan_progress = 50
        self.second.with_user(self.planner).plan_user_id = self.fitter
        theirs.invalidate_recordset()
        theirs.plan_progress = 60
        self.assertEqual(self.second.plan_progress, 60)

    def test_remaining_hours_from_the_documents(self):
        """PLN-11: where a document knows how much is left, this counts."""
        self._tell(self.first, percent=10, started=datetime(2026, 12, 4, 0, 0), remaining_hours=24)
        self.assertEqual(self._dates(self.first, "forecast"), [("12-04 08:00", "12-09 09:00")])

    def test_full_percentage_is_not_finished(self):
        """PLN-11: an item is done when its documents are, not when a percentage says so."""
        self._tell(self.first, percent=100, started=datetime(2026, 12, 4, 0, 0))
        self.assertEqual((self.first.plan_progress, self.first.state), (99, "01_in_progress"))

    def test_cancelled_document_reopens_the_item(self):
        """PLN-11: an item whose document is cancelled after it was fulfilled is open again, with a note."""
        self._tell(self.first, percent=100, started=datetime(2026, 12, 4), finished=datetime(2026, 12, 4, 1))
        self._tell(self.first, percent=0)
        self.assertEqual((self.first.state, self.first.plan_progress), ("01_in_progress", 0))
        self.assertFalse(self.first.actual_finish or self.first.actual_start)
        self.assertIn("Open again", self.first.message_ids[:1].body)
        self.assertEqual(self.second.state, "04_waiting_normal")

    def test_documents_are_taken_once(self):
        """PLN-11: however many documents move in a transaction, the items are looked at once, before its end."""
        calls = []

        def progress(tasks):
            calls.append(tasks)
            return {}

        with patch.object(type(self.first), "_get_document_progress", progress):
            self.first._documents_changed()
            (self.first + self.second)._documents_changed()
            self.assertFalse(calls)
            self._settle_transaction()
        self.assertEqual(len(calls), 1)

    def test_nobody_enters_what_documents_tell(self):
        """PLN-11: progress, actual dates and done of an item with documents are refused, to planners too."""
        for user in self.designer, self.planner:
            for vals in ({"plan_progress": 50}, {"actual_start": "2026-12-04 00:00:00"}, {"state": "1_done"},
                         {"actual_finish": "2026-12-04 00:00:00"}, {"remaining_hours": 1}):
                with self.subTest(user=user.login, vals=vals), self.assertRaisesRegex(AccessError, "documents"):
                    self.first.with_user(user).write(vals)

    def test_new_item_with_documents_brings_no_progress(self):
        """PLN-11: nor is it entered with a new item."""
        with self.assertRaisesRegex(AccessError, "documents"):
            self.env["project.task"].with_user(self.planner).create({
                "name": "Drawing", "project_id": self.plan.id, "done_rule": "release", "plan_progress": 100})

    def test_hand_entry_is_marked(self):
        """PLN-11: where there is no document progress is entered by hand, and stands with who entered it when."""
        self.second.with_user(self.buyer).write({"plan_progress": 25})
        self.assertEqual(self.second.entered_by_id, self.buyer)
        self.assertEqual(self.second.entered_on, fields.Datetime.now())
        self.assertEqual(self.second.actual_start, fields.Datetime.now())
        self.assertEqual(self.second.remaining_hours, 30)

    def test_finished_by_hand(self):
        """PLN-11: finished by hand is done, with its dates; taken back it is open."""
        self.second.link_in_ids.unlink()
        self.second.with_user(self.buyer).action_mark_begun()
        self.second.with_user(self.buyer).action_mark_done()
        self.assertEqual((self.second.plan_progress, self.second.state), (100, "1_done"))
        self.assertTrue(self.second.actual_finish)
        self.second.with_user(self.buyer).state = "01_in_progress"
        self.assertEqual((self.second.plan_progress, bool(self.second.actual_finish)), (99, False))
        self.second.with_user(self.buyer).state = "1_done"
        self.assertEqual((self.second.plan_progress, bool(self.second.actual_finish)), (100, True))

    def test_finished_before_its_predecessor(self):
        """PLN-11: an item whose predecessor is open is not entered as finished; which one is said."""
        with self.assertRaisesRegex(UserError, "Buy waits for Design"):
            self.second.with_user(self.buyer).action_mark_done()
        with self.assertRaisesRegex(UserError, "Buy waits for Design"):
            self.second.with_user(self.buyer).state = "1_done"

    def test_impossible_dates(self):
        """PLN-11: nothing is finished before it was begun, nor more than all of it."""
        with self.assertRaisesRegex(ValidationError, "finished before it was begun"):
            self.second.write({"actual_start": "2026-12-04 00:00:00", "actual_finish": "2026-12-03 00:00:00"})

    def test_documents_behind_an_item(self):
        """PLN-11: the documents that the progress comes from are one click away; none is said."""
        self.told[self.first.id] = Progress(documents=[("res.partner", self.env.user.partner_id.id)])
        with patch.object(type(self.first), "_get_document_progress", lambda tasks: self.told):
            self.assertEqual(self.first.document_count, 1)
            action = self.first.action_view_documents()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.env.user.partner_id.id))
        with self.assertRaisesRegex(UserError, "no document"):
            self.second.action_view_documents()

    def test_what_departments_may_change(self):
        """PLN-1: planners change the plan; a department names the person and enters its progress."""
        item = self.second.with_user(self.buyer)
        for vals in ({"duration_hours": 1}, {"pinned_start": "2026-12-24 00:00:00"}, {"done_rule": "release"},
                     {"plan_department_id": self.design.id}, {"state": "1_canceled"}, {"parent_id": self.first.id}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                item.write(vals)
        with self.assertRaises(AccessError):
            item.unlink()
        with self.assertRaises(AccessError):
            self.env["project.task"].with_user(self.buyer).create({"name": "Mine", "project_id": self.plan.id})
        item.plan_user_id = self.fitter
        self.assertEqual(self.second.user_ids, self.fitter)

    def test_person_and_assignees(self):
        """PLN-1: the person is among the assignees; who is taken off these is the person no more."""
        self.assertEqual(self.second.user_ids, self.buyer)
        self.second.user_ids = self.fitter
        self.assertEqual(self.second.plan_user_id, self.fitter)

    def test_begun_item_is_not_deleted(self):
        """PLN-1: an item that was begun is cancelled, not deleted; another one may go, and the plan closes the gap."""
        self.second.with_user(self.buyer).action_mark_begun()
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            self.second.with_user(self.planner).unlink()
        self.first.with_user(self.planner).unlink()
        self.assertEqual(self._dates(self.third, "planned")[0][0], "12-14 08:00")

    def test_released_documents_finish_the_item(self):
        """PLN-11, PLN-17: a design item is done when all documents released to it are; a new draft or a cancelled
        release opens it again."""
        kind = self.env["document.release.kind"].create({
            "name": "Drawing", "needs_files": False, "needs_discipline": False})
        release = self.env["document.release"].create({
            "kind_id": kind.id, "subject": "Arrangement", "company_id": self.company.id, "res_model": "project.task",
            "res_id": self.first.id, "receiver_ids": [Command.create({"department_id": self.workshop.id})]})
        self._settle_transaction()
        self.assertEqual((self.first.plan_progress, bool(self.first.actual_start)), (0, True))
        release.action_release()
        self._settle_transaction()
        self.assertEqual((self.first.plan_progress, self.first.state), (100, "1_done"))
        self.assertEqual(self.first.document_count, 1)
        release.action_cancel()
        self._settle_transaction()
        self.assertEqual((self.first.plan_progress, self.first.state), (0, "01_in_progress"))
