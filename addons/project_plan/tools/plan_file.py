"""What a project file means for a plan of ours, and what it cannot mean."""
from datetime import datetime, timedelta

from odoo.addons.order_sla.kernel.worktime import instant
from odoo.addons.order_sla.tools.moments import to_datetime

from ..kernel import mspdi, network
from ..kernel.mspdi import Fault
from ..kernel.mspdi_read import parents
from .plan_network import HOUR
from .plan_times import PlanTimes

DEFAULT_HOURS = 8.0


class PlanFile:
    """Items and links that a file would make in a company, computed without writing anything.

    :ivar remarks: Fault, what is taken over otherwise or not at all
    """

    def __init__(self, env, plan, company):
        self.env, self.plan, self.company = env, plan, company
        times = PlanTimes(env["project.task"])
        self.time, self.zone = times.get_company_time(company), times.get_zone(company)
        self.remarks = list(plan.remarks)
        self.tasks = {task.uid: task for task in plan.tasks}
        self.parents = parents(plan.tasks)
        self._read_resources()
        self.hours = {task.uid: self._get_hours(task) for task in plan.tasks}
        self.items = {task.uid: self._prepare_item(task) for task in plan.tasks}
        self.links = self._prepare_links()
        self.links_in = {}
        for (source, target), vals in self.links.items():
            self.links_in.setdefault(target, []).append((self.tasks[source], vals))
        self._check_network()
        self.remarks.sort(key=lambda fault: fault.line or 0)

    @property
    def begin(self):
        """Beginning of the plan, naive UTC; the file's, else that of its first task."""
        starts = [task.start for task in self.plan.tasks if task.start]
        return self.moment(self.plan.start or min(starts, default=None))

    def moment(self, wall):
        """Naive UTC datetime of what the wall clock shows."""
        return to_datetime(instant(wall, self.zone)) if wall else False

    def _remark(self, task, code, value="", line=None):
        self.remarks.append(Fault(line or task.line, code, task.name, str(value)))

    def _worked(self, start, stop):
        return self.time.worked(instant(start, self.zone), instant(stop, self.zone))

    def _get_hours(self, task):
        """Working hours of a task."""
        seconds = task.duration
        if task.summary:
            return 0.0
        if seconds is None or task.elapsed and seconds:
            self._remark(task, "elapsed_duration" if task.elapsed else "no_duration")
            if task.start and task.finish:
                seconds = max(self._worked(task.start, task.finish), 0)
            elif task.elapsed and seconds:
                seconds = self._worked(task.start or datetime(2026, 1, 5), (task.start or datetime(2026, 1, 5))
                                       + timedelta(seconds=seconds))
            elif task.milestone:
                seconds = 0
            else:
                return DEFAULT_HOURS
        if task.milestone and seconds:
            self._remark(task, "long_milestone")
        return round(seconds / HOUR, 4)

    def _prepare_item(self, task):
        """Values of the item; its summary and its links come when it has an id."""
        vals = {"name": task.name, "duration_hours": self.hours[task.uid]}
        if not task.summary and not vals["duration_hours"]:
            vals["is_milestone"] = True
        if task.notes:
            vals["description"] = task.notes
        vals |= self._prepare_pin(task)
        if task.deadline:
            self._remark(task, "deadline", task.deadline)
        if task.calendar not in (None, self.plan.calendar):
            names = {calendar.uid: calendar.name for calendar in self.plan.calendars}
            self._remark(task, "task_calendar", names.get(task.calendar, task.calendar))
        if task.summary:
            return vals
        return vals | self.responsible.get(task.uid, {})

    def _prepare_pin(self, task):
        pin = {}
        if task.constraint in (mspdi.NOT_BEFORE, mspdi.MUST_START) and task.constraint_date:
            pin = {"pinned_start": self.moment(task.constraint_date)}
        if task.constraint not in (mspdi.AS_SOON, mspdi.NOT_BEFORE):
            self._remark(task, "constraint", task.constraint)
        if task.manual and task.start and not pin:
            self._remark(task, "manual")
            pin = {} if task.summary else {"pinned_start": self.moment(task.start)}
        return pin

    def get_progress(self, task):
        """What has happened to the item."""
        if task.summary or not (task.percent or task.actual_start or task.actual_finish):
            return {}
        finish = task.actual_finish or (task.finish if task.percent >= 100 else None)
        return {
            "plan_progress": 100.0 if finish else min(task.percent, 99.0),
            "actual_start": self.moment(task.actual_start or task.start or finish),
            "actual_finish": self.moment(finish),
        }

    def get_baseline(self, task):
        """Dates that were promised when the file's baseline was set."""
        if not task.baseline_finish:
            return {}
        return {"baseline_start": self.moment(task.baseline_start),
                "baseline_finish": self.moment(task.baseline_finish)}

    def _prepare_links(self):
        """Values of links by pair of uids (predecessor, successor)."""
        found = {}
        for task in self.plan.tasks:
            for link in task.links:
                pair = link.source, task.uid
                if pair in found:
                    self._remark(task, "link_twice", self.tasks[link.source].name, link.line)
                    continue
                found[pair] = {"kind": link.kind, "lag_hours": round(self._get_lag(link, task) / HOUR, 4)}
        return found

    def _get_lag(self, link, task):
        source = self.tasks[link.source]
        if link.percent is not None:
            self._remark(task, "percent_lag", f"{link.percent:g} %", link.line)
            return round(self.hours[source.uid] * HOUR * link.percent / 100)
        if not link.elapsed or not link.lag:
            return link.lag
        self._remark(task, "elapsed_lag", f"{link.lag / HOUR:g} h", link.line)
        end = source.start if link.kind[0] == "s" else source.finish
        end = end or self.plan.start or datetime(2026, 1, 5)
        return self._worked(end, end + timedelta(seconds=link.lag))

    def _read_resources(self):
        """Department and person of each task, by the names of its resources."""
        names = {name.casefold(): uid for uid, name in self.plan.resources.items()}
        companies = [("company_id", "in", [self.company.id, False])]
        departments = {uid: department for department in self.env["hr.department"].search(companies)
                       if (uid := names.get((department.name or "").casefold()))}
        # sudo: employees are hidden from most users; who stands in the file by name is known to its owner
        employees = {uid: employee for employee in self.env["hr.employee"].sudo().search(companies)
                     if (uid := names.get((employee.name or "").casefold()))}
        self.responsible = {}
        for task, resource in self.plan.assignments:
            vals = self.responsible.setdefault(task, {})
            if resource in departments:
                vals["plan_department_id"] = departments[resource].id
            elif resource in employees:
                vals.setdefault("plan_department_id", employees[resource].department_id.id)
                vals["plan_user_id"] = employees[resource].user_id.id
        used = {resource for _task, resource in self.plan.assignments}
        self.remarks += [Fault(None, "resource", name) for uid, name in self.plan.resources.items()
                         if uid in used and uid not in departments and uid not in employees]

    def _check_network(self):
        """:raise BadFile: the tasks wait for each other"""
        items = [network.Item(task.uid, task.name, round(self.hours[task.uid] * HOUR), parent=self.parents[task.uid])
                 for task in self.plan.tasks]
        links = [network.Link(*pair, vals["kind"]) for pair, vals in self.links.items()]
        try:
            network.schedule(items, links, 0)
        except network.Circular as error:
            tasks = [self.tasks[key] for key in error.keys]
            raise mspdi.BadFile([Fault(tasks[0].line, "circular", value=" → ".join(
                task.name for task in [*tasks, tasks[0]]))]) from None
