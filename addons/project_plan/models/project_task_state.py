from odoo import models


class ProjectTask(models.Model):
    """States of long chains of items, and what their clocks call them."""

    _inherit = "project.task"

    def _compute_state(self):
        # Odoo asks each task for the state of its predecessors, one call inside the other: a chain of some ninety
        # items that are linked at once is too deep for Python. So the first ones are asked first.
        for task in self._get_waiting_predecessors():
            task.state  # noqa: B018 - computes it
        return super()._compute_state()

    def _get_waiting_predecessors(self):
        """All that these tasks wait for, directly or not, and whose state is to be computed; the first ones first."""
        field, order, seen = self._fields["state"], [], set()
        waiting = [(task, False) for task in self]
        while waiting:
            task, below = waiting.pop()
            if below:
                order.append(task)
            elif task not in seen:
                seen.add(task)
                waiting.append((task, True))
                tasks = task.depend_on_ids
                waiting += [(other, False) for other in tasks - self.env.not_to_compute(field, tasks)]
        return [task for task in order if task not in self]

    def _get_clock_name(self):
        name = super()._get_clock_name()
        return f"{self.project_id.display_name}: {name}" if self.is_plan_item else name
