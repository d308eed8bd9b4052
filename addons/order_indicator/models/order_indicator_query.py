from datetime import datetime, time
from typing import NamedTuple

from pytz import utc

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..kernel import periods

#: Seconds of the units in which times are shown.
SECONDS = {"hours": 3600, "days": 86400}


class Figure(NamedTuple):
    """What was counted: the value in the indicator's unit (None where nothing was), of how many records, how many of
    them match."""

    value: float | None = None
    count: int = 0
    hits: int = 0


class OrderIndicator(models.Model):
    """Calculating: one query for all periods, with the rights and companies of whoever asks."""

    _inherit = "order.indicator"

    def _get_periods(self, kind):
        """Periods of a kind as the company sees them today.

        :param kind: key of ``kernel.periods.KINDS``
        :rtype: kernel.periods.Periods
        """
        return periods.compared(kind, self.env.company._get_today())

    def _measure(self, spans, by=None):
        """Figures of some periods.

        One query, however many periods there are; an indicator without a date has the same figure in each of them.

        :param spans: periods, as pairs of days
        :param by: path that the figures are broken down by
        :return: list of Figure, one for each period; broken down: list of ``{group: Figure}``
        """
        self.ensure_one()
        query = self._build(spans, by=by)
        rows = self.env.execute_query(query) if query is not None else []
        found = [{} for _span in spans]
        for number, group, value, count, hits in rows:
            figure = Figure(value if value is None else float(value), count, hits)
            for place in range(len(spans)) if number is None else [number]:
                found[place][group] = figure
        return found if by else [groups.get(None, Figure(0.0 if self._is_zero_known() else None)) for groups in found]

    def _is_zero_known(self):
        """Whether nothing counted is a value, too: of a number or a sum, not of an average or a share."""
        return self.kind in ("count", "sum")

    def _adds_up(self):
        """Whether the figure of a month is the sum of those of its days."""
        return self._is_zero_known() and bool(self.date_field)

    def _get_records(self):
        """The model, as the asker may read it in his company; for who has the general view, all of his company."""
        model = self.env[self.model]
        # sudo: figures only, of one company, see _has_general_view
        return (model.sudo() if self._has_general_view() else model).with_context(active_test=True)

    def _has_general_view(self):
        """Whether the asker is told the figures of the whole company, also of records that he may not open.

        A door for figures alone: what is counted is what an administrator of the board has defined and may read
        himself, and always of the one company; without a company field the asker's own rights hold.
        """
        return bool(self.company_field) and self.env.user.has_group("order_indicator.group_order_indicator_all")

    def _get_domain(self, span=None):
        """Exactly the records that are counted: of the company, in the period (RPT-2)."""
        domain = self._parse_domain("domain")
        if self.company_field:
            domain &= Domain(self.company_field, "=", self.env.company.id)
        if self.kind == "duration":
            domain &= Domain(self.start_field, "!=", False) & Domain(self.end_field, "!=", False)
        if self.date_field and span:
            start, stop = (self._get_bound(day) for day in span)
            domain &= Domain(self.date_field, ">=", start) & Domain(self.date_field, "<", stop)
        return domain

    def _get_bound(self, day):
        """A day's beginning, in terms of the date field: the company's midnight, or the day itself."""
        if self._follow(self.date_field).type == "date":
            return day
        midnight = self.env.company._get_zone().localize(datetime.combine(day, time.min))
        return midnight.astimezone(utc).replace(tzinfo=None)

    def _build(self, spans, by=None):
        """The query of the figures: period, group, value, records, matching records.

        :return: SQL, or None where the reader can find nothing
        """
        model = self._get_records()
        dated = bool(self.date_field)
        whole = (min(span[0] for span in spans), max(span[1] for span in spans)) if dated else None
        query = model._search(self._get_domain(whole))
        if query.is_empty():
            return None
        number = SQL("NULL::int")
        if dated:
            day = self._get_column(model, self.date_field, query)
            bounds = [[self._get_bound(span[place]) for span in spans] for place in (0, 1)]
            query.add_join(
                "JOIN", "period", SQL(
                    "(SELECT * FROM unnest(%s::int[], %s::timestamp[], %s::timestamp[]) AS one(number, start, stop))",
                    list(range(len(spans))), *bounds),
                SQL("%(day)s >= period.start AND %(day)s < period.stop", day=day))
            number = SQL("period.number")
        group = model._read_group_groupby(model._table, by, query) if by else SQL("NULL::int")
        hits = SQL("COUNT(*) FILTER (WHERE %s)", self._get_hit(model, query)) if self.kind == "ratio" else SQL("0")
        value = self._get_value(model, query, hits)
        if dated or by:
            query.groupby = SQL(", ").join([number] * dated + [group] * bool(by))
        return query.select(number, group, value, SQL("COUNT(*)"), hits)

    def _get_hit(self, model, query):
        domain = self._parse_domain("hit_domain").optimize_full(model)
        return domain._to_sql(model, model._table, query)

    def _get_value(self, model, query, hits):
        """SQL of the value of a group of records."""
        if self.kind == "count":
            return SQL("COUNT(*)")
        if self.kind == "ratio":
            return SQL("100.0 * %s / NULLIF(COUNT(*), 0)", hits)
        if self.kind == "duration":
            start, end = (self._get_column(model, name, query) for name in (self.start_field, self.end_field))
            return SQL("AVG(EXTRACT(EPOCH FROM %s::timestamp - %s::timestamp)) / %s",
                       end, start, SECONDS.get(self.unit, 1))
        if self.kind == "average":
            # by the model's own way: a view may know better than the mean of its rows
            value = model._read_group_select(f"{self.measure}:avg", query)
        elif self.rate_field:
            value = SQL("COALESCE(SUM(%s / NULLIF(%s, 0)), 0)", *(
                self._get_column(model, name, query) for name in (self.measure, self.rate_field)))
        else:
            value = SQL("COALESCE(SUM(%s), 0)", self._get_column(model, self.measure, query))
        if self.unit in SECONDS and self.measure.endswith("_seconds"):
            value = SQL("%s / %s", value, float(SECONDS[self.unit]))
        return SQL("-(%s)", value) if self.is_reversed else value

    def _get_column(self, model, path, query):
        """SQL of the field at the end of a path; of a record on the way that the reader may not read nothing is known,
        as where Odoo groups by a path."""
        alias, (*links, name) = model._table, path.split(".")
        for link in links:
            beside = model.env[model._fields[link].comodel_name]
            allowed = beside.with_context(active_test=False)._search([])
            seen = allowed.where_clause
            joined = query.make_alias(alias, f"{link}__{model.env.uid}" if seen else link)
            table = allowed.subselect(SQL("%s.*", SQL.identifier(beside._table))) if seen else beside._table
            query.add_join("LEFT JOIN", joined, table, SQL(
                "%s = %s", model._field_to_sql(alias, link, query), SQL.identifier(joined, "id")))
            alias, model = joined, beside
        return model._field_to_sql(alias, name, query)

    def _name_groups(self, by, groups):
        """Names of the groups of a breakdown, also of archived ones and of those that the reader may not open.

        :param groups: values of the field at the end of the path
        :return: ``{group: name}``
        """
        field, nobody = self._follow(by), self.env._("Not Set")
        names = {group: nobody for group in groups}
        known = [group for group in groups if group is not None]
        if field.relational:
            # sudo: a name, as in any grouped list
            records = self.env[field.comodel_name].sudo().with_context(active_test=False).browse(known).exists()
            return names | {record.id: record.display_name for record in records}
        if field.type == "selection":
            # the asker's words, whatever addon added the value
            labels = self.env[field.model_name]._get_selection_labels(field.name)
            return names | {group: labels.get(group, group) for group in known}
        if field.type == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return names | {group: words[group] for group in known}
        return names | {group: str(group) for group in known}
