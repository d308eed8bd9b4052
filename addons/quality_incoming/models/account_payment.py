from odoo import api, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    @api.constrains("invoice_ids", "state", "amount")
    def _check_quality_payment(self):
        """A payment without journal entry is matched by no reconciliation: it meets the gate here (PUR-10)."""
        for payment in self:
            if payment.payment_type == "outbound" and payment.state in ("in_process", "paid") and not payment.move_id:
                # sudo: the gate must see every bill that is paid
                payment.sudo().invoice_ids._check_quality_payment()
