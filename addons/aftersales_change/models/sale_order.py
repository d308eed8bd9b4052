from odoo import models

from odoo.addons.order_change.models.order_change import OPEN


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _describe_open_changes(self):
        """``{order: text}``: the change notices that are neither applied nor rejected, a line for each."""
        # sudo: after-sales is told that there is one and what it is about; its prices it does not see
        changes = self.env["order.change"].sudo().search([
            ("order_id", "in", self.ids), ("state", "in", OPEN)], order="id")
        return {order: "\n".join(change._describe_for_service() for change in of_order)
                for order, of_order in changes.grouped(lambda change: change.order_id.sudo(False)).items()}
