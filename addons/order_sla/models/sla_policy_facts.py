from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, ormcache

from ..kernel import limits
from ..tools.moments import to_datetime
from ..tools.times import anchor_moment

RULE = ("time_kind", "anchor", "anchor_field", "limit_source", "limit_field", "limit_value", "limit_unit",
        "responsible_kind", "responsible_field", "department_field")
RULE_IDS = ("company_id", "user_id", "department_id")
MISSING = object()


class SlaPolicy(models.Model):
    """What a policy reads from a record: who answers, by which calendar, from when, for how long."""
    _inherit = "sla.policy"

    @ormcache("self.id", cache="stable")
    def _get_rule(self):
        """What of the policy every clock is counted by, in plain values: thousands of clocks ask for it.

        Cached until a policy or a step changes, so that whoever writes a document does not read the rules for it.

        :return: namespace with the policy's own names, ids of records, ``steps`` being tuples (id, offset, unit,
            timing)
        """
        return SimpleNamespace(
            id=self.id, **{name: self[name] for name in RULE}, **{name: self[name].id for name in RULE_IDS},
            steps=[(step.id, step.offset, step.unit, step.timing) for step in self.step_ids])

    def _get_facts(self, record, started_at, times):
        """Values of the clock that follow from the record as it is now (SLA-1).

        :param record: the watched record, with the rights of the system
        :param started_at: naive UTC datetime of the clock's start
        :param times: Times
        :return: (values of the clock, notes): notes are pairs (reason, args) for the history
        """
        rule = times.get_rule(self)
        key = times.facts_keys.get(rule.id, {}).get(record.id) or self._get_facts_keys(record)[record.id]
        common, notes = times.once(("facts", rule.id, *key), lambda: self._get_common_facts(record, times))
        facts, notes = {**common, "anchor_at": started_at}, list(notes)
        if rule.anchor != "start":
            facts["anchor_at"] = self._get_anchor(record, facts["calendar_id"], facts["company_id"], times, notes)
        if rule.limit_source == "field":
            facts |= self._prepare_limit(self._get_limit(record, notes))
        return facts, notes

    def _get_common_facts(self, record, times):
        """What is the same for all records of a company for which the same people answer."""
        company = self._get_company(record)
        user, department, calendar, notes = self._get_responsible_and_calendar(record, company, times)
        limit = {} if self._get_rule().limit_source == "field" else self._prepare_limit(self._get_limit(record, notes))
        return {
            "company_id": company.id,
            "user_id": user.id,
            "department_id": department.id,
            "calendar_id": calendar.id,
        } | limit, notes

    @api.model
    def _prepare_limit(self, limit):
        return {"limit_value": limit or 0, "has_limit": limit is not None}

    def _get_anchor(self, record, calendar_id, company_id, times, notes):
        """Moment that the limit counts from or back from; False while the record has none that can be used."""
        rule = self._get_rule()
        value = self._follow(record, rule.anchor_field)
        if value and limits.is_far(value, fields.Datetime.now()):
            notes.append(("far_anchor", {"field": rule.anchor_field, "value": str(value)}))
            return False
        moment, _reason = times.count(rule, calendar_id, company_id, anchor_moment, value)
        if moment is None:
            notes.append(("no_anchor", {"field": rule.anchor_field}))
        return to_datetime(moment)

    def _get_limit(self, record, notes):
        """The limit in the policy's unit; None while the record has none that can be used."""
        rule = self._get_rule()
        limit = rule.limit_value
        if rule.limit_source == "field":
            limit = self._follow(record, rule.limit_field) or 0
            if limit <= 0 and rule.anchor == "start":
                notes.append(("no_limit", {"field": rule.limit_field}))
                return None
        if limits.is_too_long(limit, rule.limit_unit):
            path = rule.limit_field if rule.limit_source == "field" else ""
            notes.append(("far_limit", {"field": path, "value": str(limit)}))
            return None
        return limit

    def _refuse_out_of_bounds(self, record, notes):
        """Stop who gives a record a date or a limit that no clock can count by, which is a slip of the finger.

        :raise UserError: if the notes on the facts say so
        """
        facts = dict(notes)
        if found := facts.get("far_anchor"):
            year = fields.Date.context_today(self).year
            raise UserError(self.env._(
                "%(field)s of \"%(document)s\" is %(value)s. The time limit \"%(policy)s\" counts by this date, and "
                "only years from %(first)s to %(last)s can be counted: correct the date.",
                field=self._get_path_label(found["field"]), document=record.display_name, value=found["value"],
                policy=self.name, first=year - limits.FARTHEST_YEARS, last=year + limits.FARTHEST_YEARS))
        if found := facts.get("far_limit"):
            raise UserError(self.env._(
                "%(field)s of \"%(document)s\" is %(value)s. The time limit \"%(policy)s\" takes it as a number of "
                "%(unit)s, and no time limit is longer than %(days)s days: correct the number.",
                field=self._get_path_label(found["field"]), document=record.display_name, value=found["value"],
                policy=self.name, unit=self._get_selection_label("limit_unit"), days=limits.LONGEST_DAYS))

    def _get_company(self, record):
        company = record.company_id if "company_id" in record._fields else record.env["res.company"]
        return company or self.env["res.company"].browse(self._get_rule().company_id) or self.env.company

    def _get_facts_keys(self, records):
        """What of each record decides which company it is of and who answers for it.

        :return: ``{record id: tuple of three}``
        """
        rule = self._get_rule()
        columns = [self._peek(records, path) for path in (
            "company_id" if "company_id" in records._fields else "",
            rule.responsible_field if rule.responsible_kind == "field" else "", rule.department_field)]
        return dict(zip(records._ids, zip(*columns, strict=True), strict=True))

    def _peek(self, records, path):
        """Model and id of the record at the end of a path, for each record: see :meth:`_follow`; False for none.

        Thousands of records are asked: the ids are taken from memory, where the records have been read to.
        """
        if not path:
            return [False] * len(records)
        field = records._fields.get(path)
        if field and field.type == "many2one" and field.store and not records.env.transaction.tocompute.get(field):
            ids = [field._get_cache(records.env).get(id_, MISSING) for id_ in records._ids]
            if MISSING not in ids:
                return [bool(id_) and (field.comodel_name, id_) for id_ in ids]
        return [found and (found._name, found.id) for found in (self._follow(record, path) for record in records)]

    def _get_responsible_and_calendar(self, record, company, times):
        user, department, notes = self._get_responsible(record, company, times)
        own = self.env["resource.calendar"].browse(department._sla_calendar_id())
        return user, department, own or company.resource_calendar_id, notes

    def _get_responsible(self, record, company, times):
        """Who answers for the record, and the department whose managers the clock escalates to.

        Who is archived, as a user or as an employee, is replaced by the department's manager, and the history says so.
        :return: (res.users, hr.department, notes)
        """
        rule = self._get_rule()
        user, employee, notes = self.env["res.users"], self.env["hr.employee"], []
        if rule.responsible_kind == "user":
            user = user.browse(rule.user_id)
        elif rule.responsible_kind == "field":
            found = self._follow(record, rule.responsible_field)
            if found and found._name == "hr.employee":
                employee, user = found, found.user_id
            elif found:
                user = found
        department = self._get_department(record, company, user, employee, times)
        if rule.responsible_kind == "department":
            return self._get_manager(department, company, notes), department, notes
        if user and not (user.active and (employee.active or not employee)):
            manager = self._get_manager(department, company, [], but=user)
            notes.append(("archived_user", {"user": user.name, "to": manager.name or ""}))
            user = manager
        elif not user and rule.responsible_kind == "field":
            user = self._get_manager(department, company, [])
            notes.append(("no_responsible", {"field": rule.responsible_field, "to": user.name or ""}))
        return user, department, notes

    def _get_department(self, record, company, user, employee, times):
        rule, departments = self._get_rule(), self.env["hr.department"]
        department = self._follow(record, rule.department_field) or departments.browse(rule.department_id)
        if department:
            return department
        if employee or not user:
            return employee.department_id or departments
        found = times.once(("employments", user.id), lambda: self._get_employments(user))
        mine = [row for row in found if row[0] == company.id] or found
        return departments.browse(mine[0][1] if mine else ())

    @api.model
    def _get_employments(self, user):
        """Companies and departments of a user's employees, the active one first: who has left still tells by the last
        department who answers now.

        One query: the department of an employee stands in his current version, by the ORM that is three.
        """
        # sudo: the engine's; who keeps the document need not see employees
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        employees.flush_model(["active", "company_id", "current_version_id", "name"])
        self.env["hr.version"].flush_model(["department_id"])
        return self.env.execute_query(SQL(
            "SELECT employee.company_id, version.department_id FROM hr_employee employee "
            "LEFT JOIN hr_version version ON version.id = employee.current_version_id WHERE employee.id IN %s "
            "ORDER BY NOT employee.active, employee.name, employee.id",
            employees._search([("user_id", "=", user.id)]).subselect()))

    def _get_manager(self, department, company, notes, but=None):
        """First manager that can be reached from the department upwards, in the end the general manager."""
        skipped = []
        for level, user in department._get_managers(company):
            if user and user != but:
                if skipped:
                    notes.append(("no_manager", {"departments": ", ".join(skipped), "to": user.name}))
                return user
            skipped.append(level.name)
        user = company.sla_general_manager_id
        user = user if user.active else user.browse()
        notes.append(("no_manager", {"departments": ", ".join(skipped), "to": user.name or ""}))
        return user

    def _follow(self, record, path):
        """Value at the end of a dotted path; the first record where a step holds several, False where it breaks."""
        value = record
        for name in (path or "").split("."):
            if not name or not isinstance(value, models.BaseModel) or name not in value._fields:
                return False
            value = value[:1][name] if value else False
        return value[:1] if isinstance(value, models.BaseModel) else value
