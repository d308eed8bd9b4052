from odoo import fields, models


class SaleOrder(models.Model):
    """The claims and traces of what was delivered for an order (DLV-6, DLV-7)."""

    _inherit = "sale.order"

    delivery_claim_count = fields.Integer(compute="_compute_delivery_claim_count")

    def _compute_delivery_claim_count(self):
        # sudo: how many there are is shown to whoever reads the order
        counts = dict(self.env["delivery.claim"].sudo()._read_group(
            [("order_id", "in", self.ids), ("state", "!=", "cancelled")], ["order_id"], ["__count"]))
        for order in self:
            order.delivery_claim_count = counts.get(order._origin, 0)

    def action_view_delivery_claims(self):
        """Open the claims and traces of this order's deliveries."""
        self.ensure_one()
        claims = self.env["delivery.claim"].search([("order_id", "=", self.id)])
        return claims._get_records_action(name=self.env._("Claims"))
