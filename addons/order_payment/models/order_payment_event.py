from odoo import api, fields, models

from .order_payment_terms import EVENTS


class OrderPaymentEvent(models.Model):
    """Day on which something happened that makes a payment due; written by ``sale.order._payment_event`` only."""

    _name = "order.payment.event"
    _inherit = ["document.control.mixin"]
    _description = "Event of an Order's Payments"
    _order = "order_id, date, id"

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson", store=True)
    event = fields.Selection(EVENTS, required=True)
    date = fields.Date(required=True)
    source = fields.Char(help="The document that says so, or who said so.")

    _one_per_order = models.UniqueIndex("(order_id, event)", "The order has this event already.")

    @api.depends("event", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for event in self:
            event.display_name = f"{event._get_selection_label('event')} {event.date or ''}".strip()
