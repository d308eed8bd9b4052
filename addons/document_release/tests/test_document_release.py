from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import DocumentReleaseCommon


@tagged("-at_install", "post_install")
class TestDocumentRelease(DocumentReleaseCommon):
    def test_each_receiver_acknowledges(self):
        """PLN-17: the kind's departments are asked, one to-do each; the release is acknowledged when all have."""
        release = self._released()
        self.assertRegex(release.name, r"^DR\d{4}-\d{5}$")
        self.assertEqual(release.receiver_ids.department_id, self.workshop | self.quality)
        self.assertEqual(release.receiver_ids.sudo().activity_ids.user_id, self.foreman | self.inspector)
        row = self._row(release, self.workshop)
        row.with_user(self.foreman).action_acknowledge()
        self.assertRecordValues(row, [{"state": "acknowledged", "acknowledged_by": self.foreman.id}])
        self.assertFalse(row.sudo().activity_ids)
        self.assertEqual((release.state, release.acknowledged_count), ("released", 1))
        release.with_user(self.inspector).action_acknowledge()
        self.assertEqual(release.state, "acknowledged")

    def test_receivers_are_those_of_the_kind(self):
        """PLN-17: the form fills in the receivers of the kind and its days before production; others may be named."""
        self.env.user = self.engineer
        form = Form(self.env["document.release"].with_user(self.engineer))
        form.subject = "Doors"
        form.kind_id = self.drawing
        self.assertEqual(len(form.receiver_ids), 2)
        form.kind_id = self.bom
        self.assertEqual(len(form.receiver_ids), 0)
        form.kind_id = self.drawing
        release = form.save()
        self.assertEqual(release.receiver_ids.department_id, self.workshop | self.quality)
        self.assertEqual(release.lead_days, 3)
        named = self._draft(receiver_ids=[Command.create({"department_id": self.stores.id})])
        self.assertEqual(named.receiver_ids.user_id, self.clerk)

    def test_what_is_missing_is_named(self):
        """PLN-17: drawings need their files, a BOM says electrical or mechanical, each receiver somebody to ask."""
        empty = self._department("Service")
        release = self._draft(attachment_ids=False, receiver_ids=[Command.create({"department_id": empty.id})])
        with self.assertRaisesRegex(UserError, "the files; who receives it for Service"):
            release.action_release()
        hollow = self.env["ir.attachment"].with_user(self.engineer).create({"name": "A2.dwg"})
        with self.assertRaisesRegex(UserError, "the content of A2.dwg, which is empty"):
            self._draft(attachment_ids=[Command.set(hollow.ids)]).action_release()
        bom = self._draft(kind_id=self.bom.id, attachment_ids=False)
        with self.assertRaisesRegex(UserError, "electrical or mechanical; the departments"):
            bom.action_release()
        bom.write({"discipline": "electrical", "receiver_ids": [Command.create({"department_id": self.stores.id})]})
        bom.action_release()
        self.assertEqual(bom.state, "released")

    def test_days_before_production_that_are_none(self):
        """PLN-17: between 0 and 365 working days before production, at a date that can be counted."""
        for days in (-1, 366):
            with self.subTest(days), self.assertRaisesRegex(ValidationError, "between 0 and 365"):
                self._draft(lead_days=days)
        with self.assertRaisesRegex(UserError, "correct the date"):
            self._draft(production_date="9999-12-31").action_release()

    def test_released_files_are_sealed(self):
        """PLN-17, REC-4: a released file is neither changed nor deleted; the release neither, by anybody."""
        release = self._released()
        for change in ({"raw": b"other"}, {"name": "B.dwg"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                release.attachment_ids.sudo().write(change)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            release.attachment_ids.sudo().unlink()
        for change in ({"revision": "Z"}, {"attachment_ids": [Command.clear()]}, {"subject": "Other"},
                       {"receiver_ids": [Command.create({"department_id": self.stores.id})]}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                release.sudo().write(change)
        with self.assertRaises(UserError):
            release.sudo().unlink()
        self._acknowledge(release)
        with self.assertRaises(UserError):
            release.receiver_ids[0].sudo().acknowledged_by = self.clerk
        self.assertEqual(release.attachment_ids.with_user(self.inspector).raw, b"drawing", "receivers read the file")

    def test_new_revision_replaces_the_former(self):
        """PLN-17: the former revision is in force until the new one is released; then whoever received it is told,
        nobody is asked for it any more, and the receivers of the new one are asked."""
        first = self._released()
        self._row(first, self.workshop).with_user(self.foreman).action_acknowledge()
        second = self.env["document.release"].with_user(self.engineer).browse(first.action_revise()["res_id"])
        self.assertRecordValues(second, [{
            "revision": "B", "state": "draft", "previous_id": first.id, "attachment_ids": [],
            "user_id": self.engineer.id}])
        self.assertFalse(first.replaced_by_id)
        second.write({"attachment_ids": [Command.set(self._file("A1-B.dwg").ids)],
                      "receiver_ids": [Command.delete(self._row(second, self.quality).id)]})
        second.action_release()
        self.assertEqual(first.replaced_by_id, second)
        self.assertEqual(self._row(first, self.quality).state, "void")
        self.assertFalse(first.receiver_ids.sudo().activity_ids)
        told = first.sudo().message_ids[0].notified_partner_ids
        self.assertEqual(told, (self.foreman | self.inspector).partner_id)
        self.assertEqual(second.receiver_ids.sudo().activity_ids.user_id, self.foreman)
        with self.assertRaisesRegex(UserError, "does not wait"):
            self._row(first, self.quality).with_user(self.inspector).action_acknowledge()
        with self.assertRaisesRegex(UserError, "revise that one"):
            first.action_revise()
        with self.assertRaisesRegex(UserError, "stays on record"):
            first.action_cancel()

    def test_only_one_new_revision(self):
        """PLN-17: of one release one new revision is written at a time; a cancelled draft makes room."""
        first = self._released()
        draft = self.env["document.release"].browse(first.action_revise()["res_id"])
        self.assertEqual(first.action_revise()["res_id"], draft.id, "the draft is gone on with")
        draft.with_user(self.engineer).action_cancel()
        self.assertNotEqual(first.action_revise()["res_id"], draft.id)

    def test_former_revision_is_taken_back_first(self):
        """PLN-17: whoever takes the former revision back before the new one is ready can still release that."""
        first = self._released()
        draft = self.env["document.release"].with_user(self.engineer).browse(first.action_revise()["res_id"])
        first.action_cancel()
        draft.attachment_ids = [Command.set(self._file("A1-B.dwg").ids)]
        draft.action_release()
        self.assertEqual((draft.state, first.state, first.replaced_by_id.ids), ("released", "cancelled", []))

    def test_cancelled_release_is_told(self):
        """PLN-17: a release is taken back: its receivers are told, and nobody is asked any more."""
        release = self._released()
        release.action_cancel()
        self.assertEqual(set(release.receiver_ids.mapped("state")), {"void"})
        self.assertFalse(release.receiver_ids.sudo().activity_ids)
        told = release.sudo().message_ids.notified_partner_ids
        self.assertEqual(told, (self.foreman | self.inspector).partner_id)
        with self.assertRaises(UserError):
            release.action_cancel()

    def test_who_releases_is_not_asked(self):
        """PLN-17: the engineer's own department has its documents by his releasing them; nobody else signs for it."""
        release = self._draft(receiver_ids=[
            Command.create({"department_id": self.office.id}), Command.create({"department_id": self.stores.id})])
        release.action_release()
        self.assertEqual(self._row(release, self.office).acknowledged_by, self.engineer)
        self.assertEqual(release.receiver_ids.sudo().activity_ids.user_id, self.clerk)

    def test_successor_is_taken_back(self):
        """PLN-17: where the new revision is taken back the former one can be revised again; the next replaces it."""
        first = self._released()
        releases = self.env["document.release"].with_user(self.engineer)
        second = releases.browse(first.action_revise()["res_id"])
        second.attachment_ids = [Command.set(self._file("A1-B.dwg").ids)]
        second.action_release()
        second.action_cancel()
        self.assertEqual(first.successor_state, "cancelled")
        third = releases.browse(first.action_revise()["res_id"])
        self.assertNotEqual(third, second)
        third.attachment_ids = [Command.set(self._file("A1-C.dwg").ids)]
        third.action_release()
        self.assertEqual((third.state, first.replaced_by_id), ("released", third))
