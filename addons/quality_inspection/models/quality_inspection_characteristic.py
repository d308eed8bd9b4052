from odoo import api, fields, models
from odoo.exceptions import ValidationError

CLASSES = [("critical", "Critical"), ("major", "Major"), ("minor", "Minor")]
KINDS = [("measure", "Measurement"), ("check", "Pass / fail"), ("count", "Count of defects"), ("text", "Text"),
         ("photo", "Photo"), ("document", "Document")]


class QualityInspectionCharacteristic(models.Model):
    """What is looked at on the goods, how, and within which tolerance (REC-4)."""
    _name = "quality.inspection.characteristic"
    _inherit = ["document.number.mixin"]
    _description = "Inspection Characteristic"
    _order = "plan_id, sequence, id"
    _check_company_auto = True

    plan_id = fields.Many2one("quality.inspection.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="check")
    defect_class = fields.Selection(CLASSES, string="Class", required=True, default="major")
    has_lower = fields.Boolean(string="Has Lower Limit")
    has_upper = fields.Boolean(string="Has Upper Limit")
    lower = fields.Float(string="Lower Limit", digits=(16, 6))
    target = fields.Float(string="Nominal", digits=(16, 6))
    upper = fields.Float(string="Upper Limit", digits=(16, 6))
    uom_id = fields.Many2one("uom.uom", string="Unit", help="Unit of the tolerance; results may be given in another.")
    method = fields.Char(translate=True)
    instrument_id = fields.Many2one("quality.instrument", check_company=True)
    measured_units = fields.Integer(
        string="Units to Measure", help="0: every unit of the sample. Fewer for slow or destructive tests.")
    is_required = fields.Boolean(string="Required", default=True)
    operation = fields.Char(translate=True, help="Where it is inspected, shown to the inspector.")
    instruction = fields.Text(translate=True)

    _limits_order = models.Constraint(
        "CHECK(NOT has_lower OR NOT has_upper OR lower <= upper)",
        "The lower limit of a characteristic must not be above the upper one.")
    _measured_units_positive = models.Constraint(
        "CHECK(measured_units >= 0)", "The number of units to measure must not be negative.")

    @api.constrains("kind", "has_lower", "has_upper", "uom_id", "target")
    def _check_measure(self):
        for characteristic in self:
            if characteristic.kind != "measure":
                continue
            if not (characteristic.has_lower or characteristic.has_upper):
                raise ValidationError(self.env._(
                    "Characteristic \"%(name)s\" is measured: give its lower limit, its upper limit or both.",
                    name=characteristic.name))
            if not characteristic.uom_id:
                raise ValidationError(self.env._(
                    "Characteristic \"%(name)s\" is measured: give the unit of its tolerance.",
                    name=characteristic.name))

    @api.onchange("lower")
    def _onchange_lower(self):
        if self.lower:
            self.has_lower = True

    @api.onchange("upper")
    def _onchange_upper(self):
        if self.upper:
            self.has_upper = True

    @api.onchange("instrument_id")
    def _onchange_instrument_id(self):
        if self.instrument_id and not self.method:
            self.method = self.instrument_id.name

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for limit in ("lower", "upper"):
                if vals.get(limit) and f"has_{limit}" not in vals:
                    vals[f"has_{limit}"] = True
        return super().create(vals_list)

    def _prepare_line_vals(self):
        """Copy of the characteristic for an inspection, which must not change when the plan does."""
        self.ensure_one()
        return {
            "characteristic_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "defect_class": self.defect_class,
            "has_lower": self.has_lower,
            "has_upper": self.has_upper,
            "lower": self.lower,
            "target": self.target,
            "upper": self.upper,
            "uom_id": self.uom_id.id,
            "method": self.method,
            "instrument_id": self.instrument_id.id,
            "measured_units": self.measured_units,
            "is_required": self.is_required,
            "operation": self.operation,
            "instruction": self.instruction,
        }
