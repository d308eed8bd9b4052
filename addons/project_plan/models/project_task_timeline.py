from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.order_sla.kernel.worktime import local_date, midnight
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..tools.plan_move import PlanMove, get_planned_dates, say_moved
from ..tools.plan_times import PlanTimes


class ProjectTask(models.Model):
    """Plan items on the timeline (PLN-19): what moving a bar means, before and after it is saved."""

    _inherit = "project.task"

    @api.model
    def _get_schedule_links(self, records):
        links = self.env["project.task.link"].search_fetch(
            Domain("predecessor_id", "in", records.ids) | Domain("successor_id", "in", records.ids),
            ["predecessor_id", "successor_id", "kind", "lag_hours"],
        ).read(["predecessor_id", "successor_id", "kind", "lag_hours"], load=None)
        return [*super()._get_schedule_links(records), *(
            {"id": link["id"], "source": link["predecessor_id"], "target": link["successor_id"], "type": link["kind"],
             "lag": f"{link['lag_hours']:+g} h" if link["lag_hours"] else ""} for link in links)]

    @api.model
    def _get_schedule_markers(self, records):
        """The dates promised to the customers."""
        plans = records.project_id.filtered(lambda plan: plan.is_plan and plan.promised_date)
        times = PlanTimes(self.browse())
        return [*super()._get_schedule_markers(records), *({
            "date": fields.Datetime.to_string(to_datetime(plan._get_promised_moment(times))),
            "text": self.env._("%(plan)s: promised", plan=plan.name),
            "css": "o_marker_late" if plan.is_delayed else "o_marker_promised",
        } for plan in plans)]

    @api.model
    def _get_schedule_off_times(self, start, stop):
        """Days on which the company does not work, holidays and make-up days considered."""
        company = self.env.company
        if not (start and stop and company.sudo().resource_calendar_id):  # sudo: days off are no secret
            return super()._get_schedule_off_times(start, stop)
        times = PlanTimes(self.browse())
        time, zone = times.get_company_time(company), times.get_zone(company)
        first, last = (local_date(to_moment(fields.Datetime.to_datetime(day)), zone) for day in (start, stop))
        midnights = [midnight(day, zone) for day in range(first, last + 2)]
        return [
            [fields.Datetime.to_string(to_datetime(moment)) for moment in span] for span in pairwise(midnights)
            if not time.worked(*span)]

    def _check_schedule_editable(self, records, node, names):
        """Items of plans are moved by planners, as long as they have not happened."""
        items = records.filtered("is_plan_item")
        if not items or items != records:
            return super()._check_schedule_editable(records, node, names)
        records._check_planner()
        for task in records:
            task._check_plan_open()
            if task.is_summary:
                raise UserError(self.env._("%(item)s: its dates follow from its parts, move these.", item=task.name))
            if task.actual_start or task.state == "1_canceled":
                raise UserError(self.env._("%(item)s: begun or cancelled, it is not moved any more.", item=task.name))
        return super()._check_schedule_editable(records, node, names - {"planned_start", "planned_finish"})

    def _check_plan_open(self):
        """:raise UserError: the plan of one of the items is done or cancelled"""
        for task in self:
            if task.plan_state not in ("draft", "released"):
                raise UserError(self.env._(
                    "%(item)s: its plan is \"%(state)s\", nothing is moved any more.", item=task.name,
                    state=task._get_selection_label("plan_state")))

    @api.model
    def _may_link_on_schedule(self):
        return self.env["project.task.link"].has_access("create")

    @api.model
    def _create_schedule_link(self, source, target, kind):
        before = get_planned_dates(target.project_id)
        (source | target)._check_plan_open()
        link = self.env["project.task.link"].create({
            "predecessor_id": source.id, "successor_id": target.id, "kind": kind})
        return {"id": link.id, "messages": say_moved(link.project_id, before)}

    @api.model
    def _delete_schedule_link(self, link_id):
        link = self.env["project.task.link"].browse(link_id).exists()
        if not link:
            raise UserError(self.env._("This link was removed by someone else meanwhile. Reload to see what is left."))
        link.successor_id._check_plan_open()
        plan, before = link.project_id, get_planned_dates(link.project_id)
        link.unlink()
        return {"messages": say_moved(plan, before)}

    @api.model
    def _simulate_schedule(self, moved):
        moves, rest = self._get_plan_moves(moved)
        return self._join_moves(moves, super()._simulate_schedule(rest))

    @api.model
    def _write_schedule(self, moved):
        moves, rest = self._get_plan_moves(moved)
        result = self._join_moves(moves, super()._write_schedule(rest))
        for move in moves:
            for task_id, values in move.values.items():
                task = self.browse(task_id).with_context(plan_later=True)
                task.write({**values, "pinned_start": values["pinned_start"] or False})
            move.plan._reschedule()
        return result

    @api.model
    def _get_plan_moves(self, moved):
        """Moved items by plan, and what is no item of a plan."""
        by_plan, rest = {}, {}
        for task, sides in moved.items():
            if task.is_plan_item:
                by_plan.setdefault(task.project_id, {})[task] = sides
            else:
                rest[task] = sides
        return [PlanMove(plan, some) for plan, some in by_plan.items()], rest

    @api.model
    def _join_moves(self, moves, result):
        for move in moves:
            result["changes"] |= move.get_changes()
            result["messages"] += move.get_messages()
            result["markers"] += move.get_markers()
        return result

