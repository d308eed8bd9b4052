from odoo import api, fields, models


class SlaClock(models.Model):
    """One running instance of a time limit on one record.

    Only the engine (see sla_clock_engine) writes clocks: people read them.
    """
    _name = "sla.clock"
    _description = "Time Limit Clock"
    _order = "deadline_at, id"
    _rec_name = "res_name"
    _check_company_auto = True

    policy_id = fields.Many2one("sla.policy", required=True, readonly=True, index=True, ondelete="cascade")
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Document ID", model_field="res_model", required=True, readonly=True)
    res_name = fields.Char(string="Document", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, index="btree_not_null")
    department_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null")
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", readonly=True, index="btree_not_null", ondelete="set null")
    calendar_missing = fields.Boolean(
        readonly=True, help="No working hours could be found for this clock: it counts clock time.")
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("met", "In time"), ("breached", "Late"),
         ("cancelled", "Cancelled")],
        required=True, readonly=True, default="running")
    is_open = fields.Boolean(string="Open", readonly=True, default=True)
    started_at = fields.Datetime(string="Started", required=True, readonly=True)
    anchor_at = fields.Datetime(string="Counted From", readonly=True)
    limit_value = fields.Integer(string="Limit", readonly=True)
    deadline_at = fields.Datetime(string="Deadline", readonly=True, index="btree_not_null")
    deadline_no = fields.Integer(string="Deadline No.", readonly=True, default=1)
    deadline_moved_at = fields.Datetime(string="Deadline Moved", readonly=True)
    paused_at = fields.Datetime(string="Paused Since", readonly=True)
    stopped_at = fields.Datetime(string="Ended", readonly=True)
    pauses = fields.Json(readonly=True, export_string_translation=False)
    consumed_seconds = fields.Integer(string="Time Used (s)", readonly=True)
    on_time = fields.Float(string="In Time (%)", readonly=True, aggregator="avg")
    escalation_level = fields.Integer(readonly=True, default=0)
    next_event_at = fields.Datetime(readonly=True)
    attempts = fields.Integer(readonly=True, default=0)
    error = fields.Text(string="Last Failure", readonly=True)
    event_ids = fields.One2many("sla.clock.event", "clock_id", string="History", readonly=True)
    payload = fields.Json(compute="_compute_payload", export_string_translation=False)

    _next_event_idx = models.Index("(next_event_at) WHERE next_event_at IS NOT NULL")
    _record_idx = models.Index("(res_model, res_id)")
    _open_uniq = models.UniqueIndex(
        "(res_model, res_id, policy_id) WHERE is_open", "This record already has an open clock of this policy.")

    def _compute_payload(self):
        for clock in self:
            clock.payload = False

    @api.model
    @api.readonly
    def get_my_clocks(self):
        """Open clocks of the current user, most urgent first, for the systray (SLA-2)."""
        return {"count": 0, "late": 0, "clocks": []}

    def action_open_record(self):
        """Open the record that the clock runs on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": self.res_model, "res_id": self.res_id,
            "views": [(False, "form")], "name": self.res_name,
        }

    @api.model
    def _cron_process(self):
        """Fire the steps that are due."""
