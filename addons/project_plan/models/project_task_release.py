from odoo import models


class ProjectTask(models.Model):
    """What an item was like when it was released, against the former release (PLN-7)."""

    _inherit = "project.task"

    def _prepare_baseline_lines(self, former):
        """Values of the lines of a new revision.

        :param former: project.plan.baseline, the last one; empty for the first release
        """
        before = {line.task_id.id or f"deleted {line.id}": line for line in former.line_ids
                  if line.change != "removed"}
        lines = [task._prepare_baseline_line(number, before.pop(task.id, None))
                 for number, task in enumerate(self, start=1)]
        return lines + [line._prepare_removed_line() for line in before.values()]

    def _prepare_baseline_line(self, number, former):
        self.ensure_one()
        now = self._get_signature({"planned_start": self.planned_start, "planned_finish": self.planned_finish})
        change = "added" if former is None else "unchanged" if now == former._get_signature() else "moved"
        return {
            "sequence": number, "task_id": self.id, "name": self.name, "department_id": self.plan_department_id.id,
            "user_id": self.plan_user_id.id, "duration_hours": self.duration_hours,
            "planned_start": self.planned_start, "planned_finish": self.planned_finish, "change": change,
            "former_start": former.planned_start if former else False,
            "former_finish": former.planned_finish if former else False,
        }
