from odoo import models


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _settle_warnings(self):
        super()._settle_warnings()
        self._settle_unshipped()

    def _settle_unshipped(self):
        """Once an order is delivered, or nobody works by its plan any more, nobody is asked when it is shipped."""
        papers = self.env["project.plan.unshipped"].sudo().search(  # sudo: follows from the plan, whoever moved it
            [("project_id", "in", self.ids), ("state", "!=", "shipped")])
        over = self.filtered(lambda plan: plan.plan_state != "released" or plan._is_all_done()) if papers else self
        papers.filtered(lambda paper: paper.project_id in over)._settle()

    def _is_all_done(self):
        return all(item.is_closed for item in self._get_plan_items() if not item.child_ids)
