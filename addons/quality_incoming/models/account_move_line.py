from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_purchase_quantity(self):
        """Quantity of the line in the unit of its purchase order line."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.quantity, self.purchase_line_id.product_uom_id, round=False)
