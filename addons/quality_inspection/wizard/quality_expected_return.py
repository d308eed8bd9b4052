from odoo import fields, models


class QualityExpectedReturn(models.TransientModel):
    """The supplier names another date for repaired goods or the replacement (MAT-6)."""

    _name = "quality.expected.return"
    _description = "Expected Back on Another Date"

    disposition_id = fields.Many2one(
        "quality.disposition", required=True, readonly=True, default=lambda self: self.env.context.get("active_id"))
    date = fields.Date(string="Expected Back", required=True)
    reason = fields.Char()

    def action_confirm(self):
        """See ``quality.disposition.action_set_expected_return``."""
        self.ensure_one()
        self.disposition_id.action_set_expected_return(self.date, self.reason)
        return {"type": "ir.actions.act_window_close"}
