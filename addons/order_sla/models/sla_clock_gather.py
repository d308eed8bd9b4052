from types import SimpleNamespace

from odoo import api, models

from ..kernel.pauses import used
from ..kernel.worktime import ElapsedTable
from ..tools.moments import to_datetime, to_moment
from ..tools.times import deadline_at, pending_steps

FACTS = ("company_id", "user_id", "department_id", "calendar_id", "anchor_at", "limit_value")
NO_DEADLINE = ("no_anchor", "no_limit", "far_anchor", "far_limit")
KNOWN = FACTS + (
    "state", "is_late", "calendar_missing", "started_at", "deadline_at", "deadline_no", "deadline_moved_at",
    "paused_at", "pauses", "next_event_at")
REPLACED = ("archived_user", "no_responsible")


class SlaClock(models.Model):
    """Gathering: what a record that is looked at means for its clock. Nothing is written here.

    Each step reads the clock as it is and adds to the :class:`Changes`; they are carried out together
    (sla_clock_carry_out).
    """
    _inherit = "sla.clock"

    @api.model
    def _gather_start(self, changes, policy, record, verdict):
        """A record has begun to match a policy."""
        facts, notes = policy._get_facts(record, changes.now, changes.times)
        if changes.strict:
            policy._refuse_out_of_bounds(record, notes)
        deadline, reason = self._count_deadline(changes, policy, facts, [])
        paused = verdict == "pause"
        values = {name: facts[name] for name in FACTS} | {
            "policy_id": policy.id,
            "res_model": record._name,
            "res_id": record.id,
            "res_name": record._get_clock_name(),
            "calendar_missing": bool(reason),
            "state": "paused" if paused else "running",
            "is_open": True,
            "is_late": False,
            "started_at": changes.now,
            "deadline_at": deadline,
            "deadline_no": 1,
            "paused_at": changes.now if paused else False,
            "escalation_level": 0,
            "attempts": 0,
        }
        if not paused:
            clock = SimpleNamespace(**values, deadline_moved_at=False)
            pending = self._count_pending(changes.times, policy, clock, {})
            values["next_event_at"] = to_datetime(pending[0][0]) if pending else False
        events = [("started", None, {"to": self._get_user_name(facts)})]
        events += [("paused", None, {})] if paused else []
        events += [("note", *note) for note in notes] + ([("note", reason, {})] if reason else [])
        changes.started.append((values, events))
        changes.users.add(facts["user_id"])

    def _gather_revisit(self, changes, policy, record, verdict, before):
        """An open clock meets its record again.

        :param policy: that of the clock
        :param before: the clock's values of ``KNOWN``
        """
        if verdict == "cancel":
            self._gather_end(changes, "cancelled", "cancel_domain")
            return
        facts, notes = policy._get_facts(record, before.started_at, changes.times)
        if changes.strict and (verdict != "stop" or before.deadline_at):
            policy._refuse_out_of_bounds(record, notes)
        values = {name: facts[name] for name in FACTS if facts[name] != getattr(before, name)}
        if "user_id" in values:
            self._gather_reassigned(changes, facts, notes, before)
        self._gather_pause(changes, verdict, values, before)
        if verdict != "pause":
            self._gather_deadline(changes, policy, facts, notes, values, before)
        if verdict == "stop":
            self._gather_stop(changes, policy, facts, values, before)
            values["res_name"] = record._get_clock_name()
        if values:
            changes.set(self, values)
        if verdict == "run" and (changes.plan_all or values.keys() & {"deadline_at", "paused_at", "state"}):
            changes.to_plan[self] = policy, SimpleNamespace(**(before.__dict__ | values))

    def _gather_reassigned(self, changes, facts, notes, before):
        """Somebody else answers for the record now."""
        reason, args = next((note for note in notes if note[0] in REPLACED), (None, {}))
        changes.log(self, "reassigned", reason, args | {
            "from": self.user_id.name or "", "to": self._get_user_name(facts)}, deadline_no=before.deadline_no)
        changes.users |= {before.user_id, facts["user_id"]}

    def _gather_pause(self, changes, verdict, values, before):
        """The record has begun to pause the clock, or pauses it no longer."""
        if verdict == "pause" and not before.paused_at:
            values |= {"paused_at": changes.now, "state": "paused"}
            if not before.next_event_at or before.next_event_at >= changes.now:
                values["next_event_at"] = False  # what was due before the pause stays on the agenda of the cron
            changes.log(self, "paused", deadline_no=before.deadline_no)
        elif verdict != "pause" and before.paused_at:
            values |= {"paused_at": False,
                       "pauses": [*(before.pauses or []), [to_moment(before.paused_at), to_moment(changes.now)]]}
            if verdict == "run":
                changes.log(self, "resumed", deadline_no=before.deadline_no)

    def _gather_deadline(self, changes, policy, facts, notes, values, before):
        """The deadline as it is now; a changed one gets a number of its own, so that its steps can fire."""
        deadline, reason = self._count_deadline(changes, policy, facts, values.get("pauses", before.pauses))
        if bool(reason) != before.calendar_missing:
            values["calendar_missing"] = bool(reason)
            if reason:
                changes.log(self, "note", reason, deadline_no=before.deadline_no)
        if deadline != before.deadline_at:
            number = before.deadline_no + 1
            values |= {"deadline_at": deadline, "deadline_no": number, "deadline_moved_at": changes.now}
            why, args = next((note for note in notes if note[0] in NO_DEADLINE), ("deadline_moved", {}))
            changes.log(self, "moved", why, args | {
                "from": str(before.deadline_at or ""), "to": str(deadline or "")}, deadline_no=number)
        late = before.is_late and bool(deadline) and deadline <= changes.now
        state = "breached" if late else "running"
        if state != before.state:
            values["state"] = state
        if before.is_late and not late:
            values |= {"is_late": False, "escalation_level": 0, "on_time": None}  # no verdict yet

    def _gather_stop(self, changes, policy, facts, values, before):
        """The record has stopped the clock."""
        deadline = values.get("deadline_at", before.deadline_at)
        late = bool(deadline) and changes.now > deadline
        pauses = values.get("pauses", before.pauses) or ()
        span = to_moment(before.started_at), to_moment(changes.now)
        time, _tz, _missing = changes.times.get_basis(
            changes.times.get_rule(policy), facts["calendar_id"], facts["company_id"])
        if values.get("calendar_missing", before.calendar_missing):
            time = ElapsedTable()
        values |= {
            "state": "breached" if late else "met",
            "is_late": late,
            "is_open": False,
            "stopped_at": changes.now,
            "next_event_at": False,
            "on_time": 0.0 if late else 100.0,
            "consumed_seconds": used(time.worked, *span, pauses),
            "error": False,
        }
        changes.log(self, "breached" if late else "met", "ended_late" if late else None, deadline_no=before.deadline_no)
        changes.ended.add(self)

    def _gather_end(self, changes, state, reason):
        """An open clock ends without its record having stopped it."""
        changes.set(self, {
            "state": state, "is_open": False, "stopped_at": changes.now, "next_event_at": False, "paused_at": False,
            "error": False})
        changes.log(self, state, reason, deadline_no=self.deadline_no)
        changes.ended.add(self)

    # ----------------------------------------------------------------- counting

    @api.model
    def _count_deadline(self, changes, policy, facts, pauses):
        """The deadline that follows from the facts, and why clock time was counted, if it was."""
        limit = facts["limit_value"] if facts["has_limit"] else None
        rule = changes.times.get_rule(policy)
        return changes.times.count(
            rule, facts["calendar_id"], facts["company_id"], deadline_at, rule, facts["anchor_at"], limit, pauses)

    @api.model
    def _count_pending(self, times, policy, clock, fired):
        """What a clock still waits for: pairs (moment, step id), earliest first.

        :param clock: the clock's values, as they are or will be
        """
        rule = times.get_rule(policy)
        pending, _reason = times.count(
            rule, clock.calendar_id, clock.company_id, pending_steps, rule.steps, clock, fired)
        return pending

    @api.model
    def _get_user_name(self, facts):
        return self.env["res.users"].browse(facts["user_id"] or ()).name or ""
