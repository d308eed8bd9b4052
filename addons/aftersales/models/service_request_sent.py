import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, plaintext2html

from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.document_control.tools.sent_files import take_files

#: Photos and papers that come with one report.
MOST_FILES = 5
LONGEST_TEXT = 4000
LONGEST_WORD = 100
KEY = re.compile(r"^[A-Za-z0-9_-]{16,64}$")
PHONE = re.compile(r"^[\d+()\-\s/]{5,30}$")


class ServiceRequest(models.Model):
    """What customers send by their portal and by the page of a cabinet, as they type it (AFT-1)."""

    _inherit = "service.request"

    @api.model
    def _send(self, said, files=(), lot=None, partner=None):
        """A report of a customer; the same one once more makes no second.

        :param said: dict of texts: text, person, email, phone, kind, standstill, key, serial
        :param lot: the cabinet whose page it is; it has no login
        :param partner: who is logged in
        :return: (service.request as superuser, list of refused files in words)
        :raise UserError: what was typed cannot be; nothing of it is taken then
        """
        requests = self.sudo()  # sudo: customers have no rights to requests
        values = requests._read_said(said, lot, partner)
        key = self._get_key(said, lot, partner)
        if there := requests.search([("page_key", "=", key)], limit=1):
            return there, []
        desk = self.env["service.desk"]._get_for(self.env.company)
        sender = [("lot_id", "=", lot.id), ("source", "=", "page")] if lot else [
            ("partner_id", "=", partner.id), ("source", "=", "portal")]
        request = requests._find_bundle(desk, sender)
        if request:
            request._add_said(values, partner)
        else:
            # Who is logged in need not type his name and address; without one nobody asks him later (AFT-6).
            known = partner._get_service_contact() if partner else {}
            request = requests.create({
                **values, **{name: text for name, text in known.items() if not values[name]}, "page_key": key,
                "desk_id": desk.id})
            request._acknowledge()
        return request, request._take_files(files)

    def _read_said(self, said, lot, partner):
        text = (said.get("text") or "").strip()[:LONGEST_TEXT]
        if not is_reason(text):
            raise UserError(self.env._("Write what has happened."))
        person, phone = ((said.get(name) or "").strip()[:LONGEST_WORD] for name in ("person", "phone"))
        email = email_normalize(said.get("email") or "") or False
        if (said.get("email") or "").strip() and not email:
            raise UserError(self.env._("%(value)s is no mail address. Write it like name@company.com.",
                                       value=said["email"].strip()[:LONGEST_WORD]))
        if phone and not PHONE.match(phone):
            raise UserError(self.env._("%(value)s is no phone number.", value=phone))
        if lot and not (phone or email):
            raise UserError(self.env._("Give your phone number or your mail address: we will call you."))
        kinds = self._get_selection_labels("kind")
        return {
            "subject": text.splitlines()[0][:80], "description": text, "phone": phone or False, "email": email,
            "contact_name": person or False, "priority": "1" if said.get("standstill") else "0",
            "kind": said.get("kind") if said.get("kind") in kinds else "quality",
            **(self._prepare_from_page(lot) if lot else self._prepare_from_portal(said, partner)),
        }

    def _prepare_from_page(self, lot):
        return {"source": "page", "lot_id": lot.id}

    def _prepare_from_portal(self, said, partner):
        """The serial number has to be one of the customer's own."""
        serial = (said.get("serial") or "").strip()[:LONGEST_WORD]
        mine = partner.commercial_partner_id
        lots = self.env["stock.lot"].search([
            ("name", "=", serial), ("company_id", "in", (False, self.env.company.id))]) if serial else None
        lot = lots and lots.filtered(lambda lot: lot.service_partner_id.commercial_partner_id == mine)[:1]
        return {"source": "portal", "partner_id": partner.id, "lot_id": lot and lot.id,
                "serial": serial if serial and not lot else False}

    def _get_key(self, said, lot, partner):
        key = said.get("key") or ""
        if not KEY.match(key):
            raise UserError(self.env._("Reload the page, and send it again."))
        return f"{'lot' if lot else 'partner'}-{lot.id if lot else partner.id}-{key}"

    def _add_said(self, values, author):
        """Bundled: one more report of a sender who has sent several just now."""
        words = [values["description"], *(values[name] for name in ("contact_name", "phone", "email") if values[name])]
        self.message_post(
            body=plaintext2html("\n".join(words)), author_id=author.id if author else None,
            email_from=values["email"] or None, message_type="comment" if author else "notification",
            subtype_xmlid="mail.mt_note")
        self._ask_next()

    def _take_files(self, files):
        """Photos and papers; each file is judged for itself.

        :param files: list of pairs (name, content)
        :return: list of refusals in words
        """
        self.ensure_one()
        _own, refused = take_files(
            self, self._get_own_files(), files, self.company_id.service_file_size, MOST_FILES)
        return refused

    def _get_own_files(self):
        """Photos and papers of the request, of whoever has sent them."""
        self.ensure_one()
        return self.env["ir.attachment"].sudo().search([  # sudo: whoever reads the request reads them
            ("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)])
