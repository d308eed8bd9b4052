from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProcessControlPoint(models.Model):
    """What the operator checks himself at an operation (FQC-1); copied to the process card."""

    _name = "process.control.point"
    _inherit = ["document.number.mixin"]
    _description = "Control Point of an Operation"
    _order = "operation_id, sequence, id"

    sequence = fields.Integer(default=10)
    operation_id = fields.Many2one(
        "mrp.routing.workcenter", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="operation_id.company_id")
    name = fields.Char(string="Control Point", required=True, translate=True)
    requirement = fields.Char(translate=True, help="What is right, for example: no scratches; torque 20 to 25 Nm.")
    kind = fields.Selection([("check", "Pass or fail"), ("measure", "Measured value")], default="check", required=True)
    lower = fields.Float(string="From", digits=False)
    upper = fields.Float(string="To", digits=False)
    unit = fields.Char(help="Unit of the measured value, for example Nm or mm.")

    @api.constrains("kind", "lower", "upper")
    def _check_limits(self):
        for point in self:
            if point.kind == "measure" and point.lower > point.upper:
                raise ValidationError(self.env._(
                    "Control point \"%(name)s\": the lower limit %(lower)s is above the upper limit %(upper)s.",
                    name=point.name, lower=point.lower, upper=point.upper))

    def _prepare_card_point_vals(self):
        """Values of the point on a process card, which keeps the text of that day."""
        self.ensure_one()
        return {"sequence": self.sequence, "name": self.name, "requirement": self.requirement, "kind": self.kind,
                "lower": self.lower, "upper": self.upper, "unit": self.unit}
