import logging

from odoo import api, models

from ..kernel import comparison, periods
from .order_indicator_query import Figure

_logger = logging.getLogger(__name__)

#: Indicators that a digest tells of, and groups that it names for each.
TOLD, NAMED = 5, 3


class OrderIndicator(models.Model):
    """The weekly digest: the few indicators that miss their target or moved most, and what they are made of."""

    _inherit = "order.indicator"

    @api.model
    def _cron_digest(self):
        """Send the digest of last week to who has subscribed, once a week, from the company's weekday on.

        Each in a transaction of its own: a subscription is locked and says for which week it was served.
        """
        waiting = self._get_waiting_subscriptions()
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for subscription in waiting:
            try:
                with self.env.cr.savepoint():
                    subscription._serve()
            except Exception:  # whatever an indicator or an address does: the others get theirs
                _logger.exception("The weekly digest of %s failed; it is tried again", subscription.user_id.login)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_waiting_subscriptions(self):
        """Subscriptions whose company's weekday has come, and that were not served this week."""
        waiting = self.env["order.indicator.subscription"]
        for company, subscriptions in waiting.search([("company_id", "!=", False)]).grouped("company_id").items():
            today = company._get_today()
            if company.indicator_digest_day and today.weekday() >= int(company.indicator_digest_day):
                monday = periods.begin("week", today)
                waiting |= subscriptions.filtered(lambda one, monday=monday: one.last_week != monday)
        return waiting

    @api.model
    def _get_digest(self):
        """What the asker's digest of last week says.

        :return: list of dicts, what misses its target most first; empty where there is nothing to say
        """
        compared = self._get_periods("last_week")
        indicators = self.search([("better", "!=", "neither")]).filtered(lambda one: one._is_shown())
        targets = self.env["order.indicator.target"]._get_values(indicators, [compared.current])
        told = []
        for indicator in indicators:
            figure, former = indicator._measure(compared.spans[:2])
            former = former if indicator.date_field else Figure()
            target = targets[indicator.id][0]
            if weight := comparison.weight(figure.value, former.value, target, indicator.better):
                told.append((weight, indicator, figure, former, target))
        told.sort(key=lambda row: -row[0])
        return [
            indicator._compare(figure, former, target) | {
                "name": indicator.name, "is_now": not indicator.date_field, "why": indicator._get_why(compared)}
            for _weight, indicator, figure, former, target in told[:TOLD]]

    def _get_why(self, compared):
        """The groups that explain a figure best, with their numbers: of the first breakdown that says something."""
        for dimension in self._get_open_dimensions():
            groups, former = self._measure(compared.spans[:2], by=self[dimension])
            former = former if self.date_field else {}
            parts = comparison.contributions(groups, former, self.kind, self.better)
            names = self._name_groups(self[dimension], [group for _part, group in parts[:NAMED]])
            told = [group for _part, group in parts[:NAMED]]
            if any(group is not None for group in told):
                return self.env._("%(dimension)s: %(groups)s", dimension=self._get_label(dimension), groups="; ".join(
                    self._tell_group(names.get(group) or self.env._("Not Set"), groups.get(group), former.get(group))
                    for group in told))
        return ""

    def _tell_group(self, name, figure, former):
        """A group with its numbers."""
        figure = figure or Figure(0.0 if self._is_zero_known() else None)
        if self.kind == "ratio":
            return self.env._(
                "%(group)s %(value)s (%(hits)s of %(count)s)", group=name, value=self._format(figure.value),
                hits=figure.hits, count=figure.count)
        if self._is_zero_known() and self.date_field:
            return self.env._(
                "%(group)s %(value)s (before: %(former)s)", group=name, value=self._format(figure.value),
                former=self._format(former.value if former else 0.0))
        if self.kind == "count":
            return f"{name} {self._format(figure.value)}"  # the value is the number of records
        return self.env._(
            "%(group)s %(value)s (%(count)s records)", group=name, value=self._format(figure.value),
            count=figure.count)
