from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class SlaRobotMessage(models.Model):
    """What a robot is to say. It is said once: what may have been heard is not said again by itself."""
    _name = "sla.robot.message"
    _description = "Message of a Group Robot"
    _order = "id desc"
    _rec_name = "title"

    #: Days for which messages are kept that need nobody any more.
    _DAYS = 90

    robot_id = fields.Many2one("sla.robot", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="robot_id.company_id", store=True, index=True)
    title = fields.Char(required=True, readonly=True)
    lines = fields.Json(readonly=True)
    text = fields.Text(compute="_compute_text")
    phones = fields.Json(readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sending", "Being Sent"), ("sent", "Sent"), ("uncertain", "Not Known"),
         ("refused", "Refused"), ("cancelled", "Cancelled")], default="waiting", required=True, readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)
    next_try = fields.Datetime(default=fields.Datetime.now, readonly=True)
    tried_at = fields.Datetime(string="Last Try", readonly=True)
    sent_at = fields.Datetime(string="Sent", readonly=True)
    problem = fields.Char(string="What Is Wrong", readonly=True)

    #: What the cron looks for.
    _waiting_idx = models.Index("(next_try) WHERE state IN ('waiting', 'sending')")
    _pace_idx = models.Index("(robot_id, tried_at)")

    @api.depends("lines")
    def _compute_text(self):
        for message in self:
            message.text = "\n".join(" ".join(filter(None, line)) for line in message.lines or ())

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        self.env.ref("order_sla_robot.ir_cron_send")._trigger()
        return messages

    def action_send_again(self):
        """Say it again: somebody has looked into the group and it is not there, or the robot was mended.

        :raise UserError: it waits anyway, or was said
        """
        for message in self._ready_to_change():
            if message.state not in ("uncertain", "refused", "cancelled"):
                raise UserError(self.env._(
                    "%(message)s: only what was not delivered can be sent again.", message=message.title))
            message.write({"state": "waiting", "tries": 0, "next_try": fields.Datetime.now(), "problem": False})
        self.env.ref("order_sla_robot.ir_cron_send")._trigger()

    def action_cancel(self):
        """Leave it unsaid.

        :raise UserError: it is said, or being said
        """
        for message in self._ready_to_change():
            if message.state in ("sending", "sent"):
                raise UserError(self.env._("%(message)s: it was said already.", message=message.title))
            message.state = "cancelled"

    def _ready_to_change(self):
        """These messages, for whoever may set up their robots; nobody writes them otherwise."""
        self.robot_id.check_access("write")
        return self.sudo()  # sudo: no user has a right to write messages

    @api.autovacuum
    def _gc_messages(self):
        """Forget what was said long ago."""
        before = fields.Datetime.now() - timedelta(days=self._DAYS)
        old = self.search([("state", "in", ("sent", "cancelled")), ("create_date", "<", before)], limit=10_000)
        old.unlink()
        return len(old), len(old) == 10_000
