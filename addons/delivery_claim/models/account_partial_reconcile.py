from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A payment is not set off against held freight; what the carrier credits is, and so is what the bank has paid
    already: books say what happened (DLV-7)."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        bills = partials.credit_move_id.move_id.filtered(lambda move: move.move_type == "in_invoice")
        if bills.freight_notice_ids:
            paid = partials.filtered(lambda partial: partial.debit_move_id.move_id.origin_payment_id)
            paid.credit_move_id.move_id._check_freight_free()
        return partials
