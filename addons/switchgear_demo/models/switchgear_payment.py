from odoo import api, models


class SwitchgearDemo(models.AbstractModel):
    """Stories of what customers pay by the plan of their contract."""

    _inherit = "switchgear.demo"

    @api.model
    def _invoice_payment(self, name, hours_ago, kind):
        """Sales makes the invoice of a payment that is due."""
        line = self._get("order", name).payment_line_ids.filtered(
            lambda line: line.kind_id == self.env.ref(f"order_payment.order_payment_kind_{kind}"))
        self._call(hours_ago, line, "action_invoice")
