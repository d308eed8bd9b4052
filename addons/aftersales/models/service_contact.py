from odoo import api, fields, models


class ServiceContact(models.Model):
    """A call or a message by which after-sales has contacted the customer; written by the window or by the message
    itself, and by nobody else (AFT-2)."""

    _name = "service.contact"
    _inherit = ["document.control.mixin"]
    _description = "Contact with the Customer"
    _rec_name = "request_id"
    _order = "moment, id"
    _check_company_auto = True

    request_id = fields.Many2one(
        "service.request", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    kind = fields.Selection([("call", "Call"), ("message", "Message")], required=True, readonly=True)
    moment = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    person = fields.Char(string="Spoke with", readonly=True)
    is_reached = fields.Boolean(string="Reached", readonly=True, default=True)
    note = fields.Text(string="What Was Said", readonly=True)

    def _is_frozen(self):
        return True

    @api.model
    def _note(self, request, **vals):
        """Keep a contact; the first one that has reached the customer proves that he was contacted.

        :param request: service.request; the right was checked
        """
        # sudo: nobody writes contacts by hand
        contact = self.sudo().create({"request_id": request.id, "user_id": self.env.uid, **vals})
        if contact.is_reached and request.decided_on and not request.told_on:
            request._write_signed({"told_on": contact.moment})
        if contact.is_reached and request.state == "new":
            now = request.handed_on or fields.Datetime.now()
            handed = {} if request.handed_on else request._prepare_handed(self.env.user) | {"handed_on": min(
                now, contact.moment)}
            request._transit("contact", contacted_on=contact.moment, **handed)
            request._ask_next()
        return contact
