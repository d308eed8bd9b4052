from odoo import api, fields, models


class SlaPolicy(models.Model):
    """A time limit: what starts, pauses and stops it, how long it is, who answers for it, what happens when."""
    _name = "sla.policy"
    _description = "Time Limit Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="Stable name for imports and other addons.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    summary = fields.Char(compute="_compute_summary")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Left empty: all companies.")
    model_id = fields.Many2one(
        "ir.model", string="Document", required=True, index=True, ondelete="cascade", domain=[("is_sla", "=", True)])
    model = fields.Char(related="model_id.model", string="Document Model", store=True, index=True)

    start_domain = fields.Char(
        string="Starts When", required=True, default="[]", help="The clock starts on a record that matches.")
    stop_domain = fields.Char(
        string="Stops When", help="The clock ends, in time or late, on a record that matches. "
        "Left empty: when the record no longer matches the start.")
    pause_domain = fields.Char(string="Pauses While", help="Time does not count while the record matches.")
    cancel_domain = fields.Char(
        string="Cancelled When", help="The clock ends without a verdict on a record that matches.")

    limit_source = fields.Selection(
        [("fixed", "Fixed"), ("field", "Field of the record")], required=True, default="fixed")
    limit_value = fields.Integer(string="Limit", default=8)
    limit_field = fields.Char(help="Path to a number on the record, e.g. limit_hours.")
    limit_unit = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")], required=True, default="hours")
    time_kind = fields.Selection(
        [("working", "Working time"), ("elapsed", "Clock time")], required=True, default="working")
    anchor = fields.Selection(
        [("start", "From the start"), ("before", "Before a date"), ("after", "After a date")],
        string="Counted", required=True, default="start")
    anchor_field = fields.Char(
        string="Date Field", help="Path to a date or time on the record. A date counts as its close of work.")

    responsible_kind = fields.Selection(
        [("field", "Field of the record"), ("department", "Department's manager"), ("user", "User")],
        string="Responsible", required=True, default="field")
    responsible_field = fields.Char(help="Path to a user or an employee on the record.")
    department_field = fields.Char(help="Path to a department on the record.")
    department_id = fields.Many2one("hr.department", check_company=True)
    user_id = fields.Many2one("res.users")
    step_ids = fields.One2many("sla.policy.step", "policy_id", string="Steps", copy=True)
    clock_ids = fields.One2many("sla.clock", "policy_id", string="Clocks")
    open_clock_count = fields.Integer(compute="_compute_open_clock_count")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "Another time limit policy of this company already has this code.")
    _limit_positive = models.Constraint("CHECK(limit_value >= 0)", "A time limit must not be negative.")

    @api.depends("limit_source", "limit_value", "limit_field", "limit_unit", "time_kind", "anchor", "anchor_field")
    def _compute_summary(self):
        for policy in self:
            policy.summary = False

    def _compute_open_clock_count(self):
        counts = dict(self.env["sla.clock"]._read_group(
            [("policy_id", "in", self.ids), ("is_open", "=", True)], ["policy_id"], ["__count"]))
        for policy in self:
            policy.open_clock_count = counts.get(policy, 0)

    def action_apply_to_existing(self):
        """Start clocks now on the records that match already (SLA-1)."""
        return True

    def action_view_clocks(self):
        """Open the clocks of this policy."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "sla.clock",
            "view_mode": "list,form,pivot,graph",
            "domain": [("policy_id", "=", self.id)],
        }
