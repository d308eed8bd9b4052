from odoo import api, models


class DocumentRelease(models.Model):
    _inherit = "document.release"

    @api.model_create_multi
    def create(self, vals_list):
        releases = super().create(vals_list)
        releases._documents_moved()
        return releases

    def unlink(self):
        tasks = self._get_plan_items()
        result = super().unlink()
        tasks._documents_changed()
        return result

    def _documents_moved(self):
        """Releases that belong to an item of a plan tell its progress (PLN-11)."""
        result = super()._documents_moved()
        self._get_plan_items()._documents_changed()
        return result

    def _get_plan_items(self):
        """Items of plans that these releases belong to."""
        # sudo: the releases say it, whoever moved them
        tasks = self.env["project.task"].sudo().browse(
            {release.res_id for release in self.sudo() if release.res_model == "project.task"})
        return tasks.exists().filtered("is_plan_item")
