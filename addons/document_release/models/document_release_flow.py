from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

from ..tools.revision import next_revision
from .document_release import STAFF


class DocumentRelease(models.Model):
    """Released, replaced by a new revision, cancelled; who is asked and who is told (PLN-17)."""

    _inherit = "document.release"
    _transitions = {
        "release": Transition(("draft",), "released", STAFF),
        "complete": Transition(("released",), "acknowledged"),
        "cancel": Transition(("draft", "released", "acknowledged"), "cancelled", STAFF),
        "revise": Transition(("released", "acknowledged"), "draft", STAFF),
    }

    def action_release(self):
        """Release the documents: the files are sealed, each receiver is asked to acknowledge (PLN-17).

        :raise AccessError: no right to release
        :raise UserError: no files, no receiver, or one that nobody can be asked for
        """
        self._check_transition("release")
        for release in self.sudo():  # sudo: files and to-dos of others; the right was checked
            release.attachment_ids = release.attachment_ids.sudo(False)._adopt(release)
            release.attachment_ids._seal()
            release.write({
                "state": "released", "released_by": self.env.uid, "released_on": fields.Datetime.now()})
            release.activity_ids.unlink()
            release.receiver_ids._ask()
            release._replace_previous()
            release._after_acknowledgement()
        return True

    def action_acknowledge(self):
        """Acknowledge in the name of the user's departments.

        :raise UserError: none of them is asked
        """
        for release in self:
            release.receiver_ids._acknowledge_own(release)
        return True

    def action_revise(self):
        """Begin the new revision, or go on with it: a draft for the same receivers; this one stays in force until then.

        :return: action that opens the draft
        :raise UserError: not released, or replaced already
        """
        self.ensure_one()
        self._check_transition("revise")
        if self.replaced_by_id and self.replaced_by_id.state != "cancelled":  # that one was taken back: begin here anew
            raise UserError(self.env._(
                "%(release)s is replaced by %(successor)s: revise that one.", release=self.name,
                successor=self.replaced_by_id.name))
        draft = self.search([("previous_id", "=", self.id), ("state", "!=", "cancelled")], limit=1)
        draft = draft or self.sudo().copy({  # sudo: previous_id is closed to hands; the right was checked
            "previous_id": self.id, "revision": next_revision(self.revision), "user_id": self.env.uid,
        }).sudo(False)
        return draft._get_records_action(name=self.env._("New Revision"))

    def action_cancel(self):
        """Take the release back: its receivers are told that it no longer counts.

        :raise UserError: cancelled already, or replaced
        """
        for release in self:
            if release.replaced_by_id:
                raise UserError(self.env._(
                    "%(release)s is replaced by %(successor)s and stays on record.", release=release.name,
                    successor=release.replaced_by_id.name))
        released = self.filtered(lambda release: release.state != "draft")
        self._transit("cancel")
        for release in released.sudo():  # sudo: to-dos and followers of others
            release._tell_receivers(
                self.env._("%(release)s is cancelled: do not work by it.", release=release.display_name))
        return True

    def action_open_document(self):
        """Open the document that the release belongs to.

        :raise UserError: there is none, or the user may not open it
        """
        self.ensure_one()
        if not self.document_ref:
            raise UserError(self.env._("%(release)s: there is no document that you can open.", release=self.name))
        return self.document_ref._get_records_action()

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if operation == "release":
            for release in self:
                release._check_complete()
        return result

    def _check_complete(self):
        """:raise UserError: what its kind asks for is missing"""
        missing = []
        if self.kind_id.needs_files and not self.attachment_ids:
            missing.append(self.env._("the files"))
        missing += [self.env._("the content of %(file)s, which is empty", file=file.name)
                    for file in self.attachment_ids if file.type == "binary" and not file.file_size]
        if self.kind_id.needs_discipline and not self.discipline:
            missing.append(self.env._("whether it is electrical or mechanical"))
        if not self.receiver_ids:
            missing.append(self.env._("the departments that receive it"))
        missing += [self.env._("who receives it for %(department)s", department=row.department_id.name)
                    for row in self.receiver_ids if not row._is_reachable()]
        if missing:
            raise UserError(self.env._(
                "%(release)s cannot be released. Give: %(missing)s.", release=self.name, missing="; ".join(missing)))

    def _replace_previous(self):
        """The former revision is out of force; all who received it are told, also who does not get the new one.

        One that was taken back meanwhile is out of force already, and its receivers know.
        """
        self.ensure_one()
        former = self.previous_id
        if former and former.state != "cancelled":
            former.replaced_by_id = self
            former._tell_receivers(self.env._(
                "%(former)s is replaced by %(release)s: do not work by it any more.", former=former.display_name,
                release=self.display_name))

    def _tell_receivers(self, text):
        """Nobody is asked to acknowledge any more; who received it, or was to, is told."""
        self.ensure_one()
        self.receiver_ids.activity_ids.unlink()
        partners = (self.receiver_ids.user_id | self.receiver_ids.acknowledged_by).partner_id
        self.message_post(body=text, partner_ids=partners.ids, subtype_xmlid="mail.mt_note")

    def _after_acknowledgement(self):
        for release in self:
            if release.state == "released" and all(release.receiver_ids.mapped("acknowledged_on")):
                release._transit("complete")
