from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.document_control.tools.entered_values import is_number

from .service_visit_kind_line import ANSWERS, LIMITS


class ServiceVisitCheck(models.Model):
    """One point of a visit's checklist, with its answer (AFT-3)."""

    _name = "service.visit.check"
    _inherit = ["service.visit.line.mixin"]
    _description = "Checklist of a Visit"
    _order = "visit_id, sequence, id"

    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="Point", required=True, readonly=True)
    answer_kind = fields.Selection(ANSWERS, required=True, default="yes_no", readonly=True)
    unit = fields.Char(readonly=True)
    limits = fields.Selection(LIMITS, required=True, default="none", readonly=True)
    minimum = fields.Float(digits=(16, 4), readonly=True)
    maximum = fields.Float(digits=(16, 4), readonly=True)
    limits_text = fields.Char(string="Target", compute="_compute_limits_text")
    photo_required = fields.Boolean(string="Photo Needed", readonly=True)
    yes_no = fields.Selection([("yes", "Yes"), ("no", "No")])
    answer = fields.Char(string="Text or Value")
    number = fields.Float(digits=(16, 4), compute="_compute_result", store=True)
    result = fields.Selection(
        [("open", "Open"), ("good", "Good"), ("bad", "Bad")], compute="_compute_result", store=True)
    remark = fields.Char()
    photo_ids = fields.One2many(
        "ir.attachment", "res_id", string="Photos", domain=[("res_model", "=", "service.visit.check")])
    answered_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    @api.depends("limits", "minimum", "maximum", "unit")
    def _compute_limits_text(self):
        for check in self:
            unit = f" {check.unit}" if check.unit else ""
            check.limits_text = {
                "at_least": f"≥ {check.minimum:g}{unit}", "at_most": f"≤ {check.maximum:g}{unit}",
                "between": f"{check.minimum:g} – {check.maximum:g}{unit}",
            }.get(check.limits, unit.strip())

    @api.depends("answer", "yes_no", "answer_kind", "limits", "minimum", "maximum")
    def _compute_result(self):
        for check in self:
            number = self._read_number(check.answer) if check.answer_kind == "value" else None
            check.number = number or 0.0
            if check.answer_kind == "yes_no":
                check.result = {"yes": "good", "no": "bad"}.get(check.yes_no, "open")
            elif check.answer_kind == "text":
                check.result = "good" if (check.answer or "").strip() else "open"
            else:
                check.result = "open" if number is None else "good" if check._is_within(number) else "bad"

    def _is_within(self, number):
        low = self.limits in ("at_least", "between") and number < self.minimum
        high = self.limits in ("at_most", "between") and number > self.maximum
        return not (low or high)

    @api.model
    def _read_number(self, text):
        """What was typed as a number; None where it is none."""
        try:
            number = float((text or "").strip().replace(",", ".").replace("，", ".").replace("。", "."))
        except ValueError:
            return None
        return number if is_number(number) else None

    @api.constrains("answer", "answer_kind")
    def _check_answer(self):
        for check in self:
            if check.answer_kind == "value" and check.answer and self._read_number(check.answer) is None:
                raise ValidationError(self.env._(
                    "%(point)s: %(value)s is no number.", point=check.name, value=check.answer[:40]))

    def write(self, vals):
        if {"answer", "yes_no"} & vals.keys():
            vals = {**vals, "answered_by": self.env.uid}
        return super().write(vals)

    def _check_written(self, vals):
        return super()._check_written({name: value for name, value in vals.items()  # who answers is noted by itself
                                       if name != "answered_by" or value != self.env.uid})

    def _get_problem(self):
        """What is missing, in words; empty where nothing is."""
        if self.result == "open":
            return self.env._("%(point)s is not answered", point=self.name)
        if self.result == "bad" and not (self.remark or "").strip():
            return self.env._("%(point)s is not as it should be: write a remark", point=self.name)
        if self.photo_required and not self.photo_ids:
            return self.env._("%(point)s needs a photo", point=self.name)
        return ""

    @api.model
    def _get_line_fields(self):
        return {"yes_no", "answer", "remark", "photo_ids"}

    @api.model
    def _get_creatable_fields(self):
        return set()  # the visit makes them, of its kind

    def _get_page_values(self):
        """The point as the technician's page shows it."""
        self.ensure_one()
        return {
            "id": self.id, "name": self.name, "kind": self.answer_kind, "target": self.limits_text,
            "limits": self.limits, "minimum": self.minimum, "maximum": self.maximum, "unit": self.unit or "",
            "photo": self.photo_required, "yes_no": self.yes_no or "", "answer": self.answer or "",
            "remark": self.remark or "", "photos": len(self.photo_ids)}
