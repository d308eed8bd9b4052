from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _init_payments(self, to_process, edit_mode=False):
        """Say what cannot be paid before anything is posted (PUR-10)."""
        for values in to_process:
            bills = values["to_reconcile"].move_id.filtered(lambda move: move.move_type == "in_invoice")
            if len(bills) == 1 and values["create_vals"]["payment_type"] == "outbound":
                bills._check_quality_payment({bills: self._get_quality_amount(bills, values["create_vals"])})
        return super()._init_payments(to_process, edit_mode=edit_mode)

    def _get_quality_amount(self, bill, create_vals):
        """Amount of the payment in the bill's currency."""
        currency = self.env["res.currency"].browse(create_vals["currency_id"])
        return currency._convert(
            create_vals["amount"], bill.currency_id, bill.company_id, create_vals["date"])
