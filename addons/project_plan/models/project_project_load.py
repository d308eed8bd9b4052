from odoo import models


class ProjectProject(models.Model):
    """A plan that moves lays its load on other weeks (PLN-3)."""

    _inherit = "project.project"

    def _load_changed(self):
        """The load of the departments of these plans is computed anew before the transaction ends."""
        # sudo: loads follow from all items, whoever may see them
        groups = self.env["project.task"].sudo().with_context(active_test=False)._read_group(
            [("project_id", "in", self.ids), ("plan_department_id", "!=", False)], ["plan_department_id"])
        departments = self.env["hr.department"].concat(*(department for (department,) in groups))
        self.env["project.plan.load"]._refresh_later(departments)
