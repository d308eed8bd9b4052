from odoo import api, models


class SaleOrderLine(models.Model):
    """Spare parts that a warranty covers cost the customer nothing; what he gives back for good counts (AFT-4)."""

    _inherit = "sale.order.line"

    @api.depends("move_ids.to_refund")
    def _compute_qty_delivered(self):
        """What a request had brought back may turn out later to be taken for good."""
        return super()._compute_qty_delivered()

    @api.depends("order_id.service_is_free")
    def _compute_discount(self):
        result = super()._compute_discount()
        for line in self:
            if line.order_id.service_is_free and line.product_id:
                line.discount = 100.0
        return result
