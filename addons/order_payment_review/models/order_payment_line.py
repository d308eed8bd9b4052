from odoo import api, models


class OrderPaymentLine(models.Model):
    _inherit = "order.payment.line"

    @api.depends("order_id.contract_signed_on", "order_id.signed_on", "order_id.contract_effective_on")
    def _compute_date_due(self):
        return super()._compute_date_due()
