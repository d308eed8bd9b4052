from odoo import models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _take_need(self, former):
        """The chosen offer serves the requests that were to be served by the one that is given up (PUR-3)."""
        result = super()._take_need(former)
        mine, given_up = self.sudo(), former.sudo()  # sudo: shares are closed to everybody's hands
        if plan := given_up.order_id.purchase_plan_id:
            mine.order_id._write_signed({"purchase_plan_id": plan.id})
        mine.purchase_request_lines |= given_up.purchase_request_lines
        given_up.purchase_request_lines = False
        given_up.purchase_request_allocation_ids.purchase_line_id = mine
        mine._cap_shares()
        return result
