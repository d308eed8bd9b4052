import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.order_sla.tools.rows import update_rows

from ..tools.first_cause import first_causes
from ..tools.plan_times import PlanTimes

_logger = logging.getLogger(__name__)

CAUSE_TYPE = "project_plan.mail_activity_type_plan_cause"
#: What closing finds out about an item.
FOUND = ("result", "achieved_percent", "done_on", "first_cause_task_id", "first_cause_name", "needs_cause")


class ProjectPlanWeek(models.Model):
    """Closing a week: what was achieved, where lateness began, who is asked for the cause (PLN-5)."""

    _inherit = "project.plan.week"

    def _close(self):
        """Close the week: a constant number of queries, however many items."""
        self.ensure_one()
        self._lock()
        self._check_state("frozen")
        now, lines = fields.Datetime.now(), self.line_ids
        zone = PlanTimes(self.env["project.task"]).get_zone(self.company_id)
        roots, names = self._find_first_causes(lines, now)
        rows = {line: line._get_outcome(zone, roots, names) for line in lines}
        self._write_found(rows)
        self.write({"state": "closed", "closed_on": now})
        self._ask_for_causes(now)
        self._tell_rates()

    def _find_first_causes(self, lines, now):
        """By late task the task with which its lateness began, and the tasks' names."""
        tasks = self.env["project.task"].search_fetch(
            [("project_id", "in", lines.project_id.ids), ("is_plan_item", "=", True), ("state", "!=", "1_canceled")],
            ["name", "state", "planned_finish", "actual_finish"])
        links = self.env["project.task.link"].search_fetch(
            [("project_id", "in", lines.project_id.ids)], ["predecessor_id", "successor_id"])
        late, predecessors = {}, {}
        for task in tasks.filtered("planned_finish"):
            behind = (task.actual_finish or now) - task.planned_finish
            if behind > timedelta():
                late[task.id] = behind
        for line in lines.filtered("task_id"):  # by the dates that were frozen, not by those that were moved since
            behind = (line.task_id.actual_finish or now) - line.planned_finish
            late[line.task_id.id] = max(behind, late.get(line.task_id.id, behind))
        for link in links:
            predecessors.setdefault(link.successor_id.id, []).append(link.predecessor_id.id)
        return first_causes(late, predecessors), {task.id: task.name for task in tasks}

    def _write_found(self, rows):
        """Write what was found out in one statement; clocks that watch it follow."""
        if not rows:
            return
        lines = self.env["project.plan.week.line"].concat(*rows)
        update_rows(lines, rows)
        lines.modified(FOUND)
        watched = self.env["sla.policy"]._watch_map().get(lines._name)
        if seen := set(FOUND).intersection(watched.fields if watched else ()):
            lines._sla_evaluate_later(seen)

    def _ask_for_causes(self, now):
        """Each person is asked once, however many of his items were late."""
        self.ensure_one()
        counts = {}
        for user, department, count in self.env["project.plan.week.line"]._read_group(
                [("week_id", "=", self.id), ("needs_cause", "=", True)], ["user_id", "department_id"], ["__count"]):
            person = user if user.active else department._get_next_manager(self.company_id)
            counts[person] = counts.get(person, 0) + count
        common = {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(CAUSE_TYPE), "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name), "res_id": self.id,
            "date_deadline": fields.Date.context_today(self, now),
        }
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create([
            {**common, "user_id": user.id, "summary": self.with_context(lang=user.lang or self.env.lang).env._(
                "%(week)s: %(count)s late items wait for their cause", week=self.name, count=count)}
            for user, count in counts.items() if user])  # a cron asks: it speaks no language of its own

    def _stop_asking_explained(self):
        """Who has given all the causes asked of him has nothing to do any more."""
        # sudo: to-dos and items of others
        waiting = self.env["project.plan.week.line"].sudo()._read_group(
            [("week_id", "in", self.ids), ("needs_cause", "=", True)], ["week_id", "user_id"])
        asked = {(week.id, user.id) for week, user in waiting}
        managed = {week.id for week, user in waiting if not user.active}  # their managers are asked
        cause_type = self.env.ref(CAUSE_TYPE)
        self.sudo().activity_ids.filtered(  # sudo: as above
            lambda activity: activity.activity_type_id == cause_type and activity.res_id not in managed
            and (activity.res_id, activity.user_id.id) not in asked).unlink()

    @api.model
    def _cron_weeks(self):
        """On the closing day, after its hour: the week that ends is closed, and the next one frozen (PLN-5)."""
        companies = self.env["res.company"].concat(*(company for (company,) in self.env["project.project"]._read_group(
            [("is_plan", "=", True), ("plan_state", "=", "released")], ["company_id"])))
        companies |= self.search([("state", "=", "frozen")]).company_id
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    self._turn_week(company)
            except Exception:  # whatever stops one company's week: the others have theirs
                _logger.exception("The plan week of %s could not be turned; it is tried again", company.name)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _turn_week(self, company):
        """Close what has ended, freeze what begins; safe to run again."""
        day = company._get_plan_closing_date()
        for week in self.search([
                ("company_id", "=", company.id), ("state", "=", "frozen"), ("date_to", "<=", day)], order="date_to"):
            week._close()
        following = day + timedelta(days=7)
        if not self.search_count([("company_id", "=", company.id), ("date_to", "=", following)]):
            self._freeze(company, following)
            self.env["project.plan.unshipped"]._ask_for(company)
