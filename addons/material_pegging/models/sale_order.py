from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_view_pegs(self):
        """What covers the deliveries of these orders, and when."""
        return self.env["material.peg"]._get_action(
            [("sale_order_id", "in", self.ids)],
            self.env._("Deliveries of %(order)s", order=", ".join(self.mapped("name"))))
