from odoo import api, fields, models


class SlaClockEvent(models.Model):
    """What happened to a clock; also the ledger that makes each step fire once."""
    _name = "sla.clock.event"
    _description = "Time Limit Event"
    _order = "at desc, id desc"
    _rec_name = "kind"

    clock_id = fields.Many2one("sla.clock", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("started", "Started"), ("paused", "Paused"), ("resumed", "Resumed"), ("reassigned", "Reassigned"),
         ("moved", "Deadline moved"), ("step", "Step"), ("failed", "Failed"), ("met", "Ended in time"),
         ("breached", "Late"), ("cancelled", "Cancelled")],
        required=True, readonly=True)
    step_id = fields.Many2one("sla.policy.step", readonly=True, index="btree_not_null", ondelete="set null")
    deadline_no = fields.Integer(readonly=True)
    at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Char(readonly=True, export_string_translation=False)
    args = fields.Json(readonly=True, export_string_translation=False)
    note = fields.Char(compute="_compute_note")

    _step_uniq = models.UniqueIndex(
        "(clock_id, step_id, deadline_no) WHERE kind = 'step'", "A step fires once per deadline.")

    @api.depends_context("lang")
    @api.depends("reason", "args")
    def _compute_note(self):
        for event in self:
            event.note = False
