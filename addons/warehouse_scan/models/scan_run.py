import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError

from odoo.addons.web_outbox.tools.handler import outbox_method

from ..tools import code_reader
from ..tools.walk import Walk

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: A run that nobody went on with for so many days is forgotten.
DAYS = 14


class ScanRun(models.Model):
    """What the server remembers of one run of a flow on a device: a queue that comes later needs no more (SCN-3).

    Nobody writes it but the engine; what people may do is asked by the models that the flow books in.
    """

    _name = "scan.run"
    _description = "Scanning Run"
    _order = "id desc"
    _rec_name = "uuid"

    uuid = fields.Char(string="Run", required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    flow = fields.Char(required=True, readonly=True)
    state = fields.Char(string="Status", readonly=True)
    memory = fields.Json(readonly=True)
    past = fields.Json(readonly=True)
    used_at = fields.Datetime(string="Last Used", readonly=True, index=True)

    _uuid_uniq = models.UniqueIndex("(uuid)", "This run is there already.")

    @api.model
    @outbox_method()
    def outbox_step(self, said, moment):
        """One event of a run: what the person did, and what the next thing to do is (SCN-1, SCN-3, SCN-4).

        :param said: ``{run, flow, event, company}`` as in the contract of the addon's README; photos by their names
        :param moment: when it was entered
        :return: ``{run, flow, state, data, message}``; a wrong scan is an answer, too, and books nothing
        :raise UserError: no such run or flow: what follows in this run waits on the device
        """
        row, walk, flow = self._find(said)
        event = flow._read_event(said)
        before = walk.state, dict(walk.memory), walk.past  # flows replace what stands there, and change nothing in it
        try:
            with self.env.cr.savepoint():
                message = flow._take(walk, event)
        except (UserError, RedirectWarning) as error:
            walk.state, walk.memory, walk.past = before
            message = flow._fail(walk, event, error)
        data = flow._show(walk)
        row.write({"state": walk.state, "memory": walk.memory, "past": walk.past, "used_at": fields.Datetime.now()})
        return {"run": walk.uuid, "flow": walk.flow, "state": walk.state, "data": data, "message": message or None}

    @api.model
    def _find(self, said):
        """Row, :class:`Walk` and flow of an event; a run that is new is made."""
        uuid = said.get("run")
        names = self.env["scan.flow"]._get_flow_names()
        if not (isinstance(uuid, str) and UUID.fullmatch(uuid)) or said.get("flow") not in names:
            raise UserError(self.env["scan.message"].not_understood())
        flow = self.env[names[said["flow"]]]
        flow._check_allowed()
        runs = self.sudo()  # sudo: the engine's memory; whose run it is, is asked here
        row = runs.search_fetch([("uuid", "=", uuid)], (
            "uuid", "user_id", "company_id", "flow", "state", "memory", "past"))
        if not row:
            row = runs.create({
                "uuid": uuid, "user_id": self.env.uid, "flow": said["flow"], "state": flow._flow_start,
                "company_id": self._get_company(said.get("company")).id, "memory": {}, "past": []})
        if row.user_id.id != self.env.uid or row.flow != said["flow"]:
            raise UserError(self.env["scan.message"].not_understood())
        flow = flow.with_context(allowed_company_ids=row.company_id.ids)
        return row, Walk(uuid, row.flow, row.state, row.memory or {}, row.past or []), flow

    @api.model
    def _get_company(self, company_id):
        """The company that the device works in; one's own first one where it says none."""
        mine = self.env.user.company_ids
        chosen = mine.filtered(lambda company: company.id == company_id)
        return chosen or self.env.user.company_id

    @api.model
    def get_flows(self):
        """Flows that the user may start, for the first page, in a constant number of queries (SCN-1).

        :return: ``[{"flow", "label", "icon", "count"}]``; ``count`` is the number of jobs that wait, None where
            the flow has no list of jobs
        """
        flows = [self.env[name] for name in self.env["scan.flow"]._get_flow_names().values()]
        allowed = [flow for flow in flows if flow._is_allowed()]
        return [{"flow": flow._get_flow_name(), "label": flow._flow_label(), "icon": flow._flow_icon,
                 "count": flow._count_jobs()} for flow in allowed]

    @api.model
    def explain_code(self, raw):
        """What a device has sent, character by character, and what it is understood as: the self-test (SCN-2).

        :param raw: the string as it came
        :return: ``{"characters": [{"char", "code", "name"}], "understood": [{"label", "value"}], "message"}``
        :raise AccessError: nobody of this company
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env["scan.message"].not_allowed(self.env._("Scan")))
        raw = str(raw or "")[:code_reader.LONGEST]
        code = self.env["scan.code"].with_context(lang=self.env.user.lang)  # the page says none
        return {"characters": code_reader.spell(raw), **code._explain(raw)}

    @api.autovacuum
    def _gc_runs(self):
        """Forget runs that nobody goes on with; what was scanned and not booked stands on its transfer."""
        before = fields.Datetime.now() - timedelta(days=DAYS)
        self.env["scan.tally"].search([
            ("picking_id", "=", False), ("move_id", "=", False), ("write_date", "<", before)], limit=10000).unlink()
        old = self.search([("used_at", "<", before)], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
