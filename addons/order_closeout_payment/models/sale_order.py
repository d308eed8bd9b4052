from odoo import models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """By its payment plan an order is paid as agreed when all is paid but the retention that is not due yet (质保金).

    The retention is part of the final invoice, or is invoiced a year after the delivery: that invoice is not paid until
    then, or Odoo calls the order "to invoice".
    """

    _inherit = "sale.order"

    def _get_paid_domain(self):
        return super()._get_paid_domain() | Domain("payment_line_ids", "any", [("state", "=", "paid")]) & Domain(
            "payment_line_ids", "not any", [("state", "in", ("due", "partly_paid"))])

    def _is_paid_as_agreed(self):
        plan = self.payment_line_ids.filtered(lambda line: line.state != "cancelled")
        if not plan:
            return super()._is_paid_as_agreed()
        today = self.company_id._get_today()
        later = plan.filtered(lambda line: line.is_retention and not (line.date_due and line.date_due <= today))
        return plan > later and all(line.state == "paid" for line in plan - later)
