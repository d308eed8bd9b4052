"""One change of the clocks: gathered record by record, carried out in a constant number of queries."""
from types import SimpleNamespace

from odoo.tools import SQL

from ..kernel.pauses import used
from ..kernel.worktime import ElapsedTable
from .moments import to_datetime, to_moment
from .rows import insert_rows
from .times import Times, deadline_at, pending_steps

FACTS = ("company_id", "user_id", "department_id", "calendar_id", "anchor_at", "limit_value")
NO_DEADLINE = ("no_anchor", "no_limit", "far_anchor", "far_limit")
SHOWN = ("sla_clock_ids", "sla_clocks", "sla_deadline", "sla_state", "sla_clock_count")


class Change:
    """What happens to clocks at one moment.

    :param clocks: empty recordset of sla.clock with the rights of the system
    :param now: naive UTC datetime
    :param strict: somebody is writing the records: what cannot be counted is refused, not noted
    """

    def __init__(self, clocks, now, strict=False):
        self.clocks, self.env, self.now, self.strict = clocks, clocks.env, now, strict
        self.times = Times(self.env)
        self.started = []       # (values, events)
        self.values = {}        # clock -> values
        self.events = []        # values of events
        self.to_plan = set()    # clocks of which the next event must be found
        self.reopened = set()   # clocks that are late no longer
        self.ended = set()
        self.users = set()      # ids of those whose clocks change

    # ----------------------------------------------------------------- gathering

    def start(self, policy, record, verdict):
        """A record has begun to match a policy."""
        facts, notes = policy._get_facts(record, self.now, self.times)
        if self.strict:
            policy._refuse_out_of_bounds(record, notes)
        deadline, reason = self._deadline(policy, facts, [])
        paused = verdict == "pause"
        values = {name: facts[name] for name in FACTS} | {
            "policy_id": policy.id,
            "res_model": record._name,
            "res_id": record.id,
            "res_name": record.display_name,
            "calendar_missing": bool(reason),
            "state": "paused" if paused else "running",
            "is_open": True,
            "is_late": False,
            "started_at": self.now,
            "deadline_at": deadline,
            "deadline_no": 1,
            "paused_at": self.now if paused else False,
            "escalation_level": 0,
            "attempts": 0,
        }
        if not paused:
            clock = SimpleNamespace(**values, deadline_moved_at=False)
            values["next_event_at"] = self._next_event(policy, clock, self._calendar(facts), self._company(facts), {})
        kinds = [("started", None, {"to": _user_name(self.env, facts["user_id"])})]
        kinds += [("paused", None, {})] if paused else []
        kinds += [("note", *note) for note in notes] + ([("note", reason, {})] if reason else [])
        self.started.append((values, kinds))
        self.users.add(facts["user_id"])

    def go_on(self, clock, record, verdict, plan=False):
        """An open clock meets its record again.

        :param plan: find the next event even if nothing about the clock has changed
        """
        if verdict == "cancel":
            self.close(clock, "cancelled", "cancel_domain")
            return
        policy = clock.policy_id
        facts, notes = policy._get_facts(record, clock.started_at, self.times)
        if self.strict and (verdict != "stop" or clock.deadline_at):
            policy._refuse_out_of_bounds(record, notes)
        values = {name: facts[name] for name in FACTS if facts[name] != _plain(clock[name])}
        if "user_id" in values:
            reason, args = next((note for note in notes if note[0] in ("archived_user", "no_responsible")), (None, {}))
            self._log(clock, "reassigned", reason, args | {
                "from": clock.user_id.name or "", "to": _user_name(self.env, facts["user_id"])})
            self.users |= {clock.user_id.id, facts["user_id"]}
        if verdict == "pause" and not clock.paused_at:
            values |= {"paused_at": self.now, "state": "paused"}
            if not clock.next_event_at or clock.next_event_at >= self.now:
                values["next_event_at"] = False  # what was due before the pause stays on the agenda of the cron
            self._log(clock, "paused")
        elif verdict != "pause" and clock.paused_at:
            values |= {"paused_at": False,
                       "pauses": [*(clock.pauses or []), [to_moment(clock.paused_at), to_moment(self.now)]]}
            if verdict == "run":
                self._log(clock, "resumed")
        if verdict != "pause":
            self._move(clock, policy, facts, notes, values)
        if verdict == "stop":
            self._finish(clock, policy, facts, values, record)
        if values:
            self._set(clock, values)
        if verdict == "run" and (plan or values.keys() & {"deadline_at", "paused_at", "state"}):
            self.to_plan.add(clock)

    def close(self, clock, state, reason):
        """An open clock ends without its record having stopped it."""
        self._set(clock, {
            "state": state, "is_open": False, "stopped_at": self.now, "next_event_at": False, "paused_at": False,
            "error": False})
        self._log(clock, state, reason)
        self.ended.add(clock)

    def _move(self, clock, policy, facts, notes, values):
        """The deadline as it is now; a changed one gets a number of its own, so that its steps can fire."""
        deadline, reason = self._deadline(policy, facts, values.get("pauses", clock.pauses))
        if bool(reason) != clock.calendar_missing:
            values["calendar_missing"] = bool(reason)
            if reason:
                self._log(clock, "note", reason)
        if deadline != clock.deadline_at:
            values |= {"deadline_at": deadline, "deadline_no": clock.deadline_no + 1, "deadline_moved_at": self.now}
            no_deadline = next((note for note in notes if note[0] in NO_DEADLINE), None)
            self._log(clock, "moved", *(no_deadline or ("deadline_moved", {})), **{
                "from": str(clock.deadline_at or ""), "to": str(deadline or "")},
                deadline_no=clock.deadline_no + 1)
        late = clock.is_late and bool(deadline) and deadline <= self.now
        state = "breached" if late else "running"
        if state != clock.state:
            values["state"] = state
        if clock.is_late and not late:
            self.reopened.add(clock)
            values |= {"is_late": False, "escalation_level": 0}

    def _finish(self, clock, policy, facts, values, record):
        """The record has stopped the clock."""
        deadline = values.get("deadline_at", clock.deadline_at)
        late = bool(deadline) and self.now > deadline
        pauses = values.get("pauses", clock.pauses) or ()
        span = to_moment(clock.started_at), to_moment(self.now)
        time, _tz = self.times.of(policy, self._calendar(facts), self._company(facts))
        if values.get("calendar_missing", clock.calendar_missing):
            time = ElapsedTable()
        values |= {
            "state": "breached" if late else "met",
            "is_late": late,
            "is_open": False,
            "stopped_at": self.now,
            "next_event_at": False,
            "on_time": 0.0 if late else 100.0,
            "consumed_seconds": used(time.worked, *span, pauses),
            "res_name": record.display_name,
            "error": False,
        }
        self._log(clock, "breached" if late else "met", "ended_late" if late else None)
        self.reopened.discard(clock)
        self.ended.add(clock)

    # ----------------------------------------------------------------- carrying out

    def apply(self):
        """Write all of it."""
        self._insert_started()
        for clock, values in self.values.items():
            clock.write(values)
        if self.reopened:
            self._forget_verdict()
        if self.to_plan:
            self._plan()
        insert_rows(self.env["sla.clock.event"], self.events)
        self._care_for_activities()
        self._invalidate()
        self._tell()

    def _insert_started(self):
        rows = insert_rows(self.clocks, [values for values, _kinds in self.started], ("id", "policy_id", "res_id"))
        ids = {(policy_id, res_id): clock_id for clock_id, policy_id, res_id in rows}
        for values, kinds in self.started:
            clock_id = ids.get((values["policy_id"], values["res_id"]))
            for kind, reason, args in kinds if clock_id else ():
                self.events.append(self._event(clock_id, kind, reason, args, 1))

    def _forget_verdict(self):
        reopened = self.clocks.concat(*self.reopened)
        reopened.flush_recordset(["on_time"])
        self.env.execute_query(SQL(
            "UPDATE sla_clock SET on_time = NULL WHERE id = ANY(%s) RETURNING id", reopened.ids))
        reopened.invalidate_recordset(["on_time"], flush=False)

    def _plan(self):
        clocks = self.clocks.concat(*self.to_plan)
        fired = clocks._get_fired_steps()
        for clock in clocks:
            next_event = self._next_event(
                clock.policy_id, clock, clock.calendar_id, clock.company_id, fired.get(clock.id, {}))
            if next_event != clock.next_event_at:
                clock.next_event_at = next_event

    def _care_for_activities(self):
        """A clock's own activities end with it, go over to the new responsible, and move with the deadline."""
        concerned = self.ended | {
            clock for clock, values in self.values.items() if values.keys() & {"user_id", "deadline_at"}}
        if not concerned:
            return
        activities = self.env["mail.activity"].search([("sla_clock_id", "in", [clock.id for clock in concerned])])
        over = activities.filtered(lambda activity: activity.sla_clock_id in self.ended)
        over.unlink()
        for activity in activities - over:
            clock, values = activity.sla_clock_id, {}
            if activity.sla_for_responsible and clock.user_id and clock.user_id != activity.user_id:
                values["user_id"] = clock.user_id.id
            if clock.deadline_at and clock._get_deadline_date(activity.user_id) != activity.date_deadline:
                values["date_deadline"] = clock._get_deadline_date(activity.user_id)
            if values:
                activity.with_context(mail_activity_quick_update=True).write(values)

    def _invalidate(self):
        places = {}
        for values, _kinds in self.started:
            places.setdefault(values["res_model"], set()).add(values["res_id"])
        for clock in self.values:
            places.setdefault(clock.res_model, set()).add(clock.res_id)
        for model, ids in places.items():
            if model in self.env:
                self.env[model].browse(ids).invalidate_recordset(SHOWN, flush=False)
        self.clocks.invalidate_model(["event_ids", "payload"], flush=False)
        self.env["sla.policy"].invalidate_model(["clock_ids", "open_clock_count"], flush=False)

    def _tell(self):
        """Let the open browsers of those concerned read their clocks again."""
        ids = self.users | {clock.user_id.id for clock in self.values}
        for user in self.env["res.users"].browse(filter(None, ids)):
            user._bus_send("order_sla.clock_changed", {})

    # ----------------------------------------------------------------- helpers

    def _set(self, clock, values):
        self.values.setdefault(clock, {}).update(values)

    def _log(self, clock, kind, reason=None, args=None, deadline_no=None, **more):
        self.events.append(self._event(
            clock.id, kind, reason, (args or {}) | more, deadline_no or clock.deadline_no))

    def _event(self, clock_id, kind, reason, args, deadline_no):
        return {"clock_id": clock_id, "kind": kind, "reason": reason, "args": args or None,
                "deadline_no": deadline_no, "at": self.now, "user_id": self.env.uid}

    def _deadline(self, policy, facts, pauses):
        return self.times.ask(
            policy, self._calendar(facts), self._company(facts),
            lambda time, tz: deadline_at(
                policy, facts["anchor_at"], facts["limit_value"] if facts["has_limit"] else None, pauses, time, tz))

    def _next_event(self, policy, clock, calendar, company, fired):
        pending, _reason = self.times.ask(
            policy, calendar, company, lambda time, tz: pending_steps(policy, clock, fired, time, tz))
        return to_datetime(pending[0][0]) if pending else False

    def _calendar(self, facts):
        return self.env["resource.calendar"].browse(facts["calendar_id"] or ())

    def _company(self, facts):
        return self.env["res.company"].browse(facts["company_id"])


def _plain(value):
    return value.id if hasattr(value, "_name") else value


def _user_name(env, user_id):
    return env["res.users"].browse(user_id or ()).name or ""
