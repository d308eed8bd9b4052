from odoo import fields, models

from odoo.addons.order_sla.tools.moments import to_datetime

from ..tools.plan_network import HOUR
from ..tools.plan_times import PlanTimes


class ProjectPlanOption(models.Model):
    """What an option would bring, by the kernel, and what it writes into the plan once it was decided (PLN-4)."""

    _inherit = "project.plan.option"

    def _compute_effect(self):
        """Compute the effect by the plan as it stands; nothing of the plan is written."""
        for option in self.filtered("project_id.is_plan"):
            option._write_signed(option._prepare_effect())

    def _prepare_effect(self):
        self.ensure_one()
        plan = self.project_id.sudo()  # sudo: dates follow from all items, whoever may see them
        without, simulation = plan._simulate({}), plan._simulate(self._get_changes())
        former, finish = without.schedule.finish, simulation.schedule.finish
        times = PlanTimes(self.env["project.task"])
        time, zone = times.get_company_time(plan.company_id), times.get_zone(plan.company_id)
        promised = simulation.promised
        if self.kind == "date" and self.new_date:
            promised = time.close_of_work(self.new_date.toordinal(), zone)
        known = finish is not None
        return {
            "finish_without": to_datetime(former), "finish_with": to_datetime(finish),
            "days_gained": round(time.worked(finish, former) / time.day_seconds, 1) if known else 0,
            "slack_after": round(time.worked(finish, promised) / time.day_seconds, 1) if known and promised else 0,
            "keeps_date": bool(known and promised and finish <= promised),
            "computed_on": fields.Datetime.now(),
        }

    def _get_changes(self):
        """Values of items under this option: ``{task id: {field: value}}``."""
        if self.kind == "date":
            return {}
        tasks = self.item_ids.sudo().filtered(lambda task: not task.actual_finish and not task.is_milestone)
        times = PlanTimes(tasks)
        return {task.id: {"duration_hours": task.duration_hours - task.remaining_hours + self._get_hours(task, times)}
                for task in tasks}

    def _get_hours(self, task, times):
        """Working hours that what is left of the item takes under this option."""
        day = times.get_time(task).day_seconds / HOUR
        if self.kind == "overtime":
            return task.remaining_hours * day / (day + self.overtime_hours)
        return self.outsourced_days * day if self.outsourced_days else task.remaining_hours

    def _apply(self):
        """Write it into the plan, in the name of who carries it out."""
        self.ensure_one()
        if self.kind == "date":
            self.project_id.promised_date = self.new_date
            return
        for task_id, vals in self._get_changes().items():
            self.env["project.task"].browse(task_id).with_context(plan_later=True).write(vals)
        self.project_id._reschedule()
