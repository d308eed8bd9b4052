"""Working time of people, for what a department can do."""
from .plan_times import PlanTimes


class PeopleTimes(PlanTimes):
    """Working time of employees, by the rules that count for their items (constant number of queries)."""

    def __init__(self, employees):
        self._people = employees
        super().__init__(employees.env["project.task"])

    def get_person_time(self, employee, company):
        """Working time of an employee: the own hours, else the department's, else the company's; less time off."""
        calendar = (employee.resource_calendar_id or employee.department_id.resource_calendar_id
                    or company.resource_calendar_id)
        return self._get_time(calendar, company, employee)

    def _read_employees(self):
        return {employee.id: employee for employee in self._people}
