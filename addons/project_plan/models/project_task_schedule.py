from odoo import fields, models

from odoo.addons.order_sla.tools.moments import to_datetime, to_moment
from odoo.addons.order_sla.tools.rows import update_rows

from ..kernel import network
from ..tools.plan_network import HOUR

#: Moments that a schedule writes.
MOMENTS = ("planned_start", "planned_finish", "forecast_start", "forecast_finish", "latest_finish", "actual_start",
           "actual_finish")
#: All that it writes.
COLUMNS = (*MOMENTS, "total_float_hours", "free_float_hours", "plan_progress", "is_critical", "is_item_late")
#: What it reads.
READ = ("name", "project_id", "company_id", "parent_id", "plan_user_id", "plan_department_id", "duration_hours",
        "remaining_hours", "pinned_start", "is_milestone", "state", "baseline_finish", *COLUMNS)


class ProjectTask(models.Model):
    """The part of scheduling that one item knows: into the kernel, and out of it."""

    _inherit = "project.task"

    def _get_kernel_item(self, net, now, change):
        """The item as the kernel wants it; what happened is left out where the plan is asked for (no ``now``)."""
        def value(name):
            return change.get(name, self[name])

        happened = {} if now is None else {
            "actual_start": to_moment(self.actual_start), "actual_finish": to_moment(self.actual_finish),
            "remaining": round(self._get_remaining(change) * HOUR) if self.actual_start else None}
        return network.Item(
            self.id, self.name, 0 if self.is_milestone else round(value("duration_hours") * HOUR),
            net.times.get_time(self), not_before=to_moment(value("pinned_start")),
            parent=self.parent_id.id if self.parent_id in net.tasks else None, **happened)

    def _get_remaining(self, change):
        if "remaining_hours" in change:
            return change["remaining_hours"]
        return max(self.remaining_hours + change.get("duration_hours", self.duration_hours) - self.duration_hours, 0)

    def _get_scheduled_rows(self, planned, forecast, times):
        """What the schedules say of these items of one plan: ``{task id: values}``, parts before their summary."""
        parts = self.grouped("parent_id")
        rows = {}
        for task in reversed(self._in_tree_order()):
            vals = task._get_scheduled_vals(planned.plans[task.id], forecast.plans[task.id])
            if task in parts:
                vals |= parts[task]._get_summary_vals(rows)
            vals["is_item_late"] = task._is_late(vals, times)
            rows[task.id] = vals
        return rows

    def _in_tree_order(self):
        """Summaries before their parts."""
        known, depth = set(self.ids), {}

        def level(task):
            if task.id not in depth:
                depth[task.id] = level(task.parent_id) + 1 if task.parent_id.id in known else 0
            return depth[task.id]

        return self.sorted(level)

    def _get_scheduled_vals(self, planned, forecast):
        return {
            "planned_start": to_datetime(planned.start), "planned_finish": to_datetime(planned.finish),
            "forecast_start": to_datetime(forecast.start), "forecast_finish": to_datetime(forecast.finish),
            "latest_finish": to_datetime(forecast.latest_finish),
            "total_float_hours": round(forecast.total_float / HOUR, 2),
            "free_float_hours": round(forecast.free_float / HOUR, 2),
            "is_critical": bool(forecast.critical) and not self.actual_finish,
            "plan_progress": self.plan_progress, "actual_start": self.actual_start, "actual_finish": self.actual_finish,
        }

    def _get_summary_vals(self, rows):
        """Progress and actual dates of what these items are the parts of."""
        starts, finishes = (
            [rows[part.id][name] for part in self if rows[part.id][name]] for name in ("actual_start", "actual_finish"))
        return {
            "plan_progress": self._get_overall_progress(rows), "actual_start": min(starts, default=False),
            "actual_finish": max(finishes) if len(finishes) == len(self) else False,
        }

    def _get_overall_progress(self, rows):
        """Progress of these items together, by their durations; their parts count through them."""
        tops = self.filtered(lambda task: task.parent_id not in self)
        weights = tops.mapped("duration_hours")
        weights = weights if any(weights) else [1] * len(tops)
        done = sum(rows[task.id]["plan_progress"] * weight for task, weight in zip(tops, weights, strict=True))
        return round(done / sum(weights), 2) if tops else 0.0

    def _is_late(self, vals, times):
        """Whether the forecast ends on a later date than was released; before a release, than is planned."""
        told, forecast = self.baseline_finish or vals["planned_finish"], vals["forecast_finish"]
        if vals["actual_finish"] or not told or not forecast:
            return False
        local = self.with_context(tz=str(times.get_zone(times.get_company(self))))
        return fields.Datetime.context_timestamp(local, forecast).date() > fields.Datetime.context_timestamp(
            local, told).date()

    def _get_signature(self, vals):
        """What departments are told of an item; where it differs from the last release, the plan has changed."""
        return vals["planned_start"], vals["planned_finish"], self.plan_department_id.id, self.plan_user_id.id

    def _write_scheduled(self, rows):
        """Write what has changed, in one statement however many items; clocks that watch these fields follow.

        No tracking and no notification: dates that follow from others are history of the release, not of each item.
        """
        changed = {}
        for task in self:
            names = {name for name in COLUMNS if rows[task.id][name] != task[name]}
            if names:
                changed[task] = names
        if not changed:
            return
        tasks = self.browse(task.id for task in changed)
        update_rows(self, {task: {name: rows[task.id][name] for name in COLUMNS} for task in tasks})
        names = set().union(*changed.values())
        tasks.modified(names)
        watched = self.env["sla.policy"]._watch_map().get(self._name)
        if seen := names.intersection(watched.fields if watched else ()):
            tasks._sla_evaluate_later(seen)
