import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY
from odoo.tools import SQL

from ..tools.moments import to_datetime, to_moment
from ..tools.rows import insert_rows, snapshots, update_rows
from ..tools.times import Times
from .sla_clock_gather import KNOWN

_logger = logging.getLogger(__name__)


class SlaClock(models.Model):
    """Firing what is due.

    A batch is one transaction: the rows are locked, the steps done, the events written down and the next moment
    set, or nothing of it. Another worker skips rows that are locked.
    """
    _inherit = "sla.clock"

    #: clocks that one transaction handles: so many share what is asked for anew in each, and it is still soon done
    _BATCH = 2000
    #: minutes until a failed clock is tried again, doubled each time, and the longest such delay
    _RETRY_MINUTES, _RETRY_MAX_MINUTES = 2, 1440

    #: times that a batch is tried again which another transaction got in the way of
    _TRIES = 3

    @api.model
    def _cron_process(self, limit=None):
        """Fire the steps that are due, batch by batch (SLA-4). Safe beside itself.

        :param int limit: clocks in one batch
        """
        limit = limit or self._BATCH
        cron = self.env["ir.cron"]
        # A snapshot of our own, taken as late as possible: rows that another worker has just done are not claimed.
        left = cron._commit_progress()
        tries = 0
        while left:
            try:
                clocks = self._process_due(limit)
            except OperationalError as error:
                tries += 1
                if error.pgcode not in PG_CONCURRENCY_ERRORS_TO_RETRY or tries > self._TRIES:
                    raise
                self.env.cr.rollback()
                continue
            left = cron._commit_progress(len(clocks), remaining=int(len(clocks) == limit))
            self.env.invalidate_all()
            if len(clocks) < limit:
                break

    @api.model
    def _process_due(self, limit=None):
        """Claim and handle one batch in this transaction.

        :return: the clocks that were due
        """
        now = fields.Datetime.now()
        # sudo: the engine's own table
        clocks = self.sudo()._claim_due(now, limit or self._BATCH)
        if clocks:
            clocks._handle_due(now)
        return clocks

    @api.model
    def _claim_due(self, now, limit):
        """Lock clocks that are due and held by nobody else; their next moment is set when they have been handled."""
        self.flush_model()
        rows = self.env.execute_query(SQL(
            "SELECT id FROM sla_clock WHERE next_event_at <= %s ORDER BY next_event_at LIMIT %s "
            "FOR NO KEY UPDATE SKIP LOCKED", now, limit))
        return self.browse(row[0] for row in rows)

    def _handle_due(self, now):
        """Look at the records again, then fire every step that is due, then find the next moment.

        A clock that was paused before it was claimed fires what was due before its pause; a pause that nobody has
        seen before now may have begun at any time, and holds everything back.
        """
        before = snapshots(self, ("paused_at",))
        failed, planned = self._look_again()
        looked_at = self - self.browse().concat(*failed)
        known = snapshots(looked_at, ("is_open", "paused_at"))
        clocks = looked_at.browse(id_ for id_, clock in known.items() if clock.is_open and (
            not clock.paused_at or before[id_].paused_at))
        waiting = planned | (clocks - self.browse().concat(*planned))._get_pending()
        if off := looked_at - clocks:
            update_rows(self, {clock: {"next_event_at": False} for clock in off if clock.next_event_at})
        while due := self._get_due(waiting, now):
            failed |= self._fire_due(due, now)
            waiting = {clock: [item for item in pending if item != due.get(clock)]
                       for clock, pending in waiting.items()}
        self._plan_next(clocks, waiting, failed, now)

    def _look_again(self):
        """Evaluate the records of these clocks.

        :return: ``{clock: error}`` for those that cannot be, and what others wait for: see :meth:`_evaluate`
        """
        failed, planned = {}, {}
        for model, clocks in self.grouped("res_model").items():
            failed |= clocks._in_bulk_or_in_parts(
                lambda some, model=model: planned.update(some._evaluate_model(model, clocks=some)))
        for clock, error in failed.items():
            self._note_failure(clock, None, error)
        return failed, planned

    def _get_pending(self):
        """What each clock waits for: ``{clock: [(moment, step id), ...]}``."""
        if not self:
            return {}
        times, fired, known = Times(self.env), self._get_fired_steps(), snapshots(self, KNOWN)
        return {
            clock: self._count_pending(times, clock.policy_id, known[clock.id], fired.get(clock.id, {}))
            for clock in self}

    def _get_due(self, waiting, now):
        """The earliest thing that is due of each clock: ``{clock: (moment, step id)}``."""
        moment = to_moment(now)
        return {clock: pending[0] for clock, pending in waiting.items() if pending and pending[0][0] <= moment}

    def _fire_due(self, due, now):
        """Fire one thing of each clock, clocks with the same step together; return ``{clock: error}``."""
        failed, by_step = {}, {}
        for clock, (_moment, step_id) in due.items():
            by_step.setdefault(step_id, []).append(clock)
        for step_id, clocks in sorted(by_step.items()):
            clocks = self.browse().concat(*clocks)
            if not step_id:
                clocks._mark_late(now)
                continue
            step = self.env["sla.policy.step"].browse(step_id)
            errors = clocks._in_bulk_or_in_parts(lambda some, step=step: some._fire_step(step, now))
            for clock, error in errors.items():
                self._note_failure(clock, step, error)
            failed |= errors
        return failed

    def _mark_late(self, now):
        """The deadline of these clocks has passed; the history says when, not when it was noticed."""
        self.env.flush_all()
        self.env.execute_query(SQL(
            "UPDATE sla_clock SET state = CASE WHEN paused_at IS NULL THEN 'breached' ELSE state END, "
            "is_late = TRUE, on_time = 0, write_date = %s WHERE id = ANY(%s) RETURNING id", now, self.ids))
        self.invalidate_recordset(["state", "is_late", "on_time", "write_date"], flush=False)
        insert_rows(self.env["sla.clock.event"], [{
            "clock_id": clock.id, "kind": "breached", "reason": "deadline_passed", "deadline_no": clock.deadline_no,
            "at": max(filter(None, (clock.deadline_at, clock.deadline_moved_at, clock.started_at))),
            "user_id": self.env.uid} for clock in self])
        self.invalidate_recordset(["event_ids", "payload"], flush=False)
        for user in self.user_id:
            user._bus_send("order_sla.clock_changed", {})

    def _fire_step(self, step, now):
        """Do a step for these clocks. The event is written first: what is in the ledger never fires again."""
        recipients = step._get_recipients(self)
        rows = insert_rows(self.env["sla.clock.event"], [{
            "clock_id": clock.id, "kind": "step", "step_id": step.id, "deadline_no": clock.deadline_no, "at": now,
            "user_id": self.env.uid, "reason": recipients[clock].reason,
            "args": recipients[clock].args} for clock in self], ("clock_id",))
        self.invalidate_recordset(["event_ids"], flush=False)
        clocks = self.browse(row[0] for row in rows)
        step._run(clocks, recipients)
        for level, some in clocks.grouped(lambda clock: recipients[clock].level).items():
            some.filtered(lambda clock, level=level: clock.escalation_level < level).escalation_level = level

    def _in_bulk_or_in_parts(self, function):
        """Call the function on all of these clocks; if that fails, on ever smaller parts: one holds up nobody.

        :return: ``{clock: error}``
        """
        try:
            with self.env.cr.savepoint():
                function(self)
            return {}
        except OperationalError:
            raise  # another transaction was in the way: the whole batch is tried again
        except Exception as error:  # noqa: BLE001  (whatever a step's code raises)
            if len(self) == 1:
                _logger.warning("Time limit clock %s (%s): %s", self.id, self.res_name, error, exc_info=True)
                return {self: error}
        half = len(self) // 2
        return self[:half]._in_bulk_or_in_parts(function) | self[half:]._in_bulk_or_in_parts(function)

    def _note_failure(self, clock, step, error):
        text = str(error) or type(error).__name__
        if clock.error != text:
            insert_rows(self.env["sla.clock.event"], [{
                "clock_id": clock.id, "kind": "failed", "step_id": step.id if step else False,
                "deadline_no": clock.deadline_no, "at": fields.Datetime.now(), "user_id": self.env.uid,
                "args": {"error": text}}])
        clock.error = text

    def _plan_next(self, clocks, waiting, failed, now):
        """Set the next moment of each clock; failed ones are tried again later and later."""
        changed, concerned = {}, clocks | self.browse().concat(*failed)
        before = snapshots(concerned, ("attempts", "error", "next_event_at"))
        for clock in concerned:
            moments = [moment for moment, _step_id in waiting.get(clock, ())]
            values = {"attempts": 0, "error": False}
            if clock in failed:
                attempts = before[clock.id].attempts
                minutes = min(self._RETRY_MINUTES * 2 ** attempts, self._RETRY_MAX_MINUTES)
                moments.append(to_moment(now) + 60 * minutes)
                values = {"attempts": attempts + 1}
            values["next_event_at"] = to_datetime(min(moments)) if moments else False
            known = before[clock.id].__dict__
            if values := {name: value for name, value in values.items() if known[name] != value}:
                changed[clock] = values
        update_rows(self, changed)
