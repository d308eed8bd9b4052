from odoo import models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    _plan_fields = ("qty_received", "product_qty", "qty_qualified")

    def _get_plan_stored(self):
        """In store is what quality accepted or conceded; goods without inspection when they are received (PLN-11)."""
        return self.qty_qualified
