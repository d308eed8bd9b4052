from odoo import api, fields, models


class SlaPolicyStep(models.Model):
    _name = "sla.policy.step"
    _description = "Time Limit Step"
    _order = "policy_id, sequence, id"

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
    user_id = fields.Many2one("res.users", string="User")
    activity_type_id = fields.Many2one("mail.activity.type", ondelete="restrict")
    mail_template_id = fields.Many2one("mail.template", ondelete="restrict")
    server_action_id = fields.Many2one("ir.actions.server", ondelete="restrict")
    note = fields.Text(translate=True, help="What the recipient is asked to do.")

    _offset_positive = models.Constraint(
        "CHECK(\"offset\" >= 0)", "A step's distance from the deadline must not be negative; choose before or after.")

    @api.depends("offset", "unit", "timing", "action", "recipient", "user_id")
    def _compute_summary(self):
        for step in self:
            step.summary = False
