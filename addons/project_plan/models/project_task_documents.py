from odoo import models

from ..tools.progress import Progress


class ProjectTask(models.Model):
    """Documents released to an item: it is done once they all are, and nothing is left in draft (PLN-11)."""

    _inherit = "project.task"

    def _get_release_progress(self):
        """See ``_get_document_progress``: of items that are done by the documents released to them."""
        tasks, progress = self.filtered(lambda task: task.done_rule == "release"), {}
        # sudo: the releases say it, whoever may read them
        releases = self.env["document.release"].sudo().search([
            ("res_model", "=", "project.task"), ("res_id", "in", tasks.ids), ("state", "!=", "cancelled"),
            ("replaced_by_id", "=", False)])
        for task_id, mine in releases.grouped("res_id").items():
            moments = [release.released_on for release in mine if release.released_on]
            finished = len(moments) == len(mine)
            progress[task_id] = Progress(
                percent=100 * len(moments) / len(mine), started=min(mine.mapped("create_date")),
                finished=max(moments) if finished else None,
                documents=tuple((mine._name, release.id) for release in mine))
        return progress
