import json
import logging
import re
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from ..tools.handler import get_handler

_logger = logging.getLogger(__name__)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Entries that one call may bring.
MOST = 50
#: Beyond any clock.
LARGEST = 10 ** 16
#: What was entered earlier than that was entered by a clock that is wrong.
LONGEST = timedelta(days=3650)


def _is_number(value):
    return isinstance(value, int | float) and abs(value) < LARGEST


class WebOutboxEntry(models.Model):
    """What a device has sent, with the answer that it was given: sent again it is answered again, and not done again.

    The row of an entry is made before its work and in the same transaction: two calls that bring one entry at the same
    moment meet at the unique index, the second is started again by Odoo and finds the answer. A server that dies leaves
    neither work nor row.
    """

    _name = "web.outbox.entry"
    _description = "Entry Sent by a Device"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char(string="Entry", required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    model = fields.Char(readonly=True)
    method = fields.Char(readonly=True)
    subject = fields.Char(string="About", readonly=True)
    moment = fields.Datetime(string="Entered", required=True, readonly=True)
    state = fields.Selection([("done", "Done"), ("refused", "Refused")], readonly=True, index=True)
    answer = fields.Json(readonly=True)

    _uuid_uniq = models.Constraint("UNIQUE(uuid)", "This entry was taken in already.")

    @api.model
    def _take(self, entries, now):
        """Take entries in, in the order in which they were entered, each exactly once.

        :param entries: dicts of ``uuid``, ``number`` (their order), ``model``, ``method``, ``subject`` (the document
            that it is about), ``said`` (what the method takes), ``entered`` (milliseconds of the device's clock),
            ``again`` (somebody wants it done whatever became of it before)
        :param now: milliseconds of the device's clock: only the time since then counts, its clock may be wrong
        :return: ``{uuid: {"state": "done" | "refused" | "held", "value": ..., "message": ...}}``; what is held was not
            taken in
        :raise UserError: no such call
        """
        self._check_call(entries, now)
        answers, held = {}, set()
        for entry in sorted(entries, key=lambda entry: entry["number"]):
            subject = entry.get("subject")
            if subject and subject in held:
                answers[entry["uuid"]] = {"state": "held"}
                continue
            answer = answers[entry["uuid"]] = self._take_once(entry, now)
            if subject and answer["state"] == "refused" and answer["holds"]:
                held.add(subject)
        return answers

    @api.model
    def _check_call(self, entries, now):
        sound = (
            _is_number(now) and isinstance(entries, list) and len(entries) <= MOST
            and all(isinstance(entry, dict) for entry in entries))
        for entry in entries if sound else ():
            sound = (
                sound and UUID.fullmatch(str(entry.get("uuid"))) and isinstance(entry.get("said") or {}, dict)
                and all(isinstance(entry.get(name), str | None) for name in ("model", "method", "subject"))
                and all(_is_number(entry.get(name)) for name in ("number", "entered")))
        if not sound:
            raise UserError(self.env._(
                "These are no entries of a device, or more than %(most)s. Reload the page.", most=MOST))

    @api.model
    def _take_once(self, entry, now):
        age = timedelta(milliseconds=min(max(now - entry["entered"], 0), 10 ** 13))
        moment = fields.Datetime.now() - min(age, LONGEST)
        row = self._claim(entry, moment.replace(microsecond=0))
        if not row:
            return self._repeat(entry["uuid"])
        if age.days >= self._get_days() and not entry.get("again"):  # its answer may have been forgotten
            answer = self._refused(self.env._(
                "This was entered long ago: whether it was sent before is not known any more. Look at the document; "
                "try it again if it is not there."), True)
        else:
            answer = self._run(entry, row.moment)
        row.write({"state": answer["state"], "answer": answer})
        return answer

    @api.model
    def _claim(self, entry, moment):
        """The row of a new entry; empty where it was taken in before. Whoever brings it at the same time waits here."""
        model, method, subject = (str(entry.get(name) or "")[:200] for name in ("model", "method", "subject"))
        rows = self.env.execute_query(SQL(
            "INSERT INTO web_outbox_entry (uuid, user_id, model, method, subject, moment, create_uid, write_uid,"
            " create_date, write_date) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now() at time zone 'UTC',"
            " now() at time zone 'UTC') ON CONFLICT (uuid) DO NOTHING RETURNING id",
            entry["uuid"], self.env.uid, model, method, subject, moment, self.env.uid, self.env.uid))
        return self.sudo().browse(row[0] for row in rows)  # sudo: nobody writes entries by hand

    @api.model
    def _repeat(self, uuid):
        # sudo: nobody reads entries but administrators; the answer is given to whoever has sent it
        row = self.sudo().search([("uuid", "=", uuid), ("user_id", "=", self.env.uid)])
        return row.answer or {
            "state": "refused", "holds": True, "message": self.env._("This entry was sent by somebody else already.")}

    @api.model
    def _run(self, entry, moment):
        """The answer of the method, or why it refuses; whatever it has done by then is undone."""
        name = entry.get("model")
        handler = name in self.env.registry and get_handler(self.env[name], entry.get("method") or "")
        if not handler:
            return self._refused(self.env._(
                "This page is older than the server: what was entered is not known there. Reload it."), True)
        method, holds = handler
        try:
            with self.env.cr.savepoint():
                value = method(entry.get("said") or {}, moment)
                json.dumps(value)  # what cannot be answered is a fault of the program as well
                return {"state": "done", "value": value}
        except UserError as error:
            return self._refused(str(error), holds)
        except (OperationalError, ConcurrencyError):
            raise  # the whole call is started again
        except Exception:  # one faulty entry must not keep all that is behind it on the device for ever
            _logger.exception("Outbox: %s.%s failed", name, entry.get("method"))
            return self._refused(self.env._(
                "The server could not take this in. It stays on this device: try it again later, or tell your "
                "administrator."), holds)

    @api.model
    def _refused(self, message, holds):
        return {"state": "refused", "holds": holds, "message": message}

    @api.model
    def _get_days(self):
        """How long answers are remembered."""
        try:  # sudo: a parameter of the system
            return max(int(self.env["ir.config_parameter"].sudo().get_param("web_outbox.days", 180)), 1)
        except ValueError:
            return 180

    @api.autovacuum
    def _gc_entries(self):
        """Forget what no device may bring again without asking."""
        old = self.search([("create_date", "<", fields.Datetime.now() - timedelta(days=self._get_days()))], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
