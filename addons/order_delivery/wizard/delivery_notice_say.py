from odoo import api, fields, models


class DeliveryNoticeSay(models.TransientModel):
    """Asks for the reason, and for what else has to be said; the notice decides whether it is enough."""

    _name = "delivery.notice.say"
    _description = "Say Why"

    notice_id = fields.Many2one("delivery.notice", required=True, readonly=True)
    kind = fields.Selection(
        [("withdraw", "Withdraw the Notice"), ("cancel", "Cancel the Notice"), ("delay", "Not Shipped as Planned"),
         ("ask", "Ask to Ship All the Same"), ("allow", "Allow"), ("refuse", "Do Not Allow")],
        required=True, readonly=True, default="withdraw")
    problem_text = fields.Text(related="notice_id.problem_text")
    asked_reason = fields.Text(related="notice_id.override_reason", string="Asked because")
    reason = fields.Text()
    cause_id = fields.Many2one("delivery.delay.cause")
    date_planned = fields.Datetime(string="Leaves Now")
    date_arrival = fields.Datetime(string="Arrives Now")

    @api.onchange("date_planned")
    def _onchange_date_planned(self):
        """As long under way as before."""
        notice = self.notice_id
        if self.date_planned and notice.date_planned and notice.date_arrival and not self.date_arrival:
            self.date_arrival = self.date_planned + (notice.date_arrival - notice.date_planned)

    def action_say(self):
        """Do it, with this reason.

        :raise AccessError: not his to do
        :raise UserError: something is missing
        """
        self.ensure_one()
        notice = self.notice_id
        if self.kind == "delay":
            return notice.action_report_delay(self.cause_id, self.reason, self.date_planned, self.date_arrival)
        method = {"ask": "action_ask_override"}.get(self.kind, f"action_{self.kind}")
        return getattr(notice, method)(self.reason)
