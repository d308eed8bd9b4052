from odoo import models

from odoo.addons.project_plan.tools.progress import Progress


class QualityInspection(models.Model):
    _name = "quality.inspection"
    _inherit = ["quality.inspection", "project.plan.document.mixin"]

    _plan_rules = ("inspection",)
    _plan_project_paths = (
        "production_id.project_id", "picking_id.project_id", "purchase_line_id.order_id.project_id",
        "root_id.production_id.project_id", "root_id.picking_id.project_id")
    _plan_fields = ("state", "verdict", "started_at")

    def _get_plan_share(self):
        """Passed is accepted or conceded; a rejected lot stays open until a re-inspection or a new lot passes."""
        if self.state == "cancelled" or (self.verdict == "reject" and self.child_ids):
            return None
        begun = self.started_at or self.done_at
        if self.state == "done" and self.verdict != "reject":
            return Progress(100.0, begun, self.done_at or self._get_fulfilled_on())
        return Progress(50.0 if begun else 0.0, begun or None)
