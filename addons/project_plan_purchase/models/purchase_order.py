from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def write(self, vals):
        result = super().write(vals)
        if not {"state", "date_approve"}.isdisjoint(vals):
            self.order_line.plan_task_id._documents_changed()
        return result
