from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date, format_datetime

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel.limits import FARTHEST_YEARS, is_far

ANSWER_TYPE = "contact_sheet.mail_activity_type_answer"
JUDGE_TYPE = "contact_sheet.mail_activity_type_judge"


class ContactSheet(models.Model):
    """Sent, answered, accepted or sent back; who is asked and who is told at each step (PLN-12, PLN-13)."""

    _inherit = "contact.sheet"
    _transitions = {
        "send": Transition(("draft",), "sent"),
        "answer": Transition(("sent",), "answered"),
        "accept": Transition(("answered",), "closed"),
        "send_back": Transition(("answered",), "sent"),
        "cancel": Transition(("draft", "sent"), "cancelled"),
    }

    def action_send(self):
        """Send the sheet: one person is asked, with one to-do; the others are told (PLN-12, PLN-13).

        :raise AccessError: not the sender
        :raise UserError: nobody to ask, a date that has passed, or an expedite notice without its last date
        """
        for sheet in self:
            told = sheet._get_informed_users()
            sheet._transit("send", sent_on=fields.Datetime.now(), informed_user_ids=[Command.set(told.ids)])
        for sheet in self.sudo():  # sudo: to-dos and followers of others
            sheet._inform()
            sheet._ask(ANSWER_TYPE, sheet.to_user_id)
        self._seal_files()
        return True

    def action_answer(self):
        """Answer: what is done, and when it is solved; the sender is asked whether this settles it (PLN-13).

        :raise AccessError: who is not asked
        :raise UserError: no answer, or no date
        """
        self._transit("answer", answered_by=self.env.uid, answered_on=fields.Datetime.now(), return_reason=False)
        for sheet in self.sudo():  # sudo: to-dos of others
            sheet.activity_unlink([ANSWER_TYPE])
            sheet._ask(JUDGE_TYPE, sheet._get_judge() or sheet.from_user_id)
        self._seal_files()
        return True

    def action_accept(self):
        """The sender accepts the answer, and closes the sheet.

        :raise AccessError: not the sender
        :raise UserError: not answered
        """
        self._transit("accept", closed_by=self.env.uid, closed_on=fields.Datetime.now(), return_reason=False)
        self.sudo().activity_unlink([ANSWER_TYPE, JUDGE_TYPE])  # sudo: to-dos of others
        return True

    def action_send_back(self):
        """The answer does not settle it: it is kept with the sender's reason, and another one is asked for.

        :raise AccessError: not the sender
        :raise UserError: not answered, or no reason
        """
        self._check_transition("send_back")
        for sheet in self.sudo():  # sudo: answers are closed to everybody's hands; the right was checked
            reason = sheet.return_reason
            self.env["contact.sheet.return"].sudo().create(sheet._prepare_return_vals())  # sudo: as above
            sheet.write({"state": "sent"})
            sheet.write({"answer": False, "promised_date": False, "answered_by": False, "answered_on": False,
                         "return_reason": False})
            sheet.message_post(body=self.env._("Sent back: %(reason)s", reason=reason))
            sheet.activity_unlink([JUDGE_TYPE])
            sheet._ask(ANSWER_TYPE, sheet.to_user_id)
        return True

    def action_cancel(self):
        """Take the sheet back before it is answered; it stays on record.

        :raise AccessError: not the sender
        :raise UserError: answered already
        """
        self._transit("cancel")
        self.sudo().activity_unlink([ANSWER_TYPE, JUDGE_TYPE])  # sudo: to-dos of others
        return True

    def action_open_document(self):
        """Open the document that the sheet is about.

        :raise UserError: there is none, or the user may not open it
        """
        self.ensure_one()
        if not self.document_ref:
            raise UserError(self.env._("%(sheet)s: there is no document that you can open.", sheet=self.name))
        return self.document_ref._get_records_action()

    def _check_transition(self, operation):
        for sheet in self:
            sheet._check_actor(operation)
        result = super()._check_transition(operation)
        check = {"send": self._check_sendable, "answer": self._check_answered, "send_back": self._check_reason}
        if operation in check:
            check[operation]()
        return result

    def _check_actor(self, operation):
        """:raise AccessError: it is another's to do"""
        self.check_access("read")
        if self.env.su:
            return
        if operation == "answer" and not self._is_asked():
            raise AccessError(self.env._(
                "%(sheet)s is answered by %(user)s, or by whoever speaks for %(department)s.", sheet=self.name,
                user=self.to_user_id.name, department=self.to_department_id.name))
        if operation != "answer" and not self._is_sender():
            raise AccessError(self.env._(
                "%(sheet)s: this is done by its sender, %(user)s.", sheet=self.name, user=self.from_user_id.name))

    def _check_sendable(self):
        now = fields.Datetime.now()
        for sheet in self:
            sheet._check_said()
            user = sheet.to_user_id
            if not user.active or sheet.company_id not in user.sudo().company_ids:  # sudo: of another person
                raise UserError(self.env._(
                    "%(sheet)s: name the person at %(department)s who is asked; its manager cannot be reached.",
                    sheet=sheet.name, department=sheet.to_department_id.name))
            if user == sheet.from_user_id:
                raise UserError(self.env._("%(sheet)s: nobody asks himself. Name another person.", sheet=sheet.name))
            if sheet.date_due <= now:
                raise UserError(self.env._(
                    "%(sheet)s: the date by which it is to be solved has passed. Give a later one.", sheet=sheet.name))
            if sheet.kind == "expedite":
                sheet._check_last_date()

    def _check_said(self):
        for name in ("subject", "question"):
            if not (self[name] or "").strip():
                raise UserError(self.env._(
                    "%(sheet)s: write what is to be solved; %(field)s is empty.", sheet=self.name,
                    field=self._describe_fields([name])))

    def _check_last_date(self):
        if not self.last_date:
            raise UserError(self.env._(
                "%(sheet)s: an expedite notice names the last date on which the goods can leave.", sheet=self.name))
        today = self.company_id._get_today()
        if self.last_date < today or is_far(self.last_date, today):
            raise UserError(self.env._(
                "%(sheet)s: %(date)s cannot be the last date on which the goods leave. It lies ahead, and not more "
                "than %(years)s years.", sheet=self.name, date=format_date(self.env, self.last_date),
                years=FARTHEST_YEARS))

    def _check_answered(self):
        for sheet in self:
            if not (sheet.answer or "").strip() or not sheet.promised_date:
                raise UserError(self.env._(
                    "%(sheet)s: write what is done about it, and when it is solved.", sheet=sheet.name))

    def _check_reason(self):
        for sheet in self:
            if not is_reason(sheet.return_reason):
                raise UserError(self.env._(
                    "%(sheet)s: write what is missing before you send the answer back.", sheet=sheet.name))

    def _inform(self):
        """Tell those who get a copy; they follow the sheet and need not answer."""
        self.ensure_one()
        if users := self.informed_user_ids:
            self.message_subscribe(users.partner_id.ids)
            self.message_post(
                body=self.env._(
                    "For your information: %(sheet)s to %(department)s, by %(date)s.", sheet=self.display_name,
                    department=self.to_department_id.name, date=format_datetime(self.env, self.date_due)),
                partner_ids=users.partner_id.ids, subtype_xmlid="mail.mt_note")

    def _get_informed_users(self):
        """Managers of the departments that get a copy, and of an expedite notice those that PLN-12 names."""
        self.ensure_one()
        users = self.env["res.users"].union(*(
            department._get_next_manager(self.company_id) for department in self._get_informed_departments()))
        if self.kind == "expedite":
            users |= self.to_department_id._get_general_manager(self.company_id)
        return users - self.from_user_id - self.to_user_id

    def _get_informed_departments(self):
        departments = self.copy_department_ids
        return departments | self.company_id.expedite_department_id if self.kind == "expedite" else departments

    def _ask(self, activity_type, user):
        """One person has one to-do on the sheet: of today, so that it is counted; the clock knows by when."""
        self.ensure_one()
        self.activity_schedule(
            activity_type, user_id=user.id, summary=self.display_name,
            date_deadline=fields.Date.context_today(self.with_context(tz=user.tz or "UTC")))

    def _prepare_return_vals(self):
        return {
            "sheet_id": self.id, "answer": self.answer, "promised_date": self.promised_date,
            "answered_by": self.answered_by.id, "answered_on": self.answered_on, "reason": self.return_reason,
            "returned_by": self.env.uid, "returned_on": fields.Datetime.now(),
        }

    def _seal_files(self):
        """What hangs on the sheet when it is sent or answered stays what it is."""
        self.env["ir.attachment"].sudo().search([  # sudo: files of several people
            ("res_model", "=", self._name), ("res_id", "in", self.ids)])._seal()
