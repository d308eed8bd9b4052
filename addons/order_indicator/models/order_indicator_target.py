from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel import periods


class OrderIndicatorTarget(models.Model):
    """What a company wants an indicator to be, from a day on."""

    _name = "order.indicator.target"
    _inherit = ["document.number.mixin"]
    _description = "Target of an Indicator"
    _order = "indicator_id, date_from desc, id desc"
    _rec_name = "indicator_id"

    indicator_id = fields.Many2one("order.indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company)
    date_from = fields.Date(
        string="From Day", required=True, default=lambda self: self.env.company._get_today(),
        help="Periods that end on this day or later are measured by it, until a later target.")
    value = fields.Float(
        required=True, aggregator=None, help="In the indicator's unit: 95 is 95 %. Of amounts and numbers that add up "
        "it is that of a month: a week or a running month is measured by its part, a quarter by three times as much.")
    unit = fields.Selection(related="indicator_id.unit")

    _day_uniq = models.Constraint(
        "UNIQUE(indicator_id, company_id, date_from)", "This indicator already has a target from this day on.")

    @api.constrains("value", "indicator_id")
    def _check_value(self):
        """Amounts, times and points may be below zero; what is counted, and a share of it, cannot be."""
        for target in self:
            indicator = target.indicator_id
            if indicator.kind not in ("count", "ratio"):
                continue
            if target.value < 0:
                raise ValidationError(self.env._(
                    "%(indicator)s is never below 0: give a target that can be met.", indicator=indicator.name))
            if indicator.kind == "ratio" and indicator.unit == "percent" and target.value > 100:
                raise ValidationError(self.env._(
                    "%(indicator)s is never above 100 %%: give a target that can be met.", indicator=indicator.name))

    @api.model
    def _get_values(self, indicators, spans):
        """Targets of the company for some periods: one query.

        :param indicators: order.indicator
        :param spans: periods, as pairs of days
        :return: ``{indicator id: list of numbers, one for each period, None where there is none}``
        """
        found = {}
        for target in self.search(
                [("indicator_id", "in", indicators.ids), ("company_id", "=", self.env.company.id)],
                order="date_from DESC"):
            found.setdefault(target.indicator_id.id, []).append((target.date_from, target.value))
        values = {}
        for indicator in indicators:
            values[indicator.id] = row = []
            for span in spans:
                value = next((value for start, value in found.get(indicator.id, ()) if start < span.stop), None)
                if value is not None and indicator._adds_up():
                    value *= periods.months(span)
                row.append(value)
        return values
