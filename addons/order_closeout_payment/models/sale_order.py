from odoo import models
from odoo.fields import Domain

#: Payments that somebody waits for.
WAITED_FOR = ("due", "invoiced", "partly_paid")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_paid_domain(self):
        """By its payment plan an order is paid as agreed when nothing that is due is open.

        A retention (质保金) is invoiced a year after the delivery: until then Odoo calls the order "to invoice".
        """
        return super()._get_paid_domain() | Domain("payment_line_ids", "any", [("state", "=", "paid")]) & Domain(
            "payment_line_ids", "not any", [("state", "in", WAITED_FOR)])
