from odoo import api, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["material.pegging"]._touch("purchase_order_line", lines.ids)
        return lines

    def write(self, vals):
        if not {"product_id", "product_qty", "product_uom_id", "date_planned"}.isdisjoint(vals):
            if "product_id" in vals:
                self.env["material.pegging"]._request_refresh(self.product_id)
            self.env["material.pegging"]._touch("purchase_order_line", self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["material.pegging"]._request_refresh(self.product_id)
        return super().unlink()

    def action_view_served(self):
        """What waits for this line, down to the deliveries (MAT-12)."""
        Peg = self.env["material.peg"]
        return Peg._get_served_action(Peg._get_served(moves=self.move_ids, lines=self))
