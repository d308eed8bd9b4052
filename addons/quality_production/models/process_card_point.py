from odoo import api, fields, models

from odoo.addons.document_control.tools.entered_values import is_number


class ProcessCardPoint(models.Model):
    """A control point on a process card with the operator's result (FQC-1); written by the self-check only."""

    _name = "process.card.point"
    _description = "Control Point on a Process Card"
    _inherit = ["document.control.mixin"]
    _order = "line_id, sequence, id"

    sequence = fields.Integer(default=10)
    line_id = fields.Many2one("process.card.line", string="Operation", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    name = fields.Char(string="Control Point", required=True)
    requirement = fields.Char()
    kind = fields.Selection([("check", "Pass or fail"), ("measure", "Measured value")], default="check", required=True)
    lower = fields.Float(string="From", digits=False)
    upper = fields.Float(string="To", digits=False)
    unit = fields.Char()
    value = fields.Float(string="Measured", digits=False)
    result = fields.Selection(
        [("pending", "To check"), ("ok", "OK"), ("ng", "Not OK")], default="pending", required=True)
    limits = fields.Char(compute="_compute_limits")

    @api.depends("kind", "lower", "upper", "unit")
    def _compute_limits(self):
        for point in self:
            point.limits = (f"{point.lower:g} – {point.upper:g} {point.unit or ''}".strip()
                            if point.kind == "measure" else False)

    def _is_frozen(self):
        return self.line_id.state in ("waiting", "done", "skipped")

    def _judge(self, answer):
        """Values of one answer of the operator.

        :param answer: ``{"result": "ok"|"ng"}`` for a check, ``{"value": float}`` for a measured value
        """
        self.ensure_one()
        if self.kind == "check":
            result = answer.get("result")
            return {"result": result if result in ("ok", "ng") else "pending"}
        value = answer.get("value")
        if not is_number(value):
            return {"result": "pending"}
        return {"value": value, "result": "ok" if self.lower <= value <= self.upper else "ng"}

    def _get_snapshot(self):
        """The points as they are being signed."""
        return [{"name": point.name, "requirement": point.requirement or "", "limits": point.limits or "",
                 "result": point.result, "value": point.value if point.kind == "measure" else None}
                for point in self]

    def _get_page_data(self):
        """The control point as the phone's page draws it."""
        self.ensure_one()
        return {"id": self.id, "name": self.name, "requirement": self.requirement or "", "kind": self.kind,
                "limits": self.limits or "", "unit": self.unit or "", "result": self.result,
                "value": self.value if self.kind == "measure" and self.result != "pending" else None}
