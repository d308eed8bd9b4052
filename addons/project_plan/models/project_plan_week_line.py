from odoo import api, fields, models

from .project_project import PLANNER

RESULTS = [
    ("open", "Open"), ("achieved", "Achieved"), ("late", "Done Late"), ("missed", "Not Done"), ("dropped", "Dropped")]
CAUSE = {"cause_id", "cause_note"}


class ProjectPlanWeekLine(models.Model):
    """One item of a frozen week: when it was to be finished, when it was, and why not (PLN-5)."""

    _name = "project.plan.week.line"
    _description = "Item of a Plan Week"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "week_id desc, date_planned, department_id, id"
    _mail_post_access = "read"

    week_id = fields.Many2one(
        "project.plan.week", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="week_id.company_id", store=True, index=True)
    week_state = fields.Selection(related="week_id.state", string="Week's Status")
    project_id = fields.Many2one("project.project", string="Plan", readonly=True, index=True, ondelete="set null")
    task_id = fields.Many2one("project.task", string="Item", readonly=True, index=True, ondelete="set null")
    name = fields.Char(string="Item Name", required=True, readonly=True, help="As it was called then.")
    department_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Person", readonly=True, index="btree_not_null", ondelete="restrict")
    planned_start = fields.Datetime(readonly=True)
    planned_finish = fields.Datetime(readonly=True, help="When the week was frozen.")
    date_planned = fields.Date(string="Day", readonly=True, index=True)
    done_on = fields.Datetime(readonly=True, help="When the week was closed.")
    result = fields.Selection(RESULTS, required=True, readonly=True, default="open", index=True)
    achieved_percent = fields.Float(
        string="Achievement (%)", readonly=True, aggregator="avg", digits=(16, 1),
        help="100 where it was finished on its day; of several items their average.")
    first_cause_task_id = fields.Many2one(
        "project.task", string="Began With", readonly=True, index="btree_not_null", ondelete="set null",
        help="The first late item in the chain of those that this one waited for.")
    first_cause_name = fields.Char(string="Began With (as called then)", readonly=True)
    needs_cause = fields.Boolean(string="Cause Missing", readonly=True, index=True)
    cause_id = fields.Many2one("project.plan.cause", index="btree_not_null", ondelete="restrict", tracking=True)
    cause_note = fields.Char(string="Explanation", tracking=True)
    explained_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    explained_on = fields.Datetime(readonly=True)
    planned_now = fields.Datetime(related="task_id.planned_finish", string="Planned Now", related_sudo=True)
    done_now = fields.Datetime(related="task_id.actual_finish", string="Done, as Entered Now", related_sudo=True)
    is_edited = fields.Boolean(
        string="Edited Since", compute="_compute_is_edited",
        help="The plan was moved after the week was frozen, or the actual date changed after it was closed.")
    can_explain = fields.Boolean(compute="_compute_can_explain", export_string_translation=False)

    @api.depends("planned_now", "done_now", "planned_finish", "done_on", "week_id.state")
    def _compute_is_edited(self):
        for line in self:
            line.is_edited = line.planned_now != line.planned_finish or (
                line.week_id.state == "closed" and line.done_now != line.done_on
                and bool(line.done_on or (line.done_now and line.done_now <= line.week_id.closed_on)))

    @api.depends("result", "user_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_explain(self):
        mine, planner = self.env.user._get_own_departments(), self.env.user.has_group(PLANNER)
        for line in self:
            line.can_explain = line.result in ("late", "missed") and (
                planner or line.user_id == self.env.user or line.department_id in mine)

    def write(self, vals):
        result = super().write(vals)
        if "cause_id" in vals:
            now = fields.Datetime.now()
            for given, lines in self.grouped(lambda line: bool(line.cause_id)).items():
                lines._write_signed({
                    "needs_cause": not given, "explained_by": given and self.env.uid, "explained_on": given and now})
            self.week_id._stop_asking_explained()
        return result

    def action_view_item(self):
        """Open the item of the plan."""
        self.ensure_one()
        return self.task_id._get_records_action(name=self.env._("Item"))

    def _get_outcome(self, zone, roots, names):
        """What closing the week finds out about the item."""
        self.ensure_one()
        task = self.task_id
        result, done = "dropped", None
        if task and task.state != "1_canceled":
            done, local = task.actual_finish or None, self.with_context(tz=str(zone))
            on_day = done and fields.Datetime.context_timestamp(local, done).date() <= self.date_planned
            result = "achieved" if on_day else "late" if done else "missed"
        is_late = result in ("late", "missed")
        root = roots.get(task.id) if is_late else None
        return {
            "result": result, "achieved_percent": None if result == "dropped" else 100.0 * (result == "achieved"),
            "done_on": done, "first_cause_task_id": root, "first_cause_name": names.get(root),
            "needs_cause": is_late,
        }

    def _get_open_fields(self):
        return CAUSE if self.can_explain else set()

    def _get_frozen_fields(self):
        """What was frozen stays; what was found out on closing too. Causes are given, and corrected, afterwards."""
        frozen = {"week_id", "name", "department_id", "user_id", "planned_start", "planned_finish", "date_planned"}
        closed = {"done_on", "result", "achieved_percent", "first_cause_name"}
        return frozen | closed if self.week_id.state == "closed" else frozen

    def _is_frozen(self):
        return True
