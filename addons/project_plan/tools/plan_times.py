"""Which working time the items of plans count by."""
from functools import partial

from pytz import timezone

from odoo.addons.order_sla.kernel.layout import end_of_time_off, without
from odoo.addons.order_sla.kernel.worktime import ElapsedTable, NoWorkingTime, WorkTable, WorkTime
from odoo.addons.order_sla.tools.moments import to_moment


class PlanTimes:
    """Working time of items, looked up at once (constant number of queries).

    The person's calendar counts, else that of the department, else that of the company; a person's time off is no
    working time for what that person must do, and for nobody else. Where there is no calendar, or one without working
    time, clock time is counted: a plan must not lose its dates.
    """

    def __init__(self, tasks):
        # sudo: employees and their hours are hidden from most users; what a plan shows of them is a date
        self._tasks = tasks.sudo()
        self.env = self._tasks.env
        self._memo = {}
        self._employees = self._read_employees()
        self._leaves = self._read_leaves()

    def get_calendar(self, task):
        """Calendar that the item counts by; empty where not even the company has one."""
        task = task.sudo()  # sudo: see above
        company = self.get_company(task)
        employee = self.get_employee(task)
        return (employee.resource_calendar_id or task.plan_department_id.resource_calendar_id
                or company.resource_calendar_id)

    def get_time(self, task):
        """Working time of the item: WorkTime or ElapsedTable."""
        return self._get_time(self.get_calendar(task), self.get_company(task), self.get_employee(task))

    def _get_time(self, calendar, company, employee):
        leaves = self._leaves.get(employee.resource_id.id, ())
        key = calendar.id, company.id, employee.id if leaves else 0
        if key not in self._memo:
            self._memo[key] = self._make_time(calendar, company, leaves)
        return self._memo[key]

    def get_company_time(self, company):
        """Working time of the company itself."""
        company = company.sudo()  # sudo: see above
        calendar = company.resource_calendar_id
        key = calendar.id, company.id, 0
        if key not in self._memo:
            self._memo[key] = self._make_time(calendar, company, ())
        return self._memo[key]

    def get_zone(self, company):
        """Time zone in which the company's dates begin and end."""
        return company._get_zone()

    def get_company(self, task):
        """Company whose holidays count for the item."""
        return task.project_id.company_id or task.company_id or self.env.company

    def get_employee(self, task):
        """The person as employee of the company; empty for who has left."""
        return self._employees.get((task.plan_user_id.id, self.get_company(task).id), self.env["hr.employee"])

    def _read_employees(self):
        users = self._tasks.plan_user_id.filtered("active")
        employees = self.env["hr.employee"].search([("user_id", "in", users.ids)]) if users else ()
        return {(employee.user_id.id, employee.company_id.id): employee for employee in employees}

    def _read_leaves(self):
        resources = self.env["resource.resource"].concat(
            *(employee.resource_id for employee in self._employees.values()))
        leaves = {}
        if resources:
            for leave in self.env["resource.calendar.leaves"].search_fetch(
                    [("resource_id", "in", resources.ids), ("time_type", "=", "leave")],
                    ["resource_id", "date_from", "date_to"]):
                leaves.setdefault(leave.resource_id.id, []).append((leave.date_from, leave.date_to))
        return leaves

    def _make_time(self, calendar, company, leaves):
        if not calendar:
            return ElapsedTable()
        time = calendar._sla_work_time(company)
        if leaves:
            zone = timezone(calendar.tz)
            holes = [(to_moment(start), end_of_time_off(to_moment(stop), zone)) for start, stop in leaves]
            time = WorkTime(partial(_load_without, calendar, company, holes), time.day_seconds)
        try:
            time.advance(to_moment(self.env.cr.now().replace(microsecond=0)), 1)
        except NoWorkingTime:
            return ElapsedTable()
        return time


def _load_without(calendar, company, holes, first_year, last_year):
    """Working intervals of a calendar less the time off of one person."""
    table = calendar._sla_work_table(company.id, first_year, last_year)
    holes = [(start, min(stop, table.last)) for start, stop in holes]
    intervals = without(list(zip(table.starts, table.stops, strict=True)), holes)
    return WorkTable(intervals, table.first, table.last)
