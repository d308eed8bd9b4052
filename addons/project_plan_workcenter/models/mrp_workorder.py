from odoo import models


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "project.plan.load.mixin"]

    _load_fields = ("workcenter_id", "state", "date_start", "duration_expected", "duration", "qty_produced",
                    "blocked_by_workorder_ids", "plan_task_id")

    def _get_seconds_left(self):
        """Seconds of work that are left: of the pieces that are left, or less where much was worked on them already."""
        self.ensure_one()
        share = min(self.qty_produced / self.qty_production, 1.0) if self.qty_production else 0.0
        return max(round(60 * min(self.duration_expected * (1 - share), self.duration_expected - self.duration)), 0)
