from odoo import api, models

from ..kernel import periods
from .order_indicator import SECTIONS
from .order_indicator_check import DIMENSIONS
from .order_indicator_query import Figure

#: Kinds of periods that the board offers, in this order.
OFFERED = ("week", "last_week", "month", "last_month", "quarter", "last_quarter", "year")
#: Groups of a breakdown that are shown one by one.
SHOWN = 15


class OrderIndicator(models.Model):
    """The board (EVA-2, RPT-2): what its screen asks for. All of it only reads, so that a replica can answer."""

    _inherit = "order.indicator"

    @api.model
    @api.readonly
    def get_board(self, period="month"):
        """The board without its figures: it stands at once, the figures come section by section.

        :param period: one of ``OFFERED``
        :return: dict with company, periods, and sections with the indicators that this reader can see
        """
        self.browse().check_access("read")
        compared = self._get_periods(self._check_period(period))
        cards = {}
        for indicator in self.search([("active", "=", True)]):
            if indicator._is_shown():
                cards.setdefault(indicator.section, []).append(
                    {"id": indicator.id, "name": indicator.name, "note": indicator.note or ""})
        words = self._get_selection_labels("section")
        subscriptions = self.env["order.indicator.subscription"]
        return {
            "company": self.env.company.name,
            "period": period,
            "periods": [{"id": kind, "name": name} for kind, name in self._get_period_words().items()],
            "current": self._format_span(compared.current),
            "former": self._format_span(compared.former),
            "sections": [{"id": section, "name": words[section], "cards": cards[section]}
                         for section, _name in SECTIONS if section in cards],
            "subscribed": bool(subscriptions.search_count(
                [("user_id", "=", self.env.uid), ("company_id", "=", self.env.company.id)])),
        }

    @api.readonly
    def get_cards(self, period="month"):
        """Figures of some indicators: value, target, former value, and the line of the last periods.

        One query for each indicator and one for all targets, however long the line is.

        :param period: as above
        :return: list of dicts, in the order of the indicators
        """
        self.check_access("read")
        compared = self._get_periods(self._check_period(period))
        targets = self.env["order.indicator.target"]._get_values(self, [compared.current])
        return [indicator._get_card(compared, targets[indicator.id][0])
                for indicator in self if indicator._is_shown()]

    def _get_card(self, compared, target):
        figures = self._measure(compared.spans)
        figure, former, line = figures[0], figures[1] if self.date_field else Figure(), figures[2:]
        card = self._compare(figure, former, target) | {
            "id": self.id, "name": self.name, "note": self.note or "", "better": self.better,
            "is_now": not self.date_field,
            "line": [one.value for one in line] if self.date_field else [],
            "line_text": self._get_line_text(compared, line) if self.date_field else "",
            "dimensions": self._get_dimensions(), "is_closed": not self.env[self.model].has_access("read"),
        }
        if not self.date_field:
            card["verdict_text"] = self.env._("as of now")
        return card

    def _get_line_text(self, compared, line):
        """The line in words, for who cannot see it."""
        return self.env._("Last %(count)s periods: %(values)s", count=len(line), values=", ".join(
            self._format(figure.value) for figure in line))

    @api.readonly
    def get_breakdown(self, dimension, period="month"):
        """A figure by department, person or what else explains it, the largest groups first.

        :param dimension: one of ``DIMENSIONS``
        :param period: as above
        :return: dict with ``title`` and ``rows``
        """
        self.ensure_one()
        self.check_access("read")
        compared = self._get_periods(self._check_period(period))
        groups, former = self._measure(compared.spans[:2], by=self._get_dimension(dimension))
        if not self.date_field:
            former = {}
        names = self._name_groups(self[dimension], groups.keys() | former.keys())
        rows = [{"group": group, "name": names.get(group) or self.env._("Not Set"), **self._compare(
            groups.get(group, Figure(0.0 if self._is_zero_known() else None)), former.get(group, Figure()), None)}
            for group in groups.keys() | former.keys()]
        rows.sort(key=lambda row: (-(row["value"] or 0) if self._is_zero_known() else 0, -row["count"], row["name"]))
        return {
            "title": self._get_label(dimension), "rows": rows[:SHOWN], "left_out": max(0, len(rows) - SHOWN),
        }

    @api.model
    def toggle_subscription(self):
        """Subscribe to the weekly digest of the company, or end it.

        :return: whether the user gets it now
        """
        self.browse().check_access("read")
        # sudo: one's own subscription, nobody writes others
        subscriptions = self.env["order.indicator.subscription"].sudo()
        mine = subscriptions.search([("user_id", "=", self.env.uid), ("company_id", "=", self.env.company.id)])
        if mine:
            mine.unlink()
            return False
        company = self.env.company
        # The next one comes on the next weekday of the company, not at once, nor twice in this week.
        served = company.indicator_digest_day and company._get_today().weekday() >= int(company.indicator_digest_day)
        subscriptions.create({
            "user_id": self.env.uid, "company_id": company.id,
            "last_week": served and periods.begin("week", company._get_today())})
        return True

    # ------------------------------------------------------------------ words

    def _is_shown(self):
        """Whether this reader can see the figure: it is there, sound, and of records that he may read.

        The whole definition was looked at when it was written; here only what depends on the reader and on the
        addons that are installed.
        """
        self.ensure_one()
        if self._get_absence():
            return False
        if self._has_general_view():
            return True
        model = self.env[self.model]
        if not model.has_access("read"):
            return False
        names = [self[name].split(".")[0] for name in (
            "measure", "rate_field", "start_field", "end_field", "date_field", "company_field") if self[name]]
        paths = [path for name in ("domain", "hit_domain") for path in self._get_paths(name)]
        names += [path.split(".")[0] for path in paths]
        ways = ("measure", "rate_field", "start_field", "end_field", "date_field")
        paths += [self[name] for name in ways if self[name]]
        return all(model._has_field_access(model._fields[name], "read") for name in names) and all(
            self._may_follow(path) for path in paths)

    def _may_follow(self, path):
        """Whether the reader may read the models on a path's way: else Odoo refuses the whole query."""
        model = self.env[self.model]
        for name in path.split(".")[:-1]:
            field = model._fields[name]
            if not field.relational:
                return True  # a part of a date
            model = self.env[field.comodel_name]
            if not model.has_access("read"):
                return False
        return True

    def _get_open_dimensions(self):
        """Names of the dimensions by which this reader can have the figure broken down."""
        is_open = self._has_general_view()
        return [name for name in DIMENSIONS if self[name] and (is_open or self._may_follow(self[name]))]

    def _get_dimensions(self):
        """What the figure can be broken down by: for the buttons of its card."""
        return [{"id": name, "name": self._get_label(name)} for name in self._get_open_dimensions()]

    def _get_dimension(self, dimension):
        """The path of a dimension.

        :raise ValueError: the indicator has none of this name
        """
        if dimension not in self._get_open_dimensions():
            raise ValueError(f"No dimension {dimension!r} of indicator {self.id}")
        return self[dimension]

    def _get_label(self, dimension):
        if dimension == "department_field":
            return self.env._("Department")
        if dimension == "person_field":
            return self.env._("Person")
        return self.other_name or self._follow(self[dimension])._description_string(self.env)

    @api.model
    def _check_period(self, period):
        if period not in periods.KINDS:
            raise ValueError(f"Unknown period {period!r}")
        return period

    @api.model
    def _get_period_words(self):
        words = {
            "week": self.env._("This Week"), "last_week": self.env._("Last Week"),
            "month": self.env._("This Month"), "last_month": self.env._("Last Month"),
            "quarter": self.env._("This Quarter"), "last_quarter": self.env._("Last Quarter"),
            "year": self.env._("Year to Date"),
        }
        return {kind: words[kind] for kind in OFFERED}
