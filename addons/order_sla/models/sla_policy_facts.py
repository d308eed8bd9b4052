from odoo import models

from ..tools.moments import to_datetime
from ..tools.times import anchor_moment


class SlaPolicy(models.Model):
    """What a policy reads from a record: who answers, by which calendar, from when, for how long."""
    _inherit = "sla.policy"

    def _get_facts(self, record, started_at, times):
        """Values of the clock that follow from the record as it is now (SLA-1).

        :param record: the watched record, with the rights of the system
        :param started_at: naive UTC datetime of the clock's start
        :param times: Times
        :return: (values of the clock, notes): notes are pairs (reason, args) for the history
        """
        company = self._get_company(record)
        user, department, notes = self._get_responsible(record, company)
        calendar = department.resource_calendar_id or company.resource_calendar_id
        anchor_at, limit_value = started_at, self.limit_value
        if self.anchor != "start":
            value = self._follow(record, self.anchor_field)
            moment, reason = times.ask(self, calendar, company, lambda time, tz: anchor_moment(value, time, tz))
            anchor_at = to_datetime(moment)
            if not anchor_at:
                notes.append(("no_anchor", {"field": self.anchor_field}))
        if self.limit_source == "field":
            limit_value = int(self._follow(record, self.limit_field) or 0)
            if limit_value <= 0 and self.anchor == "start":
                limit_value = None
                notes.append(("no_limit", {"field": self.limit_field}))
        return {
            "company_id": company.id,
            "user_id": user.id,
            "department_id": department.id,
            "calendar_id": calendar.id,
            "anchor_at": anchor_at,
            "limit_value": limit_value or 0,
            "has_limit": limit_value is not None,
        }, notes

    def _get_company(self, record):
        company = record.company_id if "company_id" in record._fields else record.env["res.company"]
        return company or self.company_id or self.env.company

    def _get_responsible(self, record, company):
        """Who answers for the record, and the department whose managers the clock escalates to.

        An archived user is replaced by the department's manager, and the history says so.
        :return: (res.users, hr.department, notes)
        """
        user, employee, notes = self.env["res.users"], self.env["hr.employee"], []
        if self.responsible_kind == "user":
            user = self.user_id
        elif self.responsible_kind == "field":
            found = self._follow(record, self.responsible_field)
            if found and found._name == "hr.employee":
                employee, user = found, found.user_id
            elif found:
                user = found
        department = self._get_department(record, company, user, employee)
        if self.responsible_kind == "department":
            return *self._get_manager(department, notes), notes
        if user and not user.active:
            manager, _department = self._get_manager(department, [], but=user)
            notes.append(("archived_user", {"user": user.name, "to": manager.name or ""}))
            user = manager
        elif not user and self.responsible_kind == "field":
            user, _department = self._get_manager(department, [])
            notes.append(("no_responsible", {"field": self.responsible_field, "to": user.name or ""}))
        return user, department, notes

    def _get_department(self, record, company, user, employee):
        department = self._follow(record, self.department_field) or self.department_id
        if department:
            return department
        if not employee and user:
            employees = user.employee_ids
            employee = employees.filtered(lambda one: one.company_id == company)[:1] or employees[:1]
        return employee.department_id or self.env["hr.department"]

    def _get_manager(self, department, notes, but=None):
        """First manager that can be reached from the department upwards, and the department itself."""
        skipped = []
        for level, user in department._sla_managers():
            if user and user != but:
                if skipped:
                    notes.append(("no_manager", {"departments": ", ".join(skipped), "to": user.name}))
                return user, department
            skipped.append(level.name)
        user = department.company_id.sla_general_manager_id
        user = user if user.active else user.browse()
        notes.append(("no_manager", {"departments": ", ".join(skipped), "to": user.name or ""}))
        return user, department

    def _follow(self, record, path):
        """Value at the end of a dotted path; the first record where a step holds several, False where it breaks."""
        value = record
        for name in (path or "").split("."):
            if not name or not isinstance(value, models.BaseModel) or name not in value._fields:
                return False
            value = value[:1][name] if value else False
        return value[:1] if isinstance(value, models.BaseModel) else value
