from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Every matching of a bill with money comes by here: register payment, bank statement, RPC (PUR-10)."""
        partials = super().create(vals_list)
        # sudo: the gate must see every bill that is matched
        partials.sudo().credit_move_id.move_id._check_quality_payment()
        return partials
