from odoo import models
from odoo.tools import formatLang
from odoo.tools.misc import format_date

from ..kernel import comparison

#: Digits behind the point, by unit.
DIGITS = {"percent": 1, "money": 0, "hours": 1, "days": 1, "ppm": 0, "score": 1}


class OrderIndicator(models.Model):
    """Figures in words of the reader: the same on the board, in the list and in the mail."""

    _inherit = "order.indicator"

    def _format(self, value):
        """A value with its unit; a dash where nothing was counted."""
        self.ensure_one()
        if value is None:
            return "–"
        if self.unit == "money":
            currency = self.env.company.currency_id
            number = formatLang(self.env, value, digits=DIGITS["money"])  # a board needs no cents
            return f"{currency.symbol} {number}" if currency.position == "before" else f"{number} {currency.symbol}"
        digits = DIGITS.get(self.unit, 0 if float(value).is_integer() else 1)
        number = formatLang(self.env, value, digits=digits)
        return {
            "percent": self.env._("%(number)s %%", number=number),
            "hours": self.env._("%(number)s h", number=number),
            "days": self.env._("%(number)s days", number=number),
            "ppm": self.env._("%(number)s PPM", number=number),
        }.get(self.unit, number)

    def _format_change(self, amount):
        """How a value has changed, with its sign: percentage points of a share, else percent."""
        self.ensure_one()
        if amount is None:
            return ""
        sign = "+" if amount > 0 else "−" if amount < 0 else "±"
        number = formatLang(self.env, abs(amount), digits=1)
        if self.unit == "percent":
            return self.env._("%(sign)s%(number)s points", sign=sign, number=number)
        return self.env._("%(sign)s%(number)s %%", sign=sign, number=number)

    def _get_verdict_words(self):
        return {
            "better": self.env._("better"), "worse": self.env._("worse"), "same": self.env._("unchanged"),
            "changed": self.env._("changed"), "none": self.env._("nothing to compare with"),
        }

    def _format_span(self, span):
        """A period in the reader's language, its last day included."""
        first, last = (format_date(self.env, day) for day in (span.start, span.stop.fromordinal(
            span.stop.toordinal() - 1)))
        return first if first == last else self.env._("%(first)s to %(last)s", first=first, last=last)

    def _compare(self, figure, former, target):
        """What figure, former figure and target mean for each other, in values and in words.

        :param figure: Figure, as ``former``
        :param target: number or None
        """
        self.ensure_one()
        amount, verdict = comparison.change(
            figure.value, former.value, self.better, relative=self.unit != "percent")
        met = comparison.meets(figure.value, target, self.better)
        return {
            "value": figure.value, "text": self._format(figure.value), "count": figure.count,
            "missed": figure.count - figure.hits if self.kind == "ratio" else 0,
            "former": former.value, "former_text": self._format(former.value),
            "verdict": verdict, "verdict_text": self._get_verdict_words()[verdict],
            "change_text": self._format_change(amount),
            "target": target, "target_text": self._format(target) if target is not None else "",
            "met": met, "met_text": "" if met is None else self.env._("reached") if met else self.env._("missed"),
        }
