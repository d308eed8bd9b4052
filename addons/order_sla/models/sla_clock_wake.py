from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every


class SlaClock(models.Model):
    """Computing open clocks anew when something around them has changed."""
    _inherit = "sla.clock"

    #: so many clocks are computed anew at once; more are left to the cron, which runs within a minute
    _WAKE_AT_ONCE = 200

    @api.model
    def _wake_later(self, calendars=None, companies=None):
        """Wake the open clocks that count by the calendars, or of the companies, before the transaction ends.

        A year's holidays are imported as many records: their clocks are computed once (SLA-4).
        """
        if not calendars and not companies:
            return
        data = self.env.cr.precommit.data
        if "order_sla.wake" not in data:
            data["order_sla.wake"] = {"calendar_id": set(), "company_id": set()}
            # sudo: who changes working hours need not see the clocks that count by them
            self.env.cr.precommit.add(self.sudo()._wake_noted)
        for field, records in (("calendar_id", calendars), ("company_id", companies)):
            data["order_sla.wake"][field].update(records.ids if records else ())

    def _wake_noted(self):
        noted = self.env.cr.precommit.data.pop("order_sla.wake", {})
        domain = Domain.OR(Domain(field, "in", list(ids)) for field, ids in noted.items() if ids)
        self.search(domain & Domain("is_open", "=", True))._wake()

    def _wake(self):
        """Evaluate these open clocks again: at once if they are few, else by the cron, due now."""
        if len(self) <= self._WAKE_AT_ONCE:
            for model, clocks in self.grouped("res_model").items():
                self._evaluate_model(model, clocks=clocks)
            return
        self.env.flush_all()
        now = fields.Datetime.now()
        self.env.execute_query(SQL(
            "UPDATE sla_clock SET next_event_at = %s WHERE id = ANY(%s) AND is_open RETURNING id", now, self.ids))
        self.invalidate_recordset(["next_event_at"])
        # sudo: the cron's trigger is the system's
        self.env.ref("order_sla.ir_cron_sla_clock_process").sudo()._trigger()

    @api.model
    def _cron_sweep(self):
        """Look at the records of which something was written that goes unnoticed otherwise (SLA-4).

        Policies may look at records of models that know no time limits, a partner say. Those written since the last
        sweep are found by their write date; then all clocks of the records that hang on them are evaluated.
        """
        lastcall = self.env.context.get("lastcall")
        since = (lastcall or fields.Datetime.now() - timedelta(days=2)) - timedelta(minutes=5)
        for model, watched in self.env["sla.policy"]._watch_map().items():
            if not watched.foreign:
                continue
            domain = Domain.OR(Domain(f"{path}.write_date", ">=", since) for path in watched.foreign)
            # sudo: the engine looks at all records
            records = self.env[model].sudo().with_context(active_test=False).search(domain)
            self.env["ir.cron"]._commit_progress(remaining=len(records))
            for ids in split_every(self._BATCH, records.ids):
                self._evaluate_model(model, ids=ids)
                self.env["ir.cron"]._commit_progress(len(ids))
