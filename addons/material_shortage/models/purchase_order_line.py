from odoo import models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _get_needed_date(self):
        """The pegging knows more than the chain of moves: whatever waits for the line."""
        needed = super()._get_needed_date()
        peg = self.env["material.peg"].sudo().search(  # sudo: as in super
            [("purchase_line_id", "=", self.id)], order="demand_date", limit=1)
        dates = list(filter(None, (needed, peg.demand_date)))
        return min(dates) if dates else False
