from odoo import api, models
from odoo.fields import Domain

from ..tools.progress import Progress


class DocumentRelease(models.Model):
    """A release on an item of a plan tells its progress: done once all are released, and none is left in draft."""

    _name = "document.release"
    _inherit = ["document.release", "project.plan.document.mixin"]

    _plan_rules = ("release",)
    _plan_project_paths = ()  # it belongs to the item itself
    _plan_fields = ("state", "released_on", "replaced_by_id")

    def _get_plan_project(self):
        return self.plan_task_id.project_id

    def _get_plan_share(self):
        """A release counts from its draft on; one that is cancelled or replaced does not count."""
        if self.state == "cancelled" or self.replaced_by_id:
            return None
        if self.released_on:
            return Progress(100.0, self.create_date, self.released_on)
        return Progress(0.0, self.create_date)

    @api.depends("res_model", "res_id")
    def _compute_plan_task_id(self):
        ids = {release.res_id for release in self if release.res_model == "project.task"}
        items = self.env["project.task"].browse(ids).exists().filtered(
            lambda task: task.is_plan_item and task.done_rule in self._plan_rules)
        for release in self:
            release.plan_task_id = release.res_model == "project.task" and items.filtered(
                lambda task, release=release: task.id == release.res_id)

    @api.model
    def _get_unassigned_domain(self, items):
        return Domain("res_model", "=", "project.task") & Domain("res_id", "in", items.ids)
