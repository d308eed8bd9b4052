from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "project.plan.document.mixin", "project.plan.load.mixin"]

    _plan_rules = ("workorder",)
    _plan_project_paths = ("production_id.project_id",)
    _plan_fields = ("state", "qty_produced", "date_start", "date_finished")
    _load_fields = ("workcenter_id", "state", "date_start", "duration_expected", "duration", "qty_produced",
                    "blocked_by_workorder_ids", "plan_task_id")

    def _get_load_resources(self):
        """Its own work center, and those of the orders that may wait for it."""
        return self.production_id.workorder_ids.workcenter_id

    def _get_seconds_left(self):
        """Seconds of work that are left: of the pieces that are left, or less where much was worked on them already."""
        self.ensure_one()
        share = min(self.qty_produced / self.qty_production, 1.0) if self.qty_production else 0.0
        return max(round(60 * min(self.duration_expected * (1 - share), self.duration_expected - self.duration)), 0)

    def _get_plan_share(self):
        """How far the work order is: finished pieces, or worked time where none is finished yet."""
        if self.state == "cancel":
            return None
        if self.state == "done":
            return Progress(100.0, self.date_start, self.date_finished or self._get_fulfilled_on())
        made = self.qty_produced / self.qty_production * 100 if self.qty_production else 0.0
        begun = self.state == "progress" or made > 0
        return Progress(max(made, min(self.progress, 99.0)) if begun else 0.0, self.date_start if begun else None)
