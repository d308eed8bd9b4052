from odoo import api, models
from odoo.tools import formataddr, html2plaintext
from odoo.tools.mail import parse_contact_from_email

from .service_request import STAFF

#: What people and programs put into the head of an answer that no person has written.
NOT_A_PERSON = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
LONGEST = 4000


class ServiceRequest(models.Model):
    """Mails become requests, answers leave from the address that the customer wrote to (AFT-1, AFT-2)."""

    _inherit = "service.request"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail to a desk: numbered, with its sender as customer where we know him, its words and its address."""
        desk = self.env["service.desk"].browse((custom_values or {}).get("desk_id"))
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        name, email = parse_contact_from_email(msg_dict.get("email_from") or "")
        values = {
            **(custom_values or {}),
            "source": "mail",
            "subject": (msg_dict.get("subject") or "").strip()[:250] or self.env._("(no subject)"),
            "description": html2plaintext(msg_dict.get("body") or "").strip()[:LONGEST],
            "partner_id": author.id, "contact_name": author.name or name,
            "reached_at": desk._get_address_in(msg_dict),
        }
        # mail.thread would describe all fields of the model first, to find out which are its name and its address
        request = self.create({**values, "email": email or msg_dict.get("email_from"), "is_to_follow": True})
        request._follow_later()
        return request

    def _creation_subtype(self):
        subtype = self.env["ir.model.data"]._xmlid_to_res_id("aftersales.mt_request_new")  # cached: asked for each mail
        return self.env["mail.message.subtype"].browse(subtype)

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        answers = super()._notify_get_reply_to_batch(defaults=defaults, author_ids=author_ids)
        for request in self:
            if address := request._get_own_address():
                author = (author_ids or {}).get(request.id)
                answers[request.id] = self._notify_get_reply_to_formatted_email(address, author_id=author)
        return answers

    def _notify_by_email_get_base_mail_values(self, message, recipients_data, additional_values=None):
        values = super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=additional_values)
        if len(self) == 1 and (address := self._get_own_address()):
            name = message.sudo().author_id.name or self.company_id.name
            values["email_from"] = formataddr((name, address))
        return values

    def _message_compute_subject(self):
        """The number is in the subject of all that leaves: an answer without headers is found by it."""
        self.ensure_one()
        return f"[{self.name}] {self.subject}"

    def _get_own_address(self):
        """The address that the customer wrote to, else that of the desk."""
        return self.reached_at or self.sudo().desk_id.alias_email

    def _get_sender(self):
        """For the mails that the request itself sends: company and address."""
        address = self._get_own_address() or self.company_id.email
        return address and formataddr((self.company_id.name, address))

    def _acknowledge(self):
        """Tell the customer the number of his request, by a mail that no robot answers."""
        template = self.env.ref("aftersales.mail_template_received")
        for request in self.sudo():  # sudo: templates
            if request.email_normalized:
                template.with_context(lang=request._get_customer_lang()).send_mail(
                    request.id, email_values={"headers": repr(NOT_A_PERSON)})

    def _tell_solved(self):
        """Tell the customer what was done."""
        template = self.env.ref("aftersales.mail_template_solved")
        for request in self.sudo():  # sudo: templates
            if request.email_normalized:
                template.with_context(lang=request._get_customer_lang()).send_mail(
                    request.id, email_values={"headers": repr(NOT_A_PERSON)})

    def _get_customer_lang(self):
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if len(self) == 1:
            self._note_message(message.sudo(), recipients)
        return recipients

    def _note_message(self, message, recipients):
        """What after-sales writes to somebody outside is a contact; what somebody outside writes opens it again."""
        author = message.author_id.user_ids[:1]
        if message.message_type == "comment" and not message.is_internal and not message.subtype_id.internal:
            outside = [row for row in recipients or () if row.get("share")]
            if outside and author and not author.share and author.has_group(STAFF):
                names = self.env["res.partner"].sudo().browse([row["id"] for row in outside if row["id"]])
                self.env["service.contact"].with_user(author)._note(
                    self.with_user(author), kind="message", moment=message.date,
                    person=", ".join(names.mapped("name")), note=html2plaintext(message.body or "").strip()[:LONGEST])
        is_said = message.message_type in ("comment", "email")
        if is_said and self.state == "solved" and (not author or author.share):
            self.sudo()._transit("reopen", solved_by=False, solved_on=False)  # sudo: the customer has no rights
            self._ask_next()
