from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.order_sla.kernel.worktime import local_date, midnight
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..kernel.load import Stretch, capacity, spread
from ..tools.people_times import PeopleTimes
from ..tools.plan_network import HOUR
from ..tools.plan_times import PlanTimes

#: Weeks that are always shown, and the most that are.
NEAREST, FARTHEST = 12, 104


class Gathered(NamedTuple):
    """What is to be done by whom: resources are records."""

    stretches: list  #: kernel.load.Stretch: open work, by resource and name of its time
    times: dict      #: WorkTime by that name
    people: list     #: (resource, WorkTime), one for each person or machine


class ProjectPlanLoad(models.Model):
    """Hours that the open items of all plans lay on a department in a week, against the hours of its people (PLN-3).

    Computed anew for the departments concerned before a transaction ends that has moved a plan. Weeks that have passed
    stay as they were last seen. Glue adds resources of another kind: a many2one, named in ``_get_resource_fields``,
    what :meth:`_gather` finds for them, and project.plan.load.mixin on what moves their load.
    """

    _name = "project.plan.load"
    _description = "Load of a Week"
    _order = "week, resource_ref"
    _rec_name = "week"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    resource_ref = fields.Char(string="Resource", required=True, readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True, index=True, ondelete="cascade", check_company=True)
    week = fields.Date(required=True, readonly=True, index=True, help="Monday of the week.")
    planned_hours = fields.Float(string="Planned", readonly=True, help="Working hours of open items, by the forecast.")
    capacity_hours = fields.Float(
        string="Capacity", readonly=True, help="Working hours of its people, without holidays and time off.")
    free_hours = fields.Float(string="Free", readonly=True, help="Negative: more is planned than can be done.")
    load_percent = fields.Float(string="Load (%)", readonly=True, aggregator="avg")
    is_overloaded = fields.Boolean(string="Overloaded", readonly=True)

    _cell_uniq = models.UniqueIndex("(company_id, resource_ref, week)")

    @api.depends(lambda self: ("week", *self._get_resource_fields().values()))
    def _compute_display_name(self):
        for load in self:
            # sudo: who sees a load may know whose it is
            load.display_name = f"{load.sudo()._get_resource().name or load.resource_ref} · {load.week}"

    def _get_resource(self):
        """Whose load it is."""
        return self[next((name for name in self._get_resource_fields().values() if self[name]), "department_id")]

    def action_view_items(self):
        """Open items that make this load."""
        start, stop = self._get_bounds()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "project.task",
            "view_mode": "list,form",
            "domain": [*self._get_resource_items_domain(), *self._get_open_items_domain(),
                       ("forecast_start", "<", stop), ("forecast_finish", ">", start)],
        }

    def _get_bounds(self):
        """Beginning and end of the week, in UTC."""
        self.ensure_one()
        zone, first = self._get_zone(self.company_id), self.week.toordinal()
        return tuple(to_datetime(midnight(ordinal, zone)) for ordinal in (first, first + 7))

    @api.model
    def _refresh_later(self, resources):
        """Have the load of these resources computed anew, once, before the transaction ends."""
        if not resources:
            return
        data = self.env.cr.precommit.data
        if "project_plan.loads" not in data:
            data["project_plan.loads"] = set()
            # sudo: loads follow whoever moved a plan
            self.env.cr.precommit.add(self.sudo()._refresh_noted)
        data["project_plan.loads"].update((record._name, record.id) for record in resources)

    @api.model
    def _refresh_noted(self):
        by_model = {}
        for name, id_ in self.env.cr.precommit.data.pop("project_plan.loads", ()):
            by_model.setdefault(name, []).append(id_)
        for name, ids in by_model.items():
            self._refresh(self.env[name].browse(ids).exists())

    @api.model
    def _refresh(self, resources):
        """What moved the load of these resources is noted: compute it anew, or have it done."""
        self._compute_anew(resources)

    @api.model
    def _compute_anew(self, resources):
        """Compute the load of resources of one model anew, from this week on; a constant number of queries."""
        self.env["project.task"].flush_model()
        for company in self._get_companies(resources):
            cells = self._compute_cells(resources, company)
            self._write_cells(company, resources, cells)
        self.invalidate_model()

    @api.model
    def _get_companies(self, resources):
        """Companies in whose plans the resources stand."""
        companies = resources.company_id
        if any(not resource.company_id for resource in resources):
            companies |= self.env["res.company"].search([("active", "=", True)])
        return companies

    @api.model
    def _compute_cells(self, resources, company):
        """``{(resource reference, week): (planned, capacity)}`` in hours."""
        gathered = self._gather(resources, company)
        weeks = self._get_weeks(company, gathered.stretches)
        planned = spread(gathered.stretches, gathered.times, list(weeks))
        able = capacity(gathered.people, list(weeks))
        moments = list(weeks)[:-1]
        return {
            (f"{resource._name},{resource.id}", weeks[moment]): (
                planned.get((resource, moment), 0) / HOUR, able.get((resource, moment), 0) / HOUR)
            for resource in resources for moment in moments}

    @api.model
    def _gather(self, resources, company):
        """Open work of these resources in the plans of a company, and the working time of their people.

        Glue answers for resources of its own kind, and calls this for the others.
        """
        if resources._name != "hr.department":
            return Gathered([], {}, [])
        items = self.env["project.task"].search_fetch(
            [("plan_department_id", "in", resources.ids), ("project_id.company_id", "=", company.id),
             *self._get_open_items_domain()],
            ["project_id", "plan_department_id", "plan_user_id", "forecast_start", "forecast_finish", "actual_start"])
        times, now = PlanTimes(items), to_moment(fields.Datetime.now())
        named, stretches = {}, []
        for item in items:
            time = times.get_time(item)
            named[id(time)] = time
            start = now if item.actual_start else to_moment(item.forecast_start)
            stretches.append(Stretch(item.plan_department_id, id(time), start, to_moment(item.forecast_finish)))
        return Gathered(stretches, named, self._get_people(resources, company))

    @api.model
    def _get_people(self, departments, company):
        """(department, WorkTime) of each employee."""
        # sudo: who works where and when is hidden from most users; what a load shows of it is a sum
        employees = self.env["hr.employee"].sudo().search(
            [("department_id", "in", departments.ids), ("company_id", "=", company.id)])
        times = PeopleTimes(employees)
        return [(self.env["hr.department"].browse(employee.department_id.id), times.get_person_time(employee, company))
                for employee in employees]

    @api.model
    def _get_open_items_domain(self):
        """Items of living plans that are still to be done, and take time."""
        return [
            ("is_plan_item", "=", True), ("project_id.plan_state", "in", ("draft", "released")),
            ("project_id.active", "=", True), ("state", "!=", "1_canceled"), ("actual_finish", "=", False),
            ("child_ids", "=", False), ("is_milestone", "=", False), ("forecast_start", "!=", False),
            ("forecast_finish", ">", fields.Datetime.now())]

    def _get_resource_items_domain(self):
        return [("plan_department_id", "=", self.department_id.id)]

    @api.model
    def _get_weeks(self, company, stretches):
        """Mondays by the moment at which they begin, from this week on; the last one only ends the week before it."""
        zone = self._get_zone(company)
        today = local_date(to_moment(fields.Datetime.now()), zone)
        monday = today - (today - 1) % 7
        last = local_date(max((stretch.finish for stretch in stretches), default=0), zone)
        count = min(max((last - monday) // 7 + 1, NEAREST), FARTHEST)
        ordinals = range(monday, monday + 7 * count + 1, 7)
        return {midnight(ordinal, zone): date.fromordinal(ordinal) for ordinal in ordinals}

    @api.model
    def _get_zone(self, company):
        return PlanTimes(self.env["project.task"]).get_zone(company)

    @api.model
    def _get_resource_fields(self):
        """The many2one that shows the resources of a model."""
        return {"hr.department": "department_id"}

    @api.model
    def _write_cells(self, company, resources, cells):
        """Bring the stored weeks to these; rows that stay as they are are not written."""
        column = SQL.identifier(self._get_resource_fields()[resources._name])
        refs = [f"{resources._name},{id_}" for id_ in resources.ids]
        weeks = [week for _ref, week in cells]
        self.env.cr.execute(SQL(
            "DELETE FROM project_plan_load WHERE company_id = %s AND resource_ref = ANY(%s) AND week > %s",
            company.id, refs, max(weeks, default=date.today() - timedelta(days=7))))
        if not cells:
            return
        rows = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", company.id, ref, int(ref.split(",")[1]), week,
                *self._get_figures(planned, able), self.env.uid, self.env.uid, self.env.cr.now(), self.env.cr.now())
            for (ref, week), (planned, able) in cells.items())
        figures = ("planned_hours", "capacity_hours", "free_hours", "load_percent", "is_overloaded")
        names = SQL(", ").join(SQL.identifier(name) for name in figures)
        self.env.cr.execute(SQL(
            "INSERT INTO project_plan_load AS load (company_id, resource_ref, %s, week, %s, create_uid, write_uid, "
            "create_date, write_date) VALUES %s ON CONFLICT (company_id, resource_ref, week) DO UPDATE SET (%s, "
            "write_uid, write_date) = (%s, EXCLUDED.write_uid, EXCLUDED.write_date) WHERE (%s) IS DISTINCT FROM (%s)",
            column, names, rows, names, _of("excluded", figures), _of("load", figures), _of("excluded", figures)))

    @api.model
    def _get_figures(self, planned, able):
        """Planned, capacity, free, percent, overloaded: what is planned beyond a minute counts."""
        percent = 100 * planned / able if able else 100.0 * bool(planned)
        return round(planned, 2), round(able, 2), round(able - planned, 2), round(percent, 1), planned > able + 1 / 60


def _of(table, names):
    return SQL(", ").join(SQL.identifier(table, name) for name in names)
