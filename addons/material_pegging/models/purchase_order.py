from odoo import fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    late_peg_count = fields.Integer(
        string="Demands Delayed", compute="_compute_late_peg_count", compute_sudo=True)

    def _compute_late_peg_count(self):
        groups = self.env["material.peg"]._read_group(
            [("purchase_order_id", "in", self.ids), ("is_late", "=", True)], ["purchase_order_id"], ["__count"])
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.late_peg_count = counts.get(order._origin.id, 0)

    def write(self, vals):
        if not {"state", "picking_type_id"}.isdisjoint(vals):
            self.env["material.pegging"]._touch("purchase_order_line:order_id", self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["material.pegging"]._request_refresh(self.order_line.product_id)
        return super().unlink()

    def action_view_pegs(self):
        """Which orders and customers wait for this purchase, down to the deliveries (MAT-12)."""
        Peg = self.env["material.peg"]
        return Peg._get_served_action(Peg._get_served(moves=self.order_line.move_ids, lines=self.order_line))
