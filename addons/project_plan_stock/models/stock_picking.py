from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "project.plan.document.mixin"]

    _plan_rules = ("transfer", "delivery")
    _plan_fields = ("state", "date_done")

    def _get_plan_rule(self):
        self.ensure_one()
        return "delivery" if self.picking_type_code == "outgoing" else "transfer"

    def _get_plan_share(self):
        """A transfer counts when it is done; its rest is a transfer of its own."""
        if self.state == "cancel":
            return None
        if self.state == "done":
            done = self.date_done or self._get_fulfilled_on()
            return Progress(100.0, done, done)
        return Progress()
