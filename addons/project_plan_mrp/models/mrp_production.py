from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "project.plan.document.mixin"]

    _plan_rules = ("production",)
    _plan_fields = ("state", "qty_produced", "product_qty", "date_start", "date_finished")

    def _get_plan_share(self):
        """How far the order is: what was made of what is to be made, started with its first work."""
        if self.state == "cancel":
            return None
        if self.state == "done":
            return Progress(100.0, self.date_start, self.date_finished or self._get_fulfilled_on())
        begun = self.state in ("progress", "to_close")
        made = self.qty_produced / self.product_qty if self.product_qty else 0.0
        worked = max((order.progress for order in self.workorder_ids), default=0.0) if begun else 0.0
        return Progress(max(made * 100, min(worked, 99.0)), self.date_start if begun else None)
