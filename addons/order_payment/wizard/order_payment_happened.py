from odoo import fields, models


class OrderPaymentHappened(models.TransientModel):
    """Asks what has happened, and when; the order takes it."""

    _name = "order.payment.happened"
    _description = "Something Has Happened that Makes a Payment Due"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    event = fields.Selection("_selection_event", string="What", required=True, default="accepted")
    date = fields.Date(default=fields.Date.context_today, help="Left empty: it has not happened after all.")
    source = fields.Char(string="Proof", help="Record of acceptance, letter, or who said so.")

    def _selection_event(self):
        return self.env["sale.order"]._get_payment_events_by_label()

    def action_confirm(self):
        """Tell the order."""
        self.ensure_one()
        self.order_id._tell_payment_event(self.event, self.date, self.source)
        return {"type": "ir.actions.act_window_close"}
