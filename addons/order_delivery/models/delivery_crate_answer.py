import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.image import ImageProcess

from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.document_control.tools.sent_files import take_files

#: Photos of one crate.
MOST_FILES = 20
LONGEST_TEXT = 4000
LONGEST_WORD = 100
LONGEST_LIST = 1000
#: Signs of a signature drawn on a telephone.
LARGEST_SIGNATURE = 500_000
DRAWN = "data:image/png;base64,"


class DeliveryCrate(models.Model):
    """What the site says on a crate's page, as it types and draws it (DLV-3, DLV-6, DLV-7)."""

    _inherit = "delivery.crate"

    def _answer(self, said):
        """The site signs for a crate, or reports what is missing or damaged; later reports are added.

        :param said: dict of texts: signer, signature, missing, damaged, text
        :raise UserError: what was typed cannot be; nothing of it is taken then
        """
        self.ensure_one()
        self._lock_with_notice()
        notice = self.notice_id
        notice._check_state("shipped", "signed")
        values = self._read_answer(said)
        if not values and self.state != "open":
            raise UserError(self.env._("%(signer)s has signed for this crate already.", signer=self.signer))
        if self.state == "open":
            values |= self._read_signature(said) | {"answered_on": fields.Datetime.now()}
        reported = values.get("report_text")
        if reported:
            values["report_text"] = "\n\n".join(filter(None, (self.report_text, reported)))
        self.write({**values, "state": "reported" if reported else "signed"})
        notice._note_answer()
        self._tell_answer(reported)

    def _take_photos(self, files):
        """Photos are kept whatever becomes of the words that came with them: nobody takes them a second time.

        :param files: list of pairs (name, content); each is judged for itself
        :return: list of refusals in words
        """
        self.ensure_one()
        self._lock_with_notice()
        own, refused = take_files(self, self.photo_ids, files, self.company_id.delivery_file_size, MOST_FILES)
        own._seal()
        self.photo_ids = [Command.set(own.ids)]
        return refused

    def _describe_unsent(self, files):
        """What the telephone has not sent because it is too large, as it names it: list of refusals in words."""
        if not files:
            return []
        return [self.env._(
            "%(files)s: at most %(most)s MB are taken of one file. Send it smaller, or by mail.",
            files=files[:LONGEST_LIST], most=self.company_id.delivery_file_size)]

    def _lock_with_notice(self):
        """Two crates of one delivery are signed at the same moment: whoever comes second sees the first, so that the
        last of them signs the notice. The notice first, as the job does that makes its crates.
        """
        self.notice_id._lock()
        self._lock()

    def _read_answer(self, said):
        """What is reported; nothing where all is in order."""
        text = (said.get("text") or "").strip()[:LONGEST_TEXT]
        is_missing, is_damaged = bool(said.get("missing")), bool(said.get("damaged"))
        if not (is_missing or is_damaged):
            if text:
                raise UserError(self.env._("Tick whether something is missing or damaged."))
            return {}
        if not is_reason(text):
            raise UserError(self.env._("Write what is missing or damaged."))
        return {"is_missing": self.is_missing or is_missing, "is_damaged": self.is_damaged or is_damaged,
                "report_text": text}

    def _read_signature(self, said):
        """Name and signature; where none can be drawn, a photo of the signed paper."""
        signer = (said.get("signer") or "").strip()[:LONGEST_WORD]
        if not signer:
            raise UserError(self.env._("Write your name."))
        drawn = said.get("signature") or ""
        if not drawn and self.photo_ids:
            return {"signer": signer}
        if not (content := self._read_drawing(drawn)):
            raise UserError(self.env._("Sign in the box, or add a photo of the signed paper."))
        return {"signer": signer, "signature": base64.b64encode(content)}

    @staticmethod
    def _read_drawing(drawn):
        """The picture that was drawn; empty where it is none."""
        if not drawn.startswith(DRAWN) or len(drawn) > LARGEST_SIGNATURE:
            return b""
        try:
            content = base64.b64decode(drawn.removeprefix(DRAWN), validate=True)
            ImageProcess(content)
        except (binascii.Error, ValueError, UserError):
            return b""
        return content

    def _tell_answer(self, reported):
        """The history of the notice; what is reported is a to-do of who answers to the customer."""
        notice = self.notice_id
        self = self.with_context(lang=notice.user_id.lang)  # the office reads it, whatever the site speaks
        if not reported:
            notice._log(self.env._("%(crate)s: signed by %(signer)s.", crate=self.display_name, signer=self.signer))
            return
        notice._log(self.env._(
            "%(crate)s: %(signer)s reports: %(text)s (%(count)s photos)", crate=self.display_name, signer=self.signer,
            text=reported, count=len(self.photo_ids)))
        self._on_reported()

    def _on_reported(self):
        """Something is missing or damaged: one to-do, whatever the number of crates; addons do more."""
        notice, kind = self.notice_id, "order_delivery.mail_activity_type_report"
        user = notice._get_answering_user()
        if not notice.activity_search([kind]):
            notice.message_subscribe(user.partner_id.ids)
            self = self.with_context(lang=user.lang)
            notice.with_context(lang=user.lang).activity_schedule(
                kind, user_id=user.id, date_deadline=notice.company_id._get_today(),
                summary=self.env._("%(crate)s: missing or damaged", crate=self.display_name))
