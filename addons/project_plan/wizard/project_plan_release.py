from odoo import fields, models


class ProjectPlanRelease(models.TransientModel):
    """Releasing a changed plan: the departments are told why, and what is new to them (PLN-7)."""

    _name = "project.plan.release"
    _description = "Release Plan"

    project_id = fields.Many2one(
        "project.project", string="Plan", required=True, ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"))
    reason = fields.Text(required=True)

    def action_release(self):
        """Release the plan with the reason."""
        self.ensure_one()
        self.project_id._release_plan(reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
