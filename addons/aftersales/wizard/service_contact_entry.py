from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.reason import is_reason

from ..models.service_request import STAFF


class ServiceContactEntry(models.TransientModel):
    """A call with the customer: with whom, when, and what was said (AFT-2)."""

    _name = "service.contact.entry"
    _description = "Log a Call"

    request_id = fields.Many2one("service.request", required=True)
    partner_id = fields.Many2one(related="request_id.partner_id", string="Customer")
    phone = fields.Char(related="request_id.phone", string="Phone")
    moment = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    person = fields.Char(
        string="Spoke with", compute="_compute_person", store=True, readonly=False, precompute=True)
    is_reached = fields.Boolean(string="Reached", default=True,
        help="Nobody answered: the attempt is kept all the same.")
    note = fields.Text(string="What Was Said")

    @api.depends("request_id")
    def _compute_person(self):
        for entry in self:
            entry.person = entry.request_id.contact_name

    def action_log(self):
        """Keep the call.

        :raise AccessError: nobody of after-sales
        :raise UserError: a call in the future or before the request, or nothing said
        """
        self.ensure_one()
        request = self.request_id
        request.check_access("read")
        request._check_groups(STAFF)
        request._check_state("new", "contacted", "in_progress", "solved")
        if self.moment > fields.Datetime.now() or self.moment < request.received_on.replace(second=0):
            raise UserError(self.env._(
                "%(request)s: the call was between the moment when the request was received and now.",
                request=request.name))
        if self.is_reached and not is_reason(self.note):
            raise UserError(self.env._("%(request)s: write what was said.", request=request.name))
        self.env["service.contact"]._note(
            request, kind="call", moment=self.moment, person=self.person, is_reached=self.is_reached, note=self.note)
        return True
