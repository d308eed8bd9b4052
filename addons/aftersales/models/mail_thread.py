from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Routes to service requests are chosen there: Odoo asks here for replies, and there for new mails."""
        route = super()._routing_check_route(message, message_dict, route, raise_exception=raise_exception)
        if route and route[0] == "service.request":
            return self.env["service.request"]._choose_route(message, message_dict, route)
        return route
