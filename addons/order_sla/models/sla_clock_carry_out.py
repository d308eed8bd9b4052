from odoo import api, models

from ..tools.moments import to_datetime
from ..tools.rows import insert_rows, snapshots, update_rows

SHOWN = ("sla_clock_ids", "sla_clocks", "sla_deadline", "sla_state", "sla_clock_count")


class SlaClock(models.Model):
    """Carrying out what was gathered (sla_clock_gather): a constant number of queries, however many clocks."""
    _inherit = "sla.clock"

    @api.model
    def _carry_out(self, changes):
        """Write all of it, step by step. Each step is a place to add to."""
        if not changes:
            return
        self._insert_started(changes)
        self._plan_changed(changes)
        # before the clocks' rows change: the events' foreign key then finds each row locked, and need not lock it again
        insert_rows(self.env["sla.clock.event"], changes.events)
        self._update_changed(changes)
        self._move_activities(changes)
        self._forget_shown(changes)
        self._tell_browsers(changes)

    @api.model
    def _insert_started(self, changes):
        """Start the clocks; what another transaction has started meanwhile is skipped."""
        rows = insert_rows(self, [values for values, _events in changes.started], ("id", "policy_id", "res_id"))
        ids = {(policy_id, res_id): clock_id for clock_id, policy_id, res_id in rows}
        for values, events in changes.started:
            clock_id = ids.get((values["policy_id"], values["res_id"]))
            for kind, reason, args in events if clock_id else ():
                changes.events.append(changes.event(clock_id, kind, reason, args, 1))

    @api.model
    def _plan_changed(self, changes):
        """Find the next event of the clocks that go on."""
        if not changes.to_plan:
            return
        fired = self.concat(*changes.to_plan)._get_fired_steps()
        for clock, (policy, planned) in changes.to_plan.items():
            changes.pending[clock] = pending = self._count_pending(
                changes.times, policy, planned, fired.get(clock.id) or {})
            next_event = to_datetime(pending[0][0]) if pending else False
            if next_event != planned.next_event_at:
                changes.set(clock, {"next_event_at": next_event})

    @api.model
    def _update_changed(self, changes):
        update_rows(self, changes.values)

    @api.model
    def _move_activities(self, changes):
        """A clock's own activities end with it, go over to the new responsible, and move with the deadline."""
        concerned = changes.ended | {
            clock for clock, values in changes.values.items() if values.keys() & {"user_id", "deadline_at"}}
        if not concerned:
            return
        activities = self.env["mail.activity"].search([("sla_clock_id", "in", [clock.id for clock in concerned])])
        over = activities.filtered(lambda activity: activity.sla_clock_id in changes.ended)
        over.unlink()
        for activity in activities - over:
            clock, values = activity.sla_clock_id, {}
            if activity.sla_for_responsible and clock.user_id and clock.user_id != activity.user_id:
                values["user_id"] = clock.user_id.id
            if clock.deadline_at and clock._get_deadline_date(activity.user_id) != activity.date_deadline:
                values["date_deadline"] = clock._get_deadline_date(activity.user_id)
            if values:
                activity.with_context(mail_activity_quick_update=True).write(values)

    @api.model
    def _forget_shown(self, changes):
        """What records and policies show of their clocks is read anew."""
        places = {}
        for values, _events in changes.started:
            places.setdefault(values["res_model"], set()).add(values["res_id"])
        for clock in snapshots(self.concat(*changes.values), ("res_model", "res_id")).values():
            places.setdefault(clock.res_model, set()).add(clock.res_id)
        for model, ids in places.items():
            if model in self.env:
                self.env[model].browse(ids).invalidate_recordset(SHOWN, flush=False)
        self.invalidate_model(["event_ids", "payload"], flush=False)
        self.env["sla.policy"].invalidate_model(["clock_ids", "open_clock_count"], flush=False)

    @api.model
    def _tell_browsers(self, changes):
        """Let the open browsers of those concerned read their clocks again."""
        changed = snapshots(self.concat(*changes.values), ("user_id",))
        ids = changes.users | {clock.user_id for clock in changed.values()}
        for user in self.env["res.users"].browse(filter(None, ids)):
            user._bus_send("order_sla.clock_changed", {})
