import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

INTERNAL = "base.group_user"
SHORT = 300
#: What is printed bold or slanted: as plain text it would stand between stars and slashes.
STRESS = re.compile(r"</?(?:b|strong|i|em)\b[^>]*>", re.IGNORECASE)


class SaleOrder(models.Model):
    """The order's dossier: everything that happened, in time order, as far as the reader may see it (EVA-3)."""

    _inherit = "sale.order"

    def action_view_dossier(self):
        """Open the dossier."""
        self.ensure_one()
        return {
            "type": "ir.actions.client", "tag": "order_closeout.dossier", "name": self.env._("Dossier"),
            "params": {"order_id": self.id}, "context": {"active_id": self.id},
        }

    @api.readonly
    def get_dossier(self):
        """What happened to the order, oldest first, for the screen.

        :return: dict with ``name``, ``kinds`` (labels) and ``events``: dicts with kind, date, title, text, author,
            department, model, id, url
        """
        self._check_dossier_access()
        rows = self._get_dossier_rows()
        return {"name": self.name, "kinds": self._get_dossier_kinds(), "events": self._get_dossier_events(rows)}

    def _check_dossier_access(self):
        """The dossier is for the company's own people: customers see their order in the portal."""
        self.ensure_one()
        self._check_groups(INTERNAL)
        self.check_access("read")

    def _get_dossier_events(self, rows):
        labels = {model.model: model.name for model in self.env["ir.model"].sudo().search_fetch(  # no secret
            [("model", "in", list({row[0] for row in rows} | {"sale.order"}))], ["model", "name"])}
        departments = {row[:2]: row[5] for row in rows}
        names = {row[:2]: f"{labels[row[0]]} {row[4] or ''}".strip() for row in rows}
        names["sale.order", self.id] = f"{labels['sale.order']} {self.name}"
        events = [
            {"kind": "document", "at": at, "title": names[model, res_id], "text": "", "who": ("user", user),
             "department": departments[model, res_id], "model": model, "id": res_id}
            for model, res_id, at, user, _name, _department in rows]
        for make in (self._get_message_events, self._get_file_events, self._get_clock_events):
            events += make(names, departments)
        return self._finish_events(events)

    def _get_dossier_kinds(self):
        return {
            "document": self.env._("Document"), "state": self.env._("Change of status"),
            "message": self.env._("Message"), "file": self.env._("File"), "clock": self.env._("Time limit")}

    def _finish_events(self, events):
        """Names of people and departments in place of their ids, in the order of time."""
        # sudo: who wrote what the reader may read, and the names of departments, are no secret
        users = self.env["res.users"].sudo().with_context(active_test=False).browse(
            {event["who"][1] for event in events if event["who"][0] == "user" and event["who"][1]})
        partners = users.partner_id | self.env["res.partner"].sudo().browse(
            {event["who"][1] for event in events if event["who"][0] == "partner" and event["who"][1]})
        partners.fetch(["name"])
        people = {("partner", partner.id): partner.name for partner in partners}
        people.update({("user", user.id): user.partner_id.name for user in users})
        departments = self.env["hr.department"].sudo().browse(
            {event["department"] for event in events if event["department"]})
        names = {department.id: department.name for department in departments}
        for event in events:
            event["author"] = people.get(event.pop("who"), "")
            event["department"] = names.get(event["department"], "")
        events.sort(key=lambda event: (event["at"], event["kind"] != "document", event.get("seq", 0)))
        for number, event in enumerate(events):
            event.update(key=number, at=fields.Datetime.to_string(event["at"]))
        return events

    def _get_message_events(self, names, departments):
        # sudo: messages of documents of which the reader may read each one, see _get_dossier_rows
        messages = self.env["mail.message"].sudo().search_fetch(
            self._get_event_domain(names, "model") & Domain("message_type", "!=", "user_notification"),
            ["model", "res_id", "date", "author_id", "body", "subject", "message_type", "tracking_value_ids"])
        shown = messages.tracking_value_ids._filter_has_field_access(self.env)
        texts = {}
        for tracking in shown:
            texts.setdefault(tracking.mail_message_id.id, []).append(self._describe_tracking(tracking))
        for message in messages:
            text = _to_text(message.body)
            changes = texts.get(message.id, [])
            if text or changes or message.subject:
                key = message.model, message.res_id
                yield {
                    "kind": "message" if not changes else "state", "at": message.date, "title": names[key],
                    "text": "\n".join(filter(None, (text or message.subject or "", *changes)))[:SHORT],
                    "who": ("partner", message.author_id.id), "department": departments.get(key), "model": key[0],
                    "id": key[1], "seq": message.id}

    def _describe_tracking(self, tracking):
        field = tracking.field_id
        label = self.env[field.model]._fields[field.name]._description_string(self.env) if field else ""
        kind = {"integer": "integer", "float": "float", "monetary": "float", "datetime": "datetime", "date": "datetime",
                "text": "text"}.get(field.ttype, "char")
        old, new = tracking[f"old_value_{kind}"], tracking[f"new_value_{kind}"]
        return f"{label}: {old or '–'} → {new or '–'}"

    def _get_file_events(self, names, departments):
        # sudo: files of documents of which the reader may read each one; those of fields are read with their documents
        files = self.env["ir.attachment"].sudo().search_fetch(
            self._get_event_domain(names, "res_model") & Domain("res_field", "=", False),
            ["res_model", "res_id", "name", "create_date", "create_uid"])
        for file in files:
            key = file.res_model, file.res_id
            yield {
                "kind": "file", "at": file.create_date, "title": file.name, "text": names[key],
                "who": ("user", file.create_uid.id), "department": departments.get(key), "model": key[0],
                "id": key[1], "file": file.id, "url": f"/web/content/{file.id}?download=true"}

    def _get_clock_events(self, names, departments):
        # sudo: whoever may read a document may see whether its time limits were kept
        clocks = self.env["sla.clock"].sudo().search_fetch(
            self._get_event_domain(names, "res_model") & Domain("stopped_at", "!=", False)
            & Domain("state", "!=", "cancelled"),
            ["res_model", "res_id", "stopped_at", "policy_id", "user_id", "department_id", "is_late"])
        for clock in clocks:
            key = clock.res_model, clock.res_id
            late = self.env._("Late") if clock.is_late else self.env._("In time")
            yield {
                "kind": "clock", "at": clock.stopped_at, "title": f"{clock.policy_id.name}: {late}",
                "text": names[key], "who": ("user", clock.user_id.id),
                "department": clock.department_id.id or departments.get(key), "model": key[0], "id": key[1]}

    @api.model
    def _get_event_domain(self, names, model_field):
        ids = {}
        for model, res_id in names:
            ids.setdefault(model, []).append(res_id)
        return Domain.OR(Domain(model_field, "=", model) & Domain("res_id", "in", found)
                         for model, found in ids.items())


def _to_text(body):
    """The words of a message, without stress, empty lines and the addresses behind its links."""
    lines = html2plaintext(STRESS.sub("", body or ""), include_references=False).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))
