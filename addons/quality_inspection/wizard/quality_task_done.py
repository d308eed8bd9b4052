from odoo import fields, models


class QualityTaskDone(models.TransientModel):
    """Report that sorting or rework is done, with the hours that it took (NCR-4)."""

    _name = "quality.task.done"
    _inherit = ["document.number.mixin"]
    _description = "Sorting or Rework Done"

    disposition_id = fields.Many2one(
        "quality.disposition", required=True, readonly=True, default=lambda self: self.env.context.get("active_id"))
    hours = fields.Float(string="Hours Spent")
    note = fields.Text(string="What Was Done")

    def action_confirm(self):
        """See ``quality.disposition.action_task_done``."""
        self.ensure_one()
        self.disposition_id.action_task_done(hours=self.hours, note=self.note)
        return {"type": "ir.actions.act_window_close"}
