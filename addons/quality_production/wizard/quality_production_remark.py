from odoo import api, fields, models

#: What a remark is for: model, method that gets the text.
PURPOSES = {
    "defect_correct": ("quality.defect.record", "action_correct"),
    "defect_concede": ("quality.defect.record", "action_concede"),
    "defect_cancel": ("quality.defect.record", "action_cancel"),
    "defect_again": ("quality.defect.record", "_action_still_wrong"),
    "inspection_defect": ("quality.inspection", "action_record_defect"),
    "missing_concede": ("process.card.missing", "action_concede"),
    "line_skip": ("process.card.line", "action_skip"),
    "line_confirm": ("process.card.line", "action_quality_confirm"),
    "line_reject": ("process.card.line", "action_quality_reject"),
}


class QualityProductionRemark(models.TransientModel):
    """Asks for the text that a step needs, then takes the step; the rules stand in the steps."""

    _name = "quality.production.remark"
    _description = "Remark"

    purpose = fields.Selection(
        [("defect_correct", "What was corrected"), ("defect_concede", "Why the defect may stay"),
         ("defect_cancel", "Why the record is cancelled"), ("defect_again", "What is still wrong"),
         ("inspection_defect", "What is wrong"), ("missing_concede", "Why the product may go without the part"),
         ("line_skip", "Why the operation is left out"), ("line_confirm", "How the operation was controlled"),
         ("line_reject", "What is not right")],
        required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    text = fields.Text(string="Remark", required=True)
    lot_id = fields.Many2one("stock.lot", string="Serial Number", domain="[('id', 'in', lot_ids)]")
    lot_ids = fields.Many2many("stock.lot", compute="_compute_lot_ids")
    defect_code_id = fields.Many2one("quality.defect.code")

    @api.depends("purpose", "res_id")
    def _compute_lot_ids(self):
        for remark in self:
            inspection = self.env["quality.inspection"].browse(
                remark.res_id if remark.purpose == "inspection_defect" else [])
            remark.lot_ids = inspection.lot_ids | inspection.lot_id

    def action_done(self):
        """Take the step with the text; the step checks who may."""
        self.ensure_one()
        model, method = PURPOSES[self.purpose]
        record = self.env[model].browse(self.res_id)
        if self.purpose == "inspection_defect":
            record.action_record_defect(self.text, lot_id=self.lot_id.id, defect_code_id=self.defect_code_id.id)
        else:
            getattr(record, method)(self.text)
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _get_remark_action(self, purpose, record):
        """Action that asks for the remark of a step of a record."""
        label = dict(self._fields["purpose"]._description_selection(self.env))[purpose]
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "view_mode": "form", "target": "new",
            "context": {"default_purpose": purpose, "default_res_id": record.id}, "name": label}
