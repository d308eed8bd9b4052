from odoo import models
from odoo.fields import Domain

from odoo.addons.order_closeout.tools.figures import against


class SaleOrder(models.Model):
    """What was bought for an order, against the plan (EVA-1)."""

    _inherit = "sale.order"

    def _get_evaluation_figures(self):
        figures = super()._get_evaluation_figures()
        for order in self:
            lines = self.env["purchase.order.line"].search(Domain("product_id", "!=", False) & Domain(
                "order_id", "any", order._get_document_domain("purchase.order") & Domain("state", "=", "purchase")))
            planned, actual = lines._get_costs_of(order)
            if planned or actual:
                figures[order].append((self.env._("Purchases, planned and actual"), against(
                    self.env, planned, actual, order.company_id.currency_id)))
        return figures
