from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..kernel import forecast
from ..kernel.pauses import used
from ..tools.moments import to_datetime, to_moment
from ..tools.rows import snapshots, update_rows
from ..tools.times import Times

READ = ("policy_id", "company_id", "department_id", "calendar_id", "started_at", "deadline_at", "paused_at", "pauses",
        "calendar_missing", "forecast_at", "forecast_count", "is_likely_late")
NONE = {"forecast_at": False, "forecast_count": 0, "is_likely_late": False}


class SlaClock(models.Model):
    """Clocks that will break, before they do (SLA-3): from what is open, and how long such steps took.

    A forecast is the median of the former steps of the same policy and department (where these are too few, of the
    policy in the company) that took longer than this one has until now, in its own kind of time. It says on how many
    it rests.
    """
    _inherit = "sla.clock"

    #: days back that former steps count, and clocks that one transaction looks at
    _FORECAST_DAYS, _FORECAST_BATCH = 180, 5000

    forecast_at = fields.Datetime(
        string="Likely Done", readonly=True,
        help="When half of the former steps that took longer than this one has until now would have been done. Empty: "
        "there are too few of them to say.")
    forecast_count = fields.Integer(
        string="Forecast Rests On", readonly=True, aggregator=None,
        help="Number of former steps of the last 180 days, of the same limit, that the forecast rests on.")
    is_likely_late = fields.Boolean(
        string="Likely Late", readonly=True, help="The forecast lies after the deadline, which has not passed yet.")

    _likely_late_idx = models.Index("(company_id) WHERE is_likely_late")

    @api.model
    def _cron_forecast(self):
        """Look ahead for all running clocks, batch by batch. Twice is once."""
        cron = self.env["ir.cron"]
        left = cron._commit_progress()
        for done in self._look_ahead_in_batches() if left else ():
            if not cron._commit_progress(done) and done:
                break

    @api.model
    def _look_ahead(self):
        """Look ahead for all running clocks, in this transaction."""
        for _done in self._look_ahead_in_batches():
            pass

    @api.model
    def _look_ahead_in_batches(self):
        """Write the forecasts, batch by batch. The caller may commit whenever it yields the number of clocks that are
        done since; before each writing that is none, so that what people wrote while it was counting is seen."""
        # sudo: the engine's own table
        clocks, last = self.sudo(), 0
        former, gone = clocks._get_former_durations(), clocks._get_forecasts_to_forget()
        yield 0
        gone._write_forecasts(dict.fromkeys(gone, NONE))
        while batch := clocks.search(
                [("is_open", "=", True), ("paused_at", "=", False), ("deadline_at", "!=", False), ("id", ">", last)],
                order="id", limit=self._FORECAST_BATCH):
            changed = batch._get_changed_forecasts(former)
            yield 0
            batch._write_forecasts(changed)
            last = batch.ids[-1]
            yield len(batch)

    @api.model
    def _get_former_durations(self):
        """Sorted seconds that ended steps took in the last 180 days: one query.

        :return: ``{(policy id, company id, department id): list}``, with the department 0 for all of them together
        """
        self.flush_model()
        since = fields.Datetime.now() - timedelta(days=self._FORECAST_DAYS)
        rows = self.env.execute_query(SQL(
            """
            SELECT policy_id, company_id, CASE WHEN GROUPING(department_id) = 1 THEN 0 ELSE department_id END,
                ARRAY_AGG(consumed_seconds ORDER BY consumed_seconds)
            FROM sla_clock
            WHERE state IN ('met', 'breached') AND NOT is_open AND stopped_at >= %s AND consumed_seconds IS NOT NULL
                AND NOT COALESCE(calendar_missing, FALSE)
            GROUP BY GROUPING SETS ((policy_id, company_id, department_id), (policy_id, company_id))
            HAVING COUNT(*) >= %s
            """, since, forecast.ENOUGH))
        return {(policy, company, department): durations for policy, company, department, durations in rows}

    @api.model
    def _get_forecasts_to_forget(self):
        """What has ended, or waits, has no forecast any more."""
        return self.search([
            ("forecast_count", ">", 0), "|", "|", ("is_open", "=", False), ("paused_at", "!=", False),
            ("deadline_at", "=", False)])

    def _get_changed_forecasts(self, former):
        """Forecasts of some running clocks, those that have changed: ``{clock: values}``.

        :param former: see :meth:`_get_former_durations`
        """
        now, times, changed = fields.Datetime.now(), Times(self.env), {}
        for id_, clock in snapshots(self, READ).items():
            values = self._get_forecast(clock, former, now, times)
            if any(getattr(clock, name) != value for name, value in values.items()):
                changed[self.browse(id_)] = values
        return changed

    def _write_forecasts(self, changed):
        """Write what was counted, but for clocks that somebody writes at this moment: nobody waits for a forecast, and
        no job fails of people at work. The next run looks at them. What has ended or waits since has none."""
        running = dict(self.env.execute_query(SQL(
            "SELECT id, is_open AND paused_at IS NULL AND deadline_at IS NOT NULL FROM sla_clock WHERE id = ANY(%s) "
            "FOR NO KEY UPDATE SKIP LOCKED", [clock.id for clock in changed])))
        update_rows(self, {clock: values if running[clock.id] else NONE
                           for clock, values in changed.items() if clock.id in running})

    @api.model
    def _get_forecast(self, clock, former, now, times):
        """Forecast of one clock, in values of its fields.

        :param clock: its values of ``READ``
        """
        key = clock.policy_id, clock.company_id
        durations = former.get((*key, clock.department_id or None)) or former.get((*key, 0))
        if not durations or clock.calendar_missing:
            return NONE
        started, at = to_moment(clock.started_at), to_moment(now)
        policy = times.get_rule(self.env["sla.policy"].browse(clock.policy_id))

        def look_ahead(time, _tz):
            elapsed = used(time.worked, started, at, clock.pauses or ())
            expected = forecast.expected(durations, elapsed)
            return expected and (time.advance(at, expected[0] - elapsed), expected[1])

        found, _reason = times.count(policy, clock.calendar_id, clock.company_id, look_ahead)
        if not found:
            return NONE
        done = to_datetime(found[0])
        return {
            "forecast_at": done, "forecast_count": found[1],
            "is_likely_late": now <= clock.deadline_at < done,
        }
