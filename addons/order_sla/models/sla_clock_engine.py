from odoo import api, fields, models

from ..tools.changes import Changes
from ..tools.rows import snapshots
from .sla_clock_gather import KNOWN


class SlaClock(models.Model):
    """Starting, pausing, resuming, moving and ending clocks.

    Everything goes through :meth:`_evaluate`, which looks at the records as they are now: what was missed the last
    time is made up for the next time. Who may write a document moves its clocks, so all of this runs with the
    rights of the system.
    """
    _inherit = "sla.clock"

    @api.model
    def _evaluate_targets(self, targets):
        """Evaluate the records of ``{model name: ids}``, which somebody has just written."""
        for model, ids in targets.items():
            if ids:
                self._evaluate_model(model, ids=ids, strict=True)

    @api.model
    def _evaluate_noted(self):
        """Evaluate the records of which a watched stored field was computed in this transaction."""
        noted = self.env.cr.precommit.data.pop("order_sla.computed", {})
        watch_map = self.env["sla.policy"]._watch_map()
        for model, names in noted.items():
            if model in watch_map:
                for name, ids in names.items():
                    if name in watch_map[model].fields:
                        self._evaluate_targets(
                            self.env[model].browse(ids).exists()._sla_targets(watch_map[model].fields, [name]))

    @api.model
    def _evaluate_model(self, model, ids=None, clocks=None, plan=True, strict=False):
        """Evaluate records of one model, or only the given open clocks of it.

        :param plan: find the next event of the given clocks even if nothing about them has changed
        :param strict: refuse dates and limits that cannot be counted; otherwise the clock has no deadline and says so
        :return: see :meth:`_evaluate`
        """
        clocks = clocks.sudo() if clocks is not None else None  # sudo: see the class
        if model not in self.env:
            if clocks:
                clocks._cancel("model_missing")
            return {}
        self._forget_noted(model, ids if ids is not None else clocks.mapped("res_id"))
        if clocks is None:
            watched = self.env["sla.policy"]._watch_map().get(model)
            policies = self.env["sla.policy"].sudo().browse(watched.policy_ids if watched else ())  # sudo: see class
            records = self.env[model].sudo().browse(sorted(ids))  # sudo: see the class
            if policies:
                self._evaluate(records.with_context(active_test=True), policies, strict=strict)
            return {}
        records = self.env[model].sudo().browse(clocks.mapped("res_id"))  # sudo: see the class
        alive = records.exists()
        alive_ids = set(alive._ids)
        if len(alive_ids) < len(records):
            clocks -= clocks.filtered(lambda clock: clock.res_id not in alive_ids)._cancel("record_deleted")
        if archived := clocks.policy_id.filtered(lambda policy: not policy.active):
            clocks -= clocks.filtered(lambda clock: clock.policy_id in archived)._cancel("policy_archived")
        return self._evaluate(alive, clocks.policy_id, clocks=clocks, plan=plan)

    @api.model
    def _evaluate(self, records, policies, clocks=None, plan=False, strict=False):
        """Bring the clocks of the policies on the records to what the records say now (SLA-1, SLA-4).

        Constant number of queries. At most one clock of a policy is open on a record.

        :param clocks: the open clocks to look at, nothing is started then; default: all of the records
        :return: what the clocks wait for that go on and were planned: ``{clock: [(moment, step id), ...]}``
        """
        given = clocks is not None
        if not given:
            # sudo: see the class
            clocks = self.sudo().search_fetch([
                ("res_model", "=", records._name), ("res_id", "in", records.ids), ("is_open", "=", True),
                ("policy_id", "in", policies.ids)], ["policy_id", "res_model", "res_id", "is_open", *KNOWN])
        pending, by_policy = {}, {policy_id: {} for policy_id in policies._ids}
        for clock, known in zip(clocks, snapshots(clocks, ("policy_id", "res_id")).values(), strict=True):
            by_policy[known.policy_id][known.res_id] = clock
        for moment, some in self._group_by_moment(records).items():
            changes = Changes(self.sudo().env, moment, strict, plan)  # sudo: see the class
            for policy, mine in zip(policies, by_policy.values(), strict=True):
                if some != records:
                    mine = {res_id: mine[res_id] for res_id in some._ids if res_id in mine}
                self._gather_policy(changes, policy, some.browse(mine) if given else some, mine, starting=not given)
            self.sudo()._carry_out(changes)  # sudo: see the class
            pending |= changes.pending
        return pending

    @api.model
    def _group_by_moment(self, records):
        """As of when the records are looked at: as a rule all of them as of now."""
        now = fields.Datetime.now()
        is_known = isinstance(records, self.pool["sla.mixin"])  # else the addon that made it watchable is gone
        moments = records._sla_get_moments() if is_known else {}
        return records.grouped(lambda record: moments.get(record.id, now)) if moments else {now: records}

    @api.model
    def _gather_policy(self, changes, policy, records, mine, starting):
        """What the records mean for the clocks of one policy.

        :param mine: ``{record id: its open clock of the policy}``
        :param starting: start a clock on a record that matches and has none
        """
        records = policy._of_company(records)
        policy._fetch_watched(records)
        verdicts = policy._verdicts(records, mine.keys())
        # of most records that are written a policy wants nothing: who answers for them is not asked
        starts = ("run", "pause") if starting else ()
        concerned = records.browse(id_ for id_ in records._ids if id_ in mine or verdicts[id_] in starts)
        changes.times.facts_keys[policy.id] = policy._get_facts_keys(concerned)
        before = snapshots(self.concat(*mine.values()), KNOWN)
        for record, record_id in zip(concerned, concerned._ids, strict=True):
            verdict, clock = verdicts[record_id], mine.get(record_id)
            if clock:
                clock._gather_revisit(changes, policy, record, verdict, before[clock.id])
            else:
                self.sudo()._gather_start(changes, policy, record, verdict)  # sudo: see the class
        for record_id, clock in mine.items():
            if record_id not in verdicts:
                clock._gather_end(changes, "cancelled", "other_company")

    def _cancel(self, reason):
        """End open clocks without a verdict; return them."""
        changes = Changes(self.sudo().env, fields.Datetime.now())  # sudo: see the class
        for clock in self.sudo().filtered("is_open"):  # sudo: as above
            clock._gather_end(changes, "cancelled", reason)
        self.sudo()._carry_out(changes)  # sudo: as above
        return self

    @api.model
    def _forget_noted(self, model, ids):
        """Records that are evaluated now need not be evaluated for the same reason at the end."""
        noted = self.env.cr.precommit.data.get("order_sla.computed", {}).get(model)
        watched = self.env["sla.policy"]._watch_map().get(model) if noted else None
        if watched:
            for name, waiting in noted.items():
                if watched.fields.get(name) == {(model, "")}:
                    waiting.difference_update(ids)
