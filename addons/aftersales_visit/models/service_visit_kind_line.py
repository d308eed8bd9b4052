from odoo import api, fields, models
from odoo.exceptions import ValidationError

ANSWERS = [("text", "Text"), ("yes_no", "Yes / No"), ("value", "Value")]
LIMITS = [("none", "No Limit"), ("at_least", "At Least"), ("at_most", "At Most"), ("between", "Between")]


class ServiceVisitKindLine(models.Model):
    """One point of a checklist (AFT-3)."""

    _name = "service.visit.kind.line"
    _inherit = ["document.number.mixin"]
    _description = "Point of a Checklist"
    _order = "kind_id, sequence, id"

    kind_id = fields.Many2one("service.visit.kind", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Point", required=True, translate=True)
    answer_kind = fields.Selection(ANSWERS, string="Answer", required=True, default="yes_no")
    unit = fields.Char(help="Of a value: MΩ, kV, °C.")
    limits = fields.Selection(LIMITS, required=True, default="none")
    minimum = fields.Float(digits=(16, 4))
    maximum = fields.Float(digits=(16, 4))
    photo_required = fields.Boolean(string="Photo")

    @api.constrains("limits", "minimum", "maximum")
    def _check_limits(self):
        for line in self:
            if line.limits == "between" and line.minimum > line.maximum:
                raise ValidationError(self.env._(
                    "%(point)s: the lower limit lies above the upper one.", point=line.name))

    def _prepare_check_vals(self):
        """The values of the same point in a visit."""
        self.ensure_one()
        return {
            "sequence": self.sequence, "name": self.name, "answer_kind": self.answer_kind, "unit": self.unit,
            "limits": self.limits, "minimum": self.minimum, "maximum": self.maximum,
            "photo_required": self.photo_required}
