from odoo import models
from odoo.tools import html2plaintext

from ..kernel import mspdi
from ..kernel.mspdi import FileTask
from ..tools.plan_network import HOUR


class ProjectTask(models.Model):
    """An item in a file of Microsoft Project."""

    _inherit = "project.task"

    def _get_outline(self):
        """Pairs (item, level) in the order of an outline: each summary before its parts."""
        parts = self.grouped("parent_id")
        tops = self.filtered(lambda item: item.parent_id not in self)
        outline, waiting = [], [(item, 1) for item in reversed(tops)]
        while waiting:
            item, level = waiting.pop()
            outline.append((item, level))
            waiting += [(part, level + 1) for part in reversed(parts.get(item, ()))]
        return outline

    def _prepare_file_task(self, level, zone, summary, links, calendar):
        """The item as a task of a file; a summary's dates follow from its parts there too."""
        self.ensure_one()

        def wall(name):
            return zone.fromutc(self[name]).replace(tzinfo=None) if self[name] else None

        own = not summary
        return FileTask(
            self.id, self.name, level, own and self.is_milestone, summary, wall("planned_start"),
            wall("planned_finish"),
            (0 if self.is_milestone else round(self.duration_hours * HOUR)) if own else None, False,
            round(self.plan_progress), wall("actual_start"), wall("actual_finish"),
            mspdi.NOT_BEFORE if self.pinned_start else mspdi.AS_SOON, wall("pinned_start"),
            baseline_start=wall("baseline_start"), baseline_finish=wall("baseline_finish"),
            calendar=calendar if own else None, notes=html2plaintext(self.description or ""),
            critical=self.is_critical, links=links)
