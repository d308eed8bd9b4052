from odoo import api, models


class AccountPayment(models.Model):
    """No payment for held freight, by whatever door (DLV-7)."""

    _inherit = "account.payment"

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments.invoice_ids._check_freight_free()
        return payments

    def action_post(self):
        """Refused while the freight that it pays is held."""
        self.invoice_ids._check_freight_free()
        return super().action_post()
