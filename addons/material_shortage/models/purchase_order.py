from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _get_substitute_buyer(self):
        """The company's buyer buys what was his who has left (MAT-1)."""
        return super()._get_substitute_buyer() or self.env["stock.rule"]._get_company_buyer(self.company_id)

    def _get_buyer(self):
        """The company's buyer is asked about the orders of one who has left (PUR-6)."""
        return super()._get_buyer() or self.env["stock.rule"]._get_company_buyer(self.company_id)
