from odoo import fields, models

from .quality_sampling_state import REASONS


class QualitySamplingEvent(models.Model):
    """A switch of a sampling series, kept for the auditor (REC-4)."""
    _name = "quality.sampling.event"
    _description = "Change of a Sampling Series"
    _rec_name = "state_id"
    _order = "at desc, id desc"

    state_id = fields.Many2one("quality.sampling.state", string="Series", required=True, index=True,
                               ondelete="cascade")
    company_id = fields.Many2one(related="state_id.company_id", store=True, index=True)
    lot_number = fields.Integer(string="After Lot")
    before = fields.Selection(selection="_selection_severity", required=True)
    after = fields.Selection(selection="_selection_severity", required=True)
    reason = fields.Selection(REASONS, required=True)
    note = fields.Char()
    inspection_id = fields.Many2one("quality.inspection", index="btree_not_null", ondelete="set null")
    at = fields.Datetime(string="On", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="By")

    def _selection_severity(self):
        return self.env["quality.sampling.state"]._fields["severity"]._description_selection(self.env)
