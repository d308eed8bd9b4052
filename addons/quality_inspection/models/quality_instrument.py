from odoo import api, fields, models
from odoo.fields import Domain


class QualityInstrument(models.Model):
    """A measuring instrument with its calibration (REC-4). Results with an overdue one are refused."""
    _name = "quality.instrument"
    _description = "Measuring Instrument"
    _order = "code, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Number on the instrument.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company)
    calibrated_on = fields.Date()
    calibration_due = fields.Date(help="Last day on which the instrument may be used.")
    is_overdue = fields.Boolean(string="Calibration Overdue", compute="_compute_is_overdue",
                                search="_search_is_overdue")

    _code_uniq = models.UniqueIndex(
        "(code, company_id) WHERE code IS NOT NULL", "Another instrument of this company already has this code.")
    _calibration_order = models.Constraint(
        "CHECK(calibration_due IS NULL OR calibrated_on IS NULL OR calibration_due >= calibrated_on)",
        "The calibration cannot be due before it was made.")

    @api.depends("calibration_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for instrument in self:
            instrument.is_overdue = bool(instrument.calibration_due) and instrument.calibration_due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("calibration_due", "<", fields.Date.context_today(self))
        return overdue if True in value else ~overdue | Domain("calibration_due", "=", False)

    @api.depends("name", "code")
    def _compute_display_name(self):
        for instrument in self:
            instrument.display_name = f"[{instrument.code}] {instrument.name}" if instrument.code else instrument.name

    def _get_entry_data(self):
        """What the screen for results shows of it."""
        return {"id": self.id, "name": self.display_name, "overdue": self.is_overdue,
                "due": fields.Date.to_string(self.calibration_due)}
