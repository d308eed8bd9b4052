from odoo import fields, models


class QualityInspectionMissing(models.TransientModel):
    _name = "quality.inspection.missing"
    _description = "Documents Are Missing"

    inspection_ids = fields.Many2many(
        "quality.inspection", string="Inspections", required=True, readonly=True,
        default=lambda self: self.env.context.get("active_ids"))
    note = fields.Char(string="Which Documents Are Missing", required=True)

    def action_confirm(self):
        """Say so, and pause the time limit; see ``quality.inspection.action_missing_documents`` (REC-3).

        :raise UserError: the inspection is not open, or the user is no inspector
        """
        self.ensure_one()
        self.inspection_ids.action_missing_documents(self.note)
        return {"type": "ir.actions.act_window_close"}
