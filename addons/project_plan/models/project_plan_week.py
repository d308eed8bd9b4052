from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.order_sla.kernel.worktime import midnight
from odoo.addons.order_sla.tools.moments import to_datetime

from ..tools.plan_times import PlanTimes


class ProjectPlanWeek(models.Model):
    """A week of the departments' items: frozen before it begins, closed at its end, with what was achieved (PLN-5)."""

    _name = "project.plan.week"
    _description = "Plan Week"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    state = fields.Selection(
        [("frozen", "Frozen"), ("closed", "Closed")], string="Status", required=True, readonly=True, default="frozen",
        index=True, tracking=True)
    line_ids = fields.One2many("project.plan.week.line", "week_id", string="Items")
    frozen_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    closed_on = fields.Datetime(readonly=True)
    line_count = fields.Integer(string="Item Count", compute="_compute_achievement")
    achieved_count = fields.Integer(string="Achieved", compute="_compute_achievement")
    achievement = fields.Float(string="Achievement (%)", compute="_compute_achievement", digits=(16, 1))
    cause_missing_count = fields.Integer(string="Causes Missing", compute="_compute_achievement")

    _week_uniq = models.UniqueIndex("(company_id, date_to)", "This week is frozen already.")

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for week in self:
            year, number, _day = week.date_to.isocalendar() if week.date_to else (0, 0, 0)
            week.name = f"{year}-W{number:02}"

    @api.depends("line_ids.result", "line_ids.needs_cause")
    def _compute_achievement(self):
        counts = {}
        for week, result, missing, count in self.env["project.plan.week.line"]._read_group(
                [("week_id", "in", self.ids)], ["week_id", "result", "needs_cause"], ["__count"]):
            mine = counts.setdefault(week.id, {"missing": 0})
            mine[result] = mine.get(result, 0) + count
            mine["missing"] += count if missing else 0
        for week in self:
            mine = counts.get(week._origin.id, {})
            counted = sum(mine.get(result, 0) for result in ("open", "achieved", "late", "missed"))
            week.line_count, week.achieved_count = counted, mine.get("achieved", 0)
            week.achievement = 100 * week.achieved_count / counted if counted else 0.0
            week.cause_missing_count = mine.get("missing", 0)

    def action_view_lines(self):
        """Open the week's items."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("project_plan.project_plan_week_line_action")
        return {**action, "domain": [("week_id", "=", self.id)], "context": {}}

    def action_view_missing_causes(self):
        """Open the late items that have no cause yet."""
        return {**self.action_view_lines(), "context": {"search_default_needs_cause": 1, "search_default_mine": 1}}

    @api.model
    def _freeze(self, company, date_to):
        """The week that ends on a date, with the items that are to be finished in it as the released plans say now."""
        week = self.create({
            "company_id": company.id, "date_from": date_to - timedelta(days=6), "date_to": date_to})
        zone = PlanTimes(self.env["project.task"]).get_zone(company)
        first, last = (to_datetime(midnight(day.toordinal(), zone))
                       for day in (week.date_from, week.date_to + timedelta(days=1)))
        tasks = self.env["project.task"].search_fetch([
            ("is_plan_item", "=", True), ("project_id.plan_state", "=", "released"), ("company_id", "=", company.id),
            ("state", "!=", "1_canceled"), ("child_ids", "=", False), ("planned_finish", ">", first),
            ("planned_finish", "<=", last)],
            ["name", "project_id", "plan_department_id", "plan_user_id", "planned_start", "planned_finish"],
            order="planned_finish, id")
        self.env["project.plan.week.line"].create([week._prepare_line(task, zone) for task in tasks])
        return week

    def _prepare_line(self, task, zone):
        return {
            "week_id": self.id, "project_id": task.project_id.id, "task_id": task.id, "name": task.name,
            "department_id": task.plan_department_id.id, "user_id": task.plan_user_id.id,
            "planned_start": task.planned_start, "planned_finish": task.planned_finish,
            "date_planned": fields.Datetime.context_timestamp(
                self.with_context(tz=str(zone)), task.planned_finish).date(),
        }

    def _is_frozen(self):
        return self.state == "closed"

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"company_id", "date_from", "date_to", "frozen_on"}
