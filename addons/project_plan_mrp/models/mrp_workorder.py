from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "project.plan.document.mixin"]

    _plan_rules = ("workorder",)
    _plan_project_paths = ("production_id.project_id",)
    _plan_fields = ("state", "qty_produced", "date_start", "date_finished")

    def _get_plan_share(self):
        """How far the work order is: finished pieces, or worked time where none is finished yet."""
        if self.state == "cancel":
            return None
        if self.state == "done":
            return Progress(100.0, self.date_start, self.date_finished or self._get_fulfilled_on())
        made = self.qty_produced / self.qty_production * 100 if self.qty_production else 0.0
        begun = self.state == "progress" or made > 0
        return Progress(max(made, min(self.progress, 99.0)) if begun else 0.0, self.date_start if begun else None)
