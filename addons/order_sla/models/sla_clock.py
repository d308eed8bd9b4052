from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.moments import to_moment
from ..tools.times import Times


class SlaClock(models.Model):
    """One running instance of a time limit on one record.

    Only the engine (see sla_clock_engine) writes clocks: people read them.
    """
    _name = "sla.clock"
    _description = "Time Limit Clock"
    _order = "deadline_at, id"
    _rec_name = "res_name"

    #: clocks that the systray lists, and working intervals that the widget is given to tick through
    _MY_CLOCKS_SHOWN = 50
    _SPANS_SHOWN = 10

    policy_id = fields.Many2one("sla.policy", required=True, readonly=True, index=True, ondelete="cascade")
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Document ID", model_field="res_model", required=True, readonly=True)
    res_name = fields.Char(string="Document", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, index="btree_not_null")
    department_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null")
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", readonly=True, index="btree_not_null", ondelete="set null")
    calendar_missing = fields.Boolean(
        readonly=True, help="No working hours could be found for this clock: it counts clock time.")
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("met", "In time"), ("breached", "Late"),
         ("cancelled", "Cancelled")],
        required=True, readonly=True, default="running")
    is_open = fields.Boolean(string="Open", readonly=True, default=True)
    is_late = fields.Boolean(
        string="Overdue", readonly=True, help="The deadline has passed, or had passed when the clock ended.")
    started_at = fields.Datetime(string="Started", required=True, readonly=True)
    anchor_at = fields.Datetime(string="Counted From", readonly=True)
    limit_value = fields.Float(string="Limit", readonly=True)
    deadline_at = fields.Datetime(string="Deadline", readonly=True)
    deadline_no = fields.Integer(string="Deadline No.", readonly=True, default=1)
    deadline_moved_at = fields.Datetime(string="Deadline Moved", readonly=True)
    paused_at = fields.Datetime(string="Paused Since", readonly=True)
    stopped_at = fields.Datetime(string="Ended", readonly=True)
    pauses = fields.Json(readonly=True, export_string_translation=False)
    consumed_seconds = fields.Integer(string="Time Used (s)", readonly=True)
    on_time = fields.Float(string="In Time (%)", readonly=True, aggregator="avg")
    escalation_level = fields.Integer(readonly=True, default=0)
    next_event_at = fields.Datetime(readonly=True)
    attempts = fields.Integer(readonly=True, default=0)
    error = fields.Text(string="Last Failure", readonly=True)
    event_ids = fields.One2many("sla.clock.event", "clock_id", string="History", readonly=True)
    payload = fields.Json(compute="_compute_payload", export_string_translation=False)

    _next_event_idx = models.Index("(next_event_at) WHERE next_event_at IS NOT NULL")
    _record_idx = models.Index("(res_model, res_id)")
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, policy_id) WHERE is_open", "This record already has an open clock of this policy.")

    @api.depends_context("lang")
    def _compute_payload(self):
        payloads = self.filtered(lambda clock: clock.is_open and clock.started_at)._get_payloads()
        for clock in self:
            clock.payload = payloads.get(clock.id, False)

    @api.model
    @api.readonly
    def get_my_clocks(self):
        """Open clocks of the current user, most urgent first, for the systray (SLA-2).

        :return: dict with ``count`` and ``late`` (all of them) and ``clocks`` (payloads of the first ones)
        """
        domain = Domain("user_id", "=", self.env.uid) & Domain("is_open", "=", True)
        late = domain & Domain("paused_at", "=", False) & Domain("deadline_at", "<", fields.Datetime.now())
        clocks = self.search(domain, order="deadline_at NULLS LAST, id", limit=self._MY_CLOCKS_SHOWN)
        payloads = clocks._get_payloads()
        return {
            "count": len(clocks) if len(clocks) < self._MY_CLOCKS_SHOWN else self.search_count(domain),
            "late": self.search_count(late),
            "clocks": [payloads[clock.id] for clock in clocks],
        }

    def action_open_record(self):
        """Open the record that the clock runs on.

        :raise UserError: if the record or its model is no longer there
        """
        self.ensure_one()
        if self.res_model not in self.env or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(self.env._(
                "%(document)s has been deleted; only its time limit is left.", document=self.res_name or self.res_id))
        return {
            "type": "ir.actions.act_window",
            "name": self.res_name,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _get_payloads(self):
        """What the ticking widget shows of each open clock (SLA-2).

        Moments are seconds since the epoch or ISO strings, both UTC; durations are seconds of the clock's own kind
        of time. Constant number of queries.

        :return: ``{clock id: dict}``
        """
        now, times, payloads = fields.Datetime.now(), Times(self.env), {}
        # sudo: a clock shows its limit and its responsible to whoever may see the clock
        for clock in self.sudo():
            policy, started, due = clock.policy_id, to_moment(clock.started_at), to_moment(clock.deadline_at)
            at = to_moment(clock.paused_at or now)

            def measure(time, _tz, started=started, at=at, due=due):
                if due is None:
                    return None, None, []
                return time.worked(at, due), time.worked(started, due), time.spans(at, self._SPANS_SHOWN)

            remaining, limit, spans = times.count_as_set(clock, measure)
            late = clock.state == "running" and remaining is not None and due < at
            payloads[clock.id] = {
                "id": clock.id,
                "policy": policy.name,
                "state": "breached" if late else clock.state,
                "user": clock.user_id.name or "",
                "user_id": clock.user_id.id,
                "deadline": clock.deadline_at.isoformat() if clock.deadline_at else False,
                "started": clock.started_at.isoformat(),
                "paused": bool(clock.paused_at),
                "remaining": remaining if remaining is not None else False,
                "limit": limit if limit is not None else False,
                "day": times.get_day_seconds(policy, clock.calendar_id, clock.company_id),
                "now": to_moment(now),
                "working": bool(spans),
                "spans": spans,
                "beyond": max(0, (remaining or 0) - sum(stop - start for start, stop in spans)),
                "res_model": clock.res_model,
                "res_id": clock.res_id,
                "res_name": clock.res_name,
            }
        return payloads

    def _get_deadline_date(self, user):
        """Date of the deadline in the user's time zone."""
        context = {"tz": user.tz or self.calendar_id.tz or "UTC"}
        return fields.Datetime.context_timestamp(self.with_context(**context), self.deadline_at).date()

    def _get_overall_state(self):
        """State of a record with these open clocks: that of the most urgent one."""
        now = fields.Datetime.now()
        if any(not clock.paused_at and (clock.state == "breached" or (clock.deadline_at and clock.deadline_at < now))
               for clock in self):
            return "late"
        if not self:
            return "none"
        return "running" if any(not clock.paused_at for clock in self) else "paused"

    def _get_fired_steps(self):
        """Steps that have fired: ``{clock id: {step id: number of the last deadline}}``."""
        fired = {}
        for clock, step, number in self.env["sla.clock.event"]._read_group(
                [("clock_id", "in", self.ids), ("kind", "=", "step"), ("step_id", "!=", False)],
                ["clock_id", "step_id"], ["deadline_no:max"]):
            fired.setdefault(clock.id, {})[step.id] = number
        return fired
