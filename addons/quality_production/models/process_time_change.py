from odoo import api, fields, models

from odoo.addons.document_control.models.document_control_mixin import Transition


class ProcessTimeChange(models.Model):
    """A changed operation time, reported from the shop floor and written to the routing by who may (FQC-6)."""

    _name = "process.time.change"
    _description = "Reported Operation Time"
    _inherit = ["document.control.mixin", "mail.thread"]
    _order = "id desc"
    _transitions = {
        "apply": Transition(("proposed",), "applied", groups=("mrp.group_mrp_manager",)),
        "refuse": Transition(("proposed",), "refused", groups=("mrp.group_mrp_manager",)),
    }

    operation_id = fields.Many2one("mrp.routing.workcenter", required=True, ondelete="cascade", index=True)
    line_id = fields.Many2one("process.card.line", ondelete="set null", index="btree_not_null")
    card_id = fields.Many2one(related="line_id.card_id")
    company_id = fields.Many2one("res.company", required=True, index=True)
    old_minutes = fields.Float(string="Time of the Routing", help="Minutes per cycle, without setup and cleaning.")
    new_minutes = fields.Float(string="Reported Time", help="Minutes per cycle, without setup and cleaning.")
    reason = fields.Text(required=True)
    state = fields.Selection(
        [("proposed", "Reported"), ("applied", "Applied"), ("refused", "Refused")], default="proposed", required=True,
        index=True, tracking=True)
    proposed_by = fields.Many2one("res.users", required=True, default=lambda self: self.env.user)
    proposed_on = fields.Datetime(required=True, default=fields.Datetime.now)
    decided_by = fields.Many2one("res.users")
    decided_on = fields.Datetime()

    @api.depends("operation_id.name", "new_minutes")
    def _compute_display_name(self):
        for change in self:
            change.display_name = self.env._(
                "%(operation)s: %(minutes)s min", operation=change.operation_id.name,
                minutes=f"{change.new_minutes:g}")

    def _is_frozen(self):
        return self.state != "proposed"

    def action_apply(self):
        """Write the reported time to the routing (FQC-6); later orders are planned with it.

        :raise AccessError: the user may not change the routing
        """
        self._decide("apply")
        for change in self:
            operation = change.operation_id
            operation.write({"time_mode": "manual", "time_cycle_manual": change.new_minutes})
            operation.message_post(body=self.env._(
                "Time changed from %(old)s to %(new)s minutes as reported by %(user)s: %(reason)s",
                old=f"{change.old_minutes:g}", new=f"{change.new_minutes:g}",
                user=change.proposed_by.sudo().name, reason=change.reason))  # only to say whose report it was
        return True

    def action_refuse(self):
        """Leave the routing as it is.

        :raise AccessError: the user may not change the routing
        """
        self._decide("refuse")
        return True

    def _decide(self, operation):
        self._transit(operation, decided_by=self.env.uid, decided_on=fields.Datetime.now())
