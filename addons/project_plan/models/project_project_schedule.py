from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.order_sla.kernel.worktime import WorkTime
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..kernel import network
from ..tools.plan_network import HOUR, Network, Simulation
from ..tools.plan_times import PlanTimes
from .project_task_schedule import READ


class ProjectProject(models.Model):
    """Scheduling of master plans: kernel in, dates out (PLN-3)."""

    _inherit = "project.project"

    def _plan_changed(self):
        """Something that dates follow from has changed.

        They are computed now, or once before the transaction ends where the caller goes on changing things (context
        key ``plan_later``).
        """
        plans = self.exists().filtered("is_plan")
        if self.env.context.get("plan_later"):
            plans._reschedule_later()
        else:
            plans._reschedule()

    def _reschedule_later(self):
        """Reschedule once before the transaction ends."""
        if not self:
            return
        data = self.env.cr.precommit.data
        if "project_plan.changed" not in data:
            data["project_plan.changed"] = set()
            # sudo: dates follow whoever changed something
            self.env.cr.precommit.add(self.env["project.project"].sudo()._reschedule_noted)
        data["project_plan.changed"].update(self.ids)

    @api.model
    def _reschedule_noted(self):
        noted = self.env.cr.precommit.data.pop("project_plan.changed", ())
        self.browse(noted).exists()._reschedule()

    def _reschedule(self):
        """Compute the dates of all items anew: planned, forecast, latest, floats, critical path.

        Constant number of queries; rows that stay as they are are not written. Plans that are done or cancelled stay.

        :raise ValidationError: items wait for each other; they are named
        """
        # sudo: dates follow from all items, whoever may see them
        plans = self.sudo().filtered(lambda plan: plan.is_plan and plan.plan_state in ("draft", "released"))
        self.env.cr.precommit.data.get("project_plan.changed", set()).difference_update(self.ids)
        self._load_changed()
        if not plans:
            return
        plans._lock()  # two items of a plan may move at once: the second starts again on what the first did
        net, released = plans._read_network(), plans._read_released()
        rows, now = {}, to_moment(fields.Datetime.now())
        for plan in plans:
            part = net.of_plan(plan)
            planned, forecast = plan._run(part), plan._run(part, now)
            found = part.tasks._get_scheduled_rows(planned, forecast, part.times)
            plan._write_outcome(part, found, planned.finish, forecast.finish, released.get(plan.id, {}))
            rows |= found
        net.tasks._write_scheduled(rows)

    def _simulate(self, changes):
        """The forecast as it would be with other values of items; nothing is written.

        :param changes: ``{task id: {field: value}}`` with ``duration_hours``, ``remaining_hours``, ``pinned_start``
        :return: Simulation
        """
        self.ensure_one()
        plan = self.sudo()  # sudo: see _reschedule
        net = plan._read_network()
        schedule = plan._run(net, to_moment(fields.Datetime.now()), changes)
        return Simulation(schedule, {task.id: task.name for task in net.tasks}, plan._get_promised_moment(net.times))

    def _read_network(self):
        """Items, links and working times of these plans, in a constant number of queries."""
        tasks = self.env["project.task"].search_fetch(
            [("project_id", "in", self.ids), ("is_plan_item", "=", True), ("state", "!=", "1_canceled")], READ,
            order="project_id, sequence, id")
        known = set(tasks.ids)
        links = {plan.id: [] for plan in self}
        for link in self.env["project.task.link"].search_fetch(
                [("project_id", "in", self.ids)],
                ["project_id", "predecessor_id", "successor_id", "kind", "lag_hours"]):
            source, target = link.predecessor_id.id, link.successor_id.id
            if source in known and target in known:
                links[link.project_id.id].append(network.Link(source, target, link.kind, round(link.lag_hours * HOUR)))
        return Network(tasks, links, PlanTimes(tasks))

    def _read_released(self):
        """What the departments were told, by plan and item: see ``_get_signature`` of an item."""
        released = {}
        for line in self.env["project.plan.baseline.line"].search_fetch(
                [("baseline_id", "in", self.baseline_id.ids), ("change", "!=", "removed")],
                ["project_id", "task_id", "planned_start", "planned_finish", "department_id", "user_id"]):
            key = line.task_id.id or f"deleted {line.id}"
            released.setdefault(line.project_id.id, {})[key] = line._get_signature()
        return released

    def _run(self, net, now=None, changes=None):
        """Run the kernel over one plan: as planned without a ``now``, as forecast with it.

        :raise ValidationError: items wait for each other; they are named
        :raise UserError: durations that no calendar has the time for
        """
        self.ensure_one()
        begin = to_moment(self.plan_begin or self.create_date)
        items = [task._get_kernel_item(net, now, (changes or {}).get(task.id, {})) for task in net.tasks]
        try:
            return network.schedule(
                items, net.links[self.id], begin, now=now, promised=self._get_promised_moment(net.times))
        except network.Circular as error:
            names = {task.id: task.name for task in net.tasks}
            raise ValidationError(self.env._(
                "These items of \"%(plan)s\" wait for each other: %(items)s. Remove one of the links.", plan=self.name,
                items=" → ".join(names[key] for key in [*error.keys, error.keys[0]]))) from error
        except network.BadItem as error:
            raise UserError(self.env._(
                "\"%(item)s\" of \"%(plan)s\" cannot be scheduled: within %(years)s years there is not enough working "
                "time for it. Look at its duration, and at the working hours of its person and department.",
                item=net.tasks.browse(error.key).name, plan=self.name, years=WorkTime.HORIZON)) from error

    def _write_outcome(self, net, rows, planned_finish, forecast_finish, released):
        """Write what the schedule means for the plan itself, as far as that has changed."""
        self.ensure_one()
        promised, time = self._get_promised_moment(net.times), net.times.get_company_time(self.company_id)
        finish = forecast_finish if net.tasks else None
        signatures = {task.id: task._get_signature(rows[task.id]) for task in net.tasks}
        vals = {
            "planned_finish": to_datetime(planned_finish if net.tasks else None),
            "forecast_finish": to_datetime(finish),
            "slack_days": round(time.worked(finish, promised) / time.day_seconds, 2) if finish and promised else 0.0,
            "is_delayed": bool(finish and promised and finish > promised),
            "plan_progress": net.tasks._get_overall_progress(rows),
            "has_unreleased_changes": bool(self.baseline_id) and signatures != released,
        }
        changed = {name: value for name, value in vals.items() if value != self[name]}
        if changed:
            self.write(changed)

    def _get_promised_moment(self, times):
        """End of work on the promised date; None where there is none."""
        if not self.promised_date:
            return None
        time = times.get_company_time(self.company_id)
        return time.close_of_work(self.promised_date.toordinal(), times.get_zone(self.company_id))

    def _check_no_circle(self):
        """:raise ValidationError: items of one of the plans wait for each other; they are named"""
        plans = self.sudo().filtered("is_plan")  # sudo: see _reschedule
        net = plans._read_network()
        for plan in plans:
            plan._run(net.of_plan(plan))

    @api.model
    def _cron_reschedule(self):
        """Time passes: what should have begun and has not moves the forecast (PLN-6).

        A plan that somebody moves at this moment is scheduled by him.
        """
        cron = self.env["ir.cron"]
        plans = self.search([("is_plan", "=", True), ("plan_state", "in", ("draft", "released"))])
        cron._commit_progress(remaining=len(plans))
        for plan in plans:
            plan = plan.with_context(lang=plan.company_id.partner_id.lang or self.env.lang)  # noqa: PLW2901 - its words
            try:
                plan._reschedule()
                self.env.flush_all()
            except (UserError, ValidationError) as error:
                plan._message_log(body=str(error))
            except OperationalError as error:
                if error.pgcode not in PG_CONCURRENCY_ERRORS_TO_RETRY:
                    raise
                self.env.cr.rollback()
            cron._commit_progress(1)
