from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every


class SlaPolicy(models.Model):
    """A time limit: what starts, pauses and stops it, how long it is, who answers for it, what happens when."""
    _name = "sla.policy"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "Time Limit Policy"
    _order = "sequence, id"
    _check_company_auto = True
    _cached_in = "stable"

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

    @api.depends("limit_source", "limit_value", "limit_field", "limit_unit", "time_kind", "anchor", "anchor_field",
                 "model_id")
    @api.depends_context("lang")
    def _compute_summary(self):
        for policy in self:
            fixed = policy.limit_source == "fixed"
            words = {
                "value": policy.limit_value if fixed else policy._get_path_label(policy.limit_field),
                "unit": policy._get_selection_label("limit_unit").lower(),
                "kind": policy._get_selection_label("time_kind").lower(),
                "date": policy._get_path_label(policy.anchor_field),
            }
            if policy.anchor == "before":
                policy.summary = self.env._("%(value)s %(unit)s (%(kind)s) before %(date)s", **words)
            elif policy.anchor == "after":
                policy.summary = self.env._("%(value)s %(unit)s (%(kind)s) after %(date)s", **words)
            else:
                policy.summary = self.env._("%(value)s %(unit)s (%(kind)s) from the start", **words)

    def _compute_open_clock_count(self):
        counts = dict(self.env["sla.clock"]._read_group(
            [("policy_id", "in", self.ids), ("is_open", "=", True)], ["policy_id"], ["__count"]))
        for policy in self:
            policy.open_clock_count = counts.get(policy, 0)

    def write(self, vals):
        open_clocks = self._get_open_clocks() if self._get_counting_fields().intersection(vals) \
            else self.env["sla.clock"]
        if "model_id" in vals:
            open_clocks.filtered(lambda clock: clock.policy_id.model_id.id != vals["model_id"])._cancel(
                "policy_changed")
        result = super().write(vals)
        open_clocks.filtered("is_open")._wake()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_clocks(self):
        # sudo: the history is kept also of clocks that the user does not see
        clock = self.env["sla.clock"].sudo().search([("policy_id", "in", self.ids)], limit=1)
        if clock:
            raise UserError(self.env._(
                "The time limit policy %(policy)s has clocks, and their history is kept. Archive it instead: "
                "its open clocks are then cancelled.", policy=clock.policy_id.name))

    def copy_data(self, default=None):
        return [
            vals | {"name": self.env._("%(name)s (copy)", name=policy.name)} if "name" not in (default or {}) else vals
            for policy, vals in zip(self, super().copy_data(default), strict=False)]

    def action_apply_to_existing(self):
        """Start clocks now on the records that match already, by this moment as their start (SLA-1).

        A new policy concerns records from their next change on; this is for those that nobody touches.
        """
        self.check_access("write")
        started = sum(policy._apply_to_existing() for policy in self.filtered("active"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s clocks started.", count=started),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_view_clocks(self):
        """Open the clocks of this policy."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "sla.clock",
            "view_mode": "list,form,pivot,graph",
            "domain": [("policy_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }

    @api.model
    def _get_counting_fields(self):
        """Fields that the open clocks of a policy depend on."""
        return {
            "active", "company_id", "model_id", "start_domain", "stop_domain", "pause_domain", "cancel_domain",
            "limit_source", "limit_value", "limit_field", "limit_unit", "time_kind", "anchor", "anchor_field",
            "responsible_kind", "responsible_field", "department_field", "department_id", "user_id", "step_ids",
        }

    def _get_open_clocks(self):
        # sudo: who sets up policies need not see all of their clocks
        return self.env["sla.clock"].sudo().search([("policy_id", "in", self.ids), ("is_open", "=", True)])

    def _apply_to_existing(self):
        """Start the clocks of one policy; return how many."""
        domains = self._domains()
        domain = domains["start_domain"]
        for name in ("stop_domain", "cancel_domain"):
            if domains[name] is not None:
                domain &= ~domains[name]
        # sudo: clocks run on documents whoever may see them
        clocks = self.env["sla.clock"].sudo()
        model = self.env[self.model].sudo()  # sudo: as above
        running = clocks.search([("policy_id", "=", self.id), ("is_open", "=", True)]).mapped("res_id")
        if self.company_id and "company_id" in model._fields:
            domain &= Domain("company_id", "=", self.company_id.id)
        records = model.search(domain & Domain("id", "not in", running))
        for some in split_every(1000, records.ids, model.browse):
            clocks._evaluate(some, self.sudo())  # sudo: as above
        return clocks.search_count([
            ("policy_id", "=", self.id), ("is_open", "=", True), ("res_id", "in", records.ids)])

    def _get_path_label(self, path):
        """Label of the field at the end of a path, in the reader's language."""
        model, label = self.model, path or "–"
        for name in (path or "").split("."):
            if model not in self.env or name not in self.env[model]._fields:
                return path or "–"
            label = self.env[model]._get_field_label(name)
            model = self.env[model]._fields[name].comodel_name or ""
        return label
