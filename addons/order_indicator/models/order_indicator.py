from odoo import api, fields, models

SECTIONS = [
    ("order", "Orders"), ("plan", "Plan"), ("material", "Material"), ("supplier", "Suppliers"), ("quality", "Quality"),
    ("delivery", "Delivery"), ("money", "Money"), ("service", "After-Sales"), ("time", "Time Limits")]
KINDS = [
    ("count", "Number of records"), ("ratio", "Share of records that match"), ("sum", "Sum of a field"),
    ("average", "Average of a field"), ("duration", "Average time between two dates")]
UNITS = [
    ("percent", "%"), ("number", "Number"), ("money", "Money"), ("hours", "Hours"), ("days", "Days"), ("ppm", "PPM"),
    ("score", "Score")]
BETTER = [("higher", "Higher is better"), ("lower", "Lower is better"), ("neither", "Neither")]


class OrderIndicator(models.Model):
    """A figure that managers look at, as data (EVA-2, RPT-2): of which records, how it is made of them, by whom it is
    broken down.

    It names its model and fields by their technical names, so that it may be about an addon that is not installed: it
    is not shown then. Its values are never kept: they are read with the rights of whoever looks.
    """

    _name = "order.indicator"
    _inherit = ["document.number.mixin"]
    _description = "Indicator"
    _order = "section_sequence, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="Stable name for imports and other addons.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    section = fields.Selection(SECTIONS, required=True, default="order", string="Board Group")
    section_sequence = fields.Integer(
        compute="_compute_section_sequence", store=True, aggregator=None, export_string_translation=False)
    note = fields.Char(string="What It Says", translate=True, help="Shown with the figure: what is counted, and when.")
    kind = fields.Selection(KINDS, required=True, default="count", string="Calculated As")
    unit = fields.Selection(UNITS, required=True, default="number")
    better = fields.Selection(BETTER, required=True, default="higher", string="Direction")

    model = fields.Char(required=True, help="Technical name of the records' model, e.g. sla.clock.")
    domain = fields.Char(required=True, default="[]", help="Which records are counted, without the period.")
    hit_domain = fields.Char(string="Match", help="Of the counted records, those whose share is shown.")
    measure = fields.Char(string="Measured Field", help="Number that is summed or averaged.")
    rate_field = fields.Char(
        string="Currency Rate",
        help="Field by which the sum is divided: the document's rate to the company's currency.")
    is_reversed = fields.Boolean(
        string="Sign Reversed", help="For what the books hold as a negative amount, as what is owed to suppliers.")
    start_field = fields.Char(string="From", help="Date or time from which a time is measured.")
    end_field = fields.Char(string="To", help="Date or time to which a time is measured.")
    date_field = fields.Char(
        string="Date",
        help="Date or time by which a record belongs to a period. Left empty: the figure is that of now.")
    company_field = fields.Char(string="Company", default="company_id", help="Left empty: the same for all companies.")
    department_field = fields.Char(string="Department", help="Path to the department, for the figure by department.")
    person_field = fields.Char(string="Person", help="Path to the user, for the figure by person.")
    other_field = fields.Char(
        string="Also by", help="Path to what else explains the figure: a cause, a supplier, a channel.")
    other_name = fields.Char(
        string="Called", translate=True, help="Name of what it is also broken down by. Left empty: the field's own.")
    action_name = fields.Char(
        string="Opens With", help="External id of the action that shows the records, e.g. order_sla.sla_clock_action. "
        "Left empty: a plain list.")
    problem = fields.Char(
        compute="_compute_problem", string="Why It Is Not Shown", help="Empty: it is shown on your board.")
    target_ids = fields.One2many("order.indicator.target", "indicator_id", string="Targets")

    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL", "Another indicator already has this code.")

    @api.depends("section")
    def _compute_section_sequence(self):
        places = {section: place for place, (section, _name) in enumerate(SECTIONS)}
        for indicator in self:
            indicator.section_sequence = places.get(indicator.section, len(places))

    @api.depends("model", "domain", "hit_domain", "kind", "measure", "rate_field", "start_field", "end_field",
                 "date_field", "company_field", "department_field", "person_field", "other_field")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_problem(self):
        for indicator in self:
            indicator.problem = indicator._get_absence() or indicator._get_fault()

    def action_view_targets(self):
        """Open the targets of this indicator."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.name, "res_model": "order.indicator.target",
            "view_mode": "list,form", "domain": [("indicator_id", "=", self.id)],
            "context": {"default_indicator_id": self.id},
        }

    def copy_data(self, default=None):
        return [
            vals | {"name": self.env._("%(name)s (copy)", name=indicator.name)} if "name" not in (default or {})
            else vals for indicator, vals in zip(self, super().copy_data(default), strict=True)]
