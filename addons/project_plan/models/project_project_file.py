from odoo import models

from odoo.addons.order_sla.kernel.worktime import local_date
from odoo.addons.order_sla.tools.moments import to_moment

from ..kernel import mspdi_write
from ..kernel.mspdi import FileLink, FilePlan
from ..tools.plan_hours import tell
from ..tools.plan_network import HOUR
from ..tools.plan_times import PlanTimes

#: Days before and after the plan for which a file tells what is worked.
BEFORE, AFTER = 31, 183


class ProjectProject(models.Model):
    """A master plan as a file of Microsoft Project (XML)."""

    _inherit = "project.project"

    def action_export_file(self):
        """Download the plan as a file that Microsoft Project opens."""
        self.ensure_one()
        self._check_plan_state("draft", "released", "done", "cancelled")
        return {"type": "ir.actions.act_url", "url": f"/project_plan/{self.id}/file", "target": "download"}

    def _get_file(self):
        """The bytes of the file."""
        self.ensure_one()
        return mspdi_write.write(self._prepare_file())

    def _prepare_file(self):
        """What a file tells of the plan: items in their order, links, hours, departments and persons, releases."""
        outline = self._get_plan_items()._get_outline()
        items = self.env["project.task"].concat(*(item for item, _level in outline))
        times = PlanTimes(items)
        calendars, uids = self._prepare_file_calendars(items, times)
        links = {}
        for link in self.env["project.task.link"].search([("project_id", "=", self.id)], order="id"):
            if link.predecessor_id in items:
                links.setdefault(link.successor_id.id, []).append(
                    FileLink(link.predecessor_id.id, link.kind, round(link.lag_hours * HOUR)))
        zone = times.get_zone(self.company_id)
        parents = items.parent_id
        tasks = [item._prepare_file_task(level, zone, item in parents, links.get(item.id, []), uids[item.id])
                 for item, level in outline]
        return FilePlan(
            self.name, _wall(self.plan_begin, zone), _wall(self.planned_finish, zone), 1,
            round(times.get_company_time(self.company_id).day_seconds / 60), tasks, calendars,
            *self._prepare_file_resources(items))

    def _prepare_file_calendars(self, items, times):
        """Calendars, the company's first, and the uid of each item's by its id."""
        zone = times.get_zone(self.company_id)
        dates = (self.plan_begin or self.create_date, *items.mapped("planned_start"), *items.mapped("forecast_finish"))
        moments = [to_moment(value) for value in dates if value]
        span = local_date(min(moments), zone) - BEFORE, local_date(max(moments), zone) + AFTER
        company = self.company_id.sudo()  # sudo: working hours are shown to whoever sees the plan
        found = {id(times.get_company_time(company)): (1, company.resource_calendar_id.name or company.name,
                                                       times.get_company_time(company))}
        uids, names = {}, {found[next(iter(found))][1]}
        for item in items:
            time = times.get_time(item)
            if id(time) not in found:
                name = times.get_calendar(item).name or "24 h"
                name = name if name not in names else f"{name} ({times.get_employee(item).name or len(names)})"
                names.add(name)
                found[id(time)] = (len(found) + 1, name, time)
            uids[item.id] = found[id(time)][0]
        return [tell(uid, name, time, zone, *span) for uid, name, time in found.values()], uids

    def _prepare_file_resources(self, items):
        """Departments and persons as resources, and who does which item."""
        resources, assignments, known = {}, [], {}
        for item in items:
            for record in (item.plan_department_id, item.plan_user_id):
                if record:
                    uid = known.setdefault((record._name, record.id), len(known) + 1)
                    resources[uid] = record.sudo().name  # sudo: names of who does what are part of the plan
                    assignments.append((item.id, uid))
        return resources, assignments


def _wall(value, zone):
    return zone.fromutc(value).replace(tzinfo=None) if value else None
