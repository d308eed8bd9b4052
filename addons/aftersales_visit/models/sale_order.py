from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    service_visit_count = fields.Integer(compute="_compute_service_visit_count")

    def _compute_service_visit_count(self):
        counts = dict(self.env["service.visit"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.service_visit_count = counts.get(order._origin, 0)

    def action_view_service_visits(self):
        """Open the visits for this order: sales says there when the customer is ready (AFT-3)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("aftersales_visit.service_visit_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}
