from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..kernel import limits


class SlaPolicyStep(models.Model):
    _name = "sla.policy.step"
    _inherit = ["document.number.mixin", "document.cached.mixin"]
    _description = "Time Limit Step"
    _order = "policy_id, sequence, id"
    _cached_in = "stable"

    policy_id = fields.Many2one("sla.policy", required=True, index=True, ondelete="cascade")
    model = fields.Char(related="policy_id.model")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    summary = fields.Char(compute="_compute_summary")
    offset = fields.Integer(default=0, help="Time between the step and the deadline; 0 is at the deadline.")
    unit = fields.Selection(
        [("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")], required=True, default="hours")
    timing = fields.Selection(
        [("before", "Before the deadline"), ("after", "After the deadline")], required=True, default="after")
    action = fields.Selection(
        [("activity", "Activity"), ("mail", "E-mail"), ("chatter", "Message"), ("server_action", "Server action")],
        required=True, default="activity")
    recipient = fields.Selection(
        [("responsible", "Responsible"), ("manager", "Department manager"), ("manager_2", "Next manager up"),
         ("general_manager", "General manager"), ("user", "User")],
        required=True, default="responsible")
    user_id = fields.Many2one("res.users")
    activity_type_id = fields.Many2one("mail.activity.type", ondelete="restrict")
    mail_template_id = fields.Many2one("mail.template", ondelete="restrict")
    server_action_id = fields.Many2one("ir.actions.server", ondelete="restrict")
    note = fields.Text(translate=True, help="What the recipient is asked to do.")

    _offset_positive = models.Constraint(
        "CHECK(\"offset\" >= 0)", "A step's distance from the deadline must not be negative; choose before or after.")

    @api.depends("offset", "unit", "timing", "action", "recipient", "user_id")
    @api.depends_context("lang")
    def _compute_summary(self):
        for step in self:
            recipient = step._get_selection_label("recipient")
            words = {
                "offset": step.offset,
                "unit": step._get_selection_label("unit").lower(),
                "action": step._get_selection_label("action"),
                "recipient": step.user_id.name or "–" if step.recipient == "user" else recipient,
            }
            if not step.offset:
                step.summary = self.env._("At the deadline: %(action)s, %(recipient)s", **words)
            elif step.timing == "before":
                step.summary = self.env._("%(offset)s %(unit)s before the deadline: %(action)s, %(recipient)s", **words)
            else:
                step.summary = self.env._("%(offset)s %(unit)s after the deadline: %(action)s, %(recipient)s", **words)

    @api.constrains("action", "mail_template_id", "server_action_id", "recipient", "user_id", "policy_id")
    def _check_action(self):
        for step in self:
            if message := step._get_action_problem():
                raise ValidationError(self.env._(
                    "Time limit policy %(policy)s, step %(step)s: %(message)s",
                    policy=step.policy_id.name, step=step.name, message=message))

    @api.constrains("offset", "unit")
    def _check_offset(self):
        for step in self:
            if limits.is_too_long(step.offset, step.unit):
                raise ValidationError(self.env._(
                    "Time limit policy %(policy)s, step %(step)s: %(offset)s %(unit)s is further from the deadline "
                    "than %(days)s days, the most that can be counted.", policy=step.policy_id.name, step=step.name,
                    offset=step.offset, unit=step._get_selection_label("unit"), days=limits.LONGEST_DAYS))

    def _get_action_problem(self):
        """What the step lacks to be done on its policy's model; None if nothing."""
        self.ensure_one()
        model = self.env.registry.get(self.model)
        if self.recipient == "user" and not self.user_id:
            return self.env._("choose the user who is told.")
        if self.action == "mail" and self.mail_template_id.model != self.model:
            return self.env._("choose an e-mail template for this document.")
        if self.action == "server_action" and self.server_action_id.model_id.model != self.model:
            return self.env._("choose a server action for this document.")
        if self.action == "activity" and not issubclass(model, self.env.registry["mail.activity.mixin"]):
            return self.env._("this document has no activities; choose another action.")
        if self.action == "chatter" and not issubclass(model, self.env.registry["mail.thread"]):
            return self.env._("this document has no messages; choose another action.")
        return None

    @api.model
    def _get_cached_fields(self):
        """Fields that decide when a step is due."""
        return {"policy_id", "offset", "unit", "timing"}

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._wake_clocks()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if self._get_cached_fields().intersection(vals):
            self._wake_clocks()
        return result

    def unlink(self):
        clocks = self.policy_id._get_open_clocks()
        result = super().unlink()
        clocks._wake()
        return result

    def _wake_clocks(self):
        """The open clocks of the policy have other steps to wait for."""
        self.policy_id._get_open_clocks()._wake()
