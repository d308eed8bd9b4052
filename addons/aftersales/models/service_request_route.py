import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, email_split

#: Heads that programs put on what they send by themselves (RFC 3834 and what preceded it).
AUTO_HEADS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From", "X-Vacation", "X-Mailer-Autoreply")
AUTO_PRECEDENCE = ("auto_reply", "bulk", "junk", "list")
AUTO_SUBJECT = re.compile(
    r"^\s*(\[.{0,20}\]\s*)?(auto(matic)?[ -]?(reply|response)|out of (the )?office|abwesenheit"
    r"|自动回复|自动答复|外出回复)",
    re.IGNORECASE)
#: A word that may be a number of ours, whatever the prefix of the sequence is.
NUMBER = re.compile(r"[A-Z]{1,6}\d{4}-\d{3,}", re.IGNORECASE)
#: Where people of many companies have their mailboxes: the domain says nothing about who somebody belongs to.
PUBLIC_DOMAINS = frozenset((
    "163.com", "126.com", "139.com", "189.cn", "aliyun.com", "foxmail.com", "gmail.com", "googlemail.com", "gmx.de",
    "gmx.net", "hotmail.com", "icloud.com", "live.com", "live.cn", "me.com", "msn.com", "outlook.com", "protonmail.com",
    "qq.com", "sina.cn", "sina.com", "sohu.com", "tom.com", "vip.163.com", "vip.qq.com", "web.de", "wo.cn", "yahoo.com",
    "yandex.ru", "yeah.net"))


class ServiceRequest(models.Model):
    """Which mails make a request, and which belong to one that is there (AFT-1)."""

    _inherit = "service.request"

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        return [("email_normalized", "=", email_from_normalized)]

    @api.model
    def _choose_route(self, message, message_dict, route):
        """Where a mail goes that Odoo would bring here; nowhere where a program has sent it by itself.

        :return: the route, or () for none
        """
        model, thread_id, values, uid, alias = route
        if thread_id and (survivor := self.sudo().browse(thread_id)._get_survivor()).id != thread_id:  # sudo: as below
            thread_id = survivor.id
            route = (model, thread_id, values, uid, alias)
        if self._is_automatic(message, message_dict):
            message_dict["message_type"] = "auto_comment"  # nobody's word: it opens nothing again
            return route if thread_id else ()
        if thread_id or (alias and not self._is_first_desk(message_dict, alias)):
            return route if thread_id else ()
        there = self._find_by_number(message_dict) or self._find_flooded(message_dict, values)
        return (model, there.id, values, uid, alias) if there else route

    @api.model
    def _is_automatic(self, message, message_dict):
        """Whether a program has sent it by itself: out of office, bounce, newsletter."""
        head = {name.lower(): str(value).strip().lower() for name, value in message.items()}
        return (
            head.get("auto-submitted", "no").split(";")[0].strip() not in ("no", "")
            or head.get("precedence") in AUTO_PRECEDENCE
            or any(name.lower() in head for name in AUTO_HEADS)
            or head.get("return-path") == "<>"
            or bool(AUTO_SUBJECT.match(message_dict.get("subject") or "")))

    @api.model
    def _is_first_desk(self, message_dict, alias):
        """A mail to two desks makes one request, at the first of them."""
        written = [address.lower() for address in email_split(message_dict.get("recipients") or "")]
        if len(written) < 2:
            return True
        # sudo: aliases
        first = self.env["mail.alias"].sudo().search([
            ("alias_model_id", "=", alias.sudo().alias_model_id.id), ("alias_full_name", "in", written)],
            order="id", limit=1)
        return not first or first == alias

    @api.model
    def _find_by_number(self, message_dict):
        """The request whose number the subject names, if its sender has to do with it: a number can be guessed."""
        numbers = NUMBER.findall(message_dict.get("subject") or "")[:5]
        sender = email_normalize(message_dict.get("email_from") or "")
        # sudo: the gateway reads what it brings mails to
        found = self.sudo().search([
            ("name", "in", [number.upper() for number in numbers])]) if numbers and sender else self.browse()
        mine = found.filtered(lambda request: request._is_party(sender))
        return mine.mapped(lambda request: request._get_survivor()).filtered(
            lambda request: not request._is_frozen())[:1]

    @api.model
    def _find_flooded(self, message_dict, values):
        """The last request of somebody who has sent too many just now: what he sends is added to it."""
        sender = email_normalize(message_dict.get("email_from") or "")
        desk = self.env["service.desk"].sudo().browse((values or {}).get("desk_id"))  # sudo: its limits
        return self._find_bundle(desk, [("email_normalized", "=", sender)]) if sender else self.browse()

    @api.model
    def _find_bundle(self, desk, domain):
        """The last open request of a sender who has reached the desk's limit; empty where he has not."""
        if not desk:
            return self.browse()
        since = fields.Datetime.now() - timedelta(minutes=desk.flood_minutes)
        # sudo: whoever sends has no rights
        recent = self.sudo().search([
            *domain, ("desk_id", "=", desk.id), ("received_on", ">=", since)], order="id desc")
        is_flood = len(recent) >= desk.flood_limit
        return recent.filtered(lambda request: not request._is_frozen())[:1] if is_flood else self.browse()

    def _is_party(self, sender):
        """Whether a mail address has to do with the request: its sender, his colleagues, followers, our people."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        known = {self.email_normalized, *self.message_partner_ids.mapped("email_normalized")}
        domain = sender.rpartition("@")[2]
        if sender in known:
            return True
        if domain not in PUBLIC_DOMAINS and domain in {
                address.rpartition("@")[2]
                for address in (self.email_normalized, customer.email_normalized) if address}:
            return True
        # sudo: who it is
        people = self.env["res.partner"].sudo().search([("email_normalized", "=", sender)])
        ours = people.user_ids.filtered(lambda user: not user.share and self.company_id in user.company_ids)
        return bool(ours) or bool(customer) and customer in people.commercial_partner_id
