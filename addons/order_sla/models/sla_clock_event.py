from odoo import api, fields, models
from odoo.tools import format_datetime


class SlaClockEvent(models.Model):
    """What happened to a clock; also the ledger that makes each step fire once."""
    _name = "sla.clock.event"
    _description = "Time Limit Event"
    _order = "at desc, id desc"
    _rec_name = "kind"

    clock_id = fields.Many2one("sla.clock", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("started", "Started"), ("paused", "Paused"), ("resumed", "Resumed"), ("reassigned", "Reassigned"),
         ("moved", "Deadline moved"), ("step", "Step"), ("failed", "Failed"), ("note", "Note"),
         ("met", "Ended in time"), ("breached", "Late"), ("cancelled", "Cancelled")],
        required=True, readonly=True)
    step_id = fields.Many2one("sla.policy.step", readonly=True, index="btree_not_null", ondelete="set null")
    deadline_no = fields.Integer(readonly=True)
    at = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    reason = fields.Char(readonly=True, export_string_translation=False)
    args = fields.Json(readonly=True, export_string_translation=False)
    note = fields.Char(compute="_compute_note")

    _step_uniq = models.UniqueIndex(
        "(clock_id, step_id, deadline_no) WHERE kind = 'step'", "A step fires once per deadline.")
    _breach_uniq = models.UniqueIndex(
        "(clock_id, deadline_no) WHERE kind = 'breached' AND reason = 'deadline_passed'",
        "A deadline passes once.")

    @api.depends_context("lang", "tz")
    @api.depends("reason", "args", "kind", "step_id")
    def _compute_note(self):
        """The event in the reader's words: it was written down as a reason and its facts."""
        texts = self._get_reason_texts()
        for event in self:
            facts = {name: event._format_fact(name, value) for name, value in (event.args or {}).items()}
            template = texts.get(event.reason) or texts.get(event.kind) or ""
            event.note = template % _Facts(facts | {"step": event.step_id.name or ""})

    @api.model
    def _get_reason_texts(self):
        """Words for each reason, or for the kind where there is no reason."""
        return {
            "started": self.env._("Responsible: %(to)s", to="%(to)s"),
            "reassigned": self.env._("From %(from_user)s to %(to_user)s", from_user="%(from)s", to_user="%(to)s"),
            "archived_user": self.env._(
                "%(user)s is archived; now %(to_user)s answers for it", user="%(user)s", to_user="%(to)s"),
            "no_responsible": self.env._(
                "Nobody stands in the record's field %(field)s; %(to_user)s answers for it",
                field="%(field)s", to_user="%(to)s"),
            "no_manager": self.env._(
                "No manager can be reached in %(departments)s; next level: %(to_user)s",
                departments="%(departments)s", to_user="%(to)s"),
            "no_calendar": self.env._("Neither department nor company has working hours: clock time is counted"),
            "empty_calendar": self.env._("The working hours hold (almost) no working time: clock time is counted"),
            "no_anchor": self.env._(
                "The date %(field)s is empty: there is no deadline until it is filled", field="%(field)s"),
            "no_limit": self.env._(
                "The limit %(field)s is empty: there is no deadline until it is filled", field="%(field)s"),
            "far_anchor": self.env._(
                "The date %(field)s is %(value)s, too far away to be counted: there is no deadline until it is "
                "corrected",
                field="%(field)s", value="%(value)s"),
            "far_limit": self.env._(
                "The limit %(field)s is %(value)s, too long to be counted: there is no deadline until it is corrected",
                field="%(field)s", value="%(value)s"),
            "deadline_moved": self.env._("From %(from_time)s to %(to_time)s", from_time="%(from)s", to_time="%(to)s"),
            "deadline_passed": self.env._("The deadline has passed"),
            "ended_late": self.env._("Ended after the deadline"),
            "cancel_domain": self.env._("The record meets the condition for cancelling"),
            "record_deleted": self.env._("The record was deleted"),
            "policy_archived": self.env._("The policy was archived"),
            "policy_changed": self.env._("The policy is now for another document"),
            "other_company": self.env._("The record went to another company"),
            "model_missing": self.env._("The document type was uninstalled"),
            "step": self.env._("%(step)s: %(to_user)s", step="%(step)s", to_user="%(to)s"),
            "no_recipient": self.env._("%(step)s: nobody could be reached", step="%(step)s"),
            "failed": self.env._("%(step)s: %(error)s", step="%(step)s", error="%(error)s"),
        }

    def _format_fact(self, name, value):
        if name in ("from", "to") and self._is_moment(value):
            tz = self.env.context.get("tz") or self.env.user.tz
            return format_datetime(self.env, fields.Datetime.to_datetime(value), tz=tz, dt_format="short")
        if name == "field":
            # sudo: who sees a clock may know what it counts by
            return self.sudo().clock_id.policy_id._get_path_label(value)
        return value

    @api.model
    def _is_moment(self, value):
        return isinstance(value, str) and len(value) == 19 and value[4] == "-" and value[10] == " "


class _Facts(dict):
    """Facts for a template; one that is missing shows as a dash."""

    def __missing__(self, key):
        return "–"
