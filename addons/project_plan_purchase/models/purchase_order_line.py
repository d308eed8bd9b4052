from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "project.plan.document.mixin"]

    _plan_rules = ("purchase",)
    _plan_project_paths = ("order_id.project_id",)
    _plan_fields = ("qty_received", "product_qty")

    def _get_plan_share(self):
        """How far the line is: what is in store of what was ordered, begun with the order's confirmation."""
        if self.display_type or self.state == "cancel" or not self.product_qty:
            return None
        begun = self.order_id.date_approve if self.state == "purchase" else None
        stored = self._get_plan_stored()
        if begun and self.product_uom_id.compare(stored, self.product_qty) >= 0:
            return Progress(100.0, begun, self._get_fulfilled_on())
        return Progress(max(stored / self.product_qty * 100, 0.0), begun)

    def _get_plan_stored(self):
        """Quantity in store, in the line's unit."""
        return self.qty_received
