from odoo import api, fields, models

from ..models.order_indicator import SECTIONS, UNITS


class OrderIndicatorValue(models.TransientModel):
    """The board's figures as a list, for pivots and for Excel: made for who asks, and gone after a while."""

    _name = "order.indicator.value"
    _description = "Value of an Indicator"
    _order = "id"
    _rec_name = "indicator_id"

    indicator_id = fields.Many2one("order.indicator", required=True, readonly=True, ondelete="cascade")
    section = fields.Selection(SECTIONS, string="Board Group", readonly=True)
    unit = fields.Selection(UNITS, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True, help="Empty: all departments together.")
    is_total = fields.Boolean(readonly=True)
    date_from = fields.Date(string="From Day", readonly=True, help="Empty: as of now.")
    date_to = fields.Date(string="To Day", readonly=True)
    value = fields.Float(readonly=True, aggregator="avg", digits=(16, 2))
    has_value = fields.Boolean(readonly=True, help="Something was counted.")
    count = fields.Integer(string="Records", readonly=True, aggregator="sum")
    target = fields.Float(readonly=True, aggregator="avg", digits=(16, 2))
    met = fields.Selection([("yes", "Reached"), ("no", "Missed")], string="Target Reached", readonly=True)

    @api.model
    def action_make(self, period="month"):
        """Make the list anew: every figure that the reader can see, in the last periods, in all and by department.

        Two queries for each indicator.

        :param period: as on the board
        """
        indicators = self.env["order.indicator"]
        indicators.check_access("read")
        spans = indicators._get_periods(indicators._check_period(period)).line
        shown = indicators.search([("active", "=", True)]).filtered(lambda one: one._is_shown())
        targets = self.env["order.indicator.target"]._get_values(shown, spans)
        # sudo: people do not write the list, it is made of what they may read
        values = self.sudo()
        values.search([("create_uid", "=", self.env.uid)]).unlink()
        values.create([vals for one in shown for vals in self._prepare(one, spans, targets[one.id])])
        return self.env["ir.actions.actions"]._for_xml_id("order_indicator.order_indicator_value_action")

    def _prepare(self, indicator, spans, targets):
        """Values of an indicator's rows: in all, then by department."""
        found = indicator._measure(spans)
        has_departments = "department_field" in indicator._get_open_dimensions()
        by = indicator._measure(spans, by=indicator.department_field) if has_departments else []
        if not indicator.date_field:  # one row, of now
            spans, found, by, targets = [None], found[-1:], by[-1:], targets[-1:]
        rows = []
        for place, span in reversed(list(enumerate(spans))):  # the list keeps the board's order, the newest first
            groups = [(None, found[place]), *(by[place].items() if by else ())]
            for department, figure in groups:
                total = figure is found[place]
                met = indicator._compare(figure, figure, targets[place])["met"] if total else None
                rows.append({
                    "indicator_id": indicator.id, "section": indicator.section, "unit": indicator.unit,
                    "company_id": self.env.company.id, "department_id": department, "is_total": total,
                    "date_from": span and span.start,
                    "date_to": span and span.stop.fromordinal(span.stop.toordinal() - 1),
                    "value": figure.value or 0.0, "has_value": figure.value is not None, "count": figure.count,
                    "target": targets[place] if total else False,
                    "met": {True: "yes", False: "no"}.get(met, False),
                })
        return rows
