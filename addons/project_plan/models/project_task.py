from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.order_sla.kernel import limits

from ..tools.entered_hours import check_hours
from ..tools.plan_times import PlanTimes

PLANNER = "project_plan.group_planner"
CLOSED = ("1_done", "1_canceled")

#: Written by the schedule only.
SCHEDULED = ("planned_start", "planned_finish", "forecast_start", "forecast_finish", "latest_finish",
             "total_float_hours", "free_float_hours", "is_critical", "is_item_late")
#: What the plan is made of: planners write it.
PLANNED = ("project_id", "parent_id", "plan_department_id", "duration_hours", "pinned_start", "is_milestone",
           "is_packing", "done_rule", "depend_on_ids", "dependent_ids", "active")
#: What happened: from the documents, or by hand where there is none.
HAPPENED = ("plan_progress", "actual_start", "actual_finish", "remaining_hours")


class ProjectTask(models.Model):
    """An item of a master plan: one department's part, with its dates, its progress and what it waits for (PLN-1)."""

    _name = "project.task"
    _inherit = [
        "project.task", "document.fence.mixin", "sla.mixin", "document.release.mixin", "contact.sheet.mixin"]
    _check_company_auto = True
    _dossier_path = "project_id"

    is_plan_item = fields.Boolean(
        string="Plan Item", compute="_compute_is_plan_item", store=True, index=True)
    plan_state = fields.Selection(related="project_id.plan_state", string="Plan State")
    plan_kind = fields.Selection(related="project_id.plan_kind", string="Kind of Plan")
    promised_date = fields.Date(related="project_id.promised_date", string="Promised Date")
    plan_department_id = fields.Many2one(
        "hr.department", string="Department", check_company=True, index="btree_not_null", tracking=True)
    plan_user_id = fields.Many2one(
        "res.users", string="Person", check_company=True, index="btree_not_null", tracking=True,
        domain=[("share", "=", False)], help="Who answers for the item; stands among the assignees.")
    plan_calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", compute="_compute_plan_calendar_id",
        help="Of the person, else of the department, else of the company.")
    duration_hours = fields.Float(string="Duration", default=8.0, help="Working hours.", tracking=True)
    pinned_start = fields.Datetime(
        string="Not Before", copy=False, tracking=True, help="Set by hand: the item does not begin earlier.")
    is_milestone = fields.Boolean(string="Milestone", help="A moment, without duration.")
    is_packing = fields.Boolean(
        string="Packing", help="The department is told some days ahead, and completes accessories and documents.")
    is_summary = fields.Boolean(string="Summary", compute="_compute_is_summary", compute_sudo=True)

    planned_start = fields.Datetime(readonly=True, copy=False)
    planned_finish = fields.Datetime(readonly=True, copy=False, index="btree_not_null")
    forecast_start = fields.Datetime(readonly=True, copy=False)
    forecast_finish = fields.Datetime(readonly=True, copy=False)
    latest_finish = fields.Datetime(
        readonly=True, copy=False, help="Later than this the promised date is missed.")
    total_float_hours = fields.Float(
        string="Total Float", readonly=True, copy=False, aggregator=False,
        help="Working hours that the item may slip until the promised date is missed; negative: it is missed.")
    free_float_hours = fields.Float(
        string="Free Float", readonly=True, copy=False, aggregator=False,
        help="Working hours that the item may slip until another item moves.")
    is_critical = fields.Boolean(string="Critical", readonly=True, copy=False)
    is_item_late = fields.Boolean(
        string="Late", readonly=True, copy=False, help="The forecast is later than what was released.")
    baseline_start = fields.Datetime(string="Released Start", readonly=True, copy=False)
    baseline_finish = fields.Datetime(string="Released Finish", readonly=True, copy=False)

    done_rule = fields.Selection(
        [("manual", "Entered by hand"), ("release", "Documents released")], string="Done When", required=True,
        default="manual",
        help="Where documents tell when the item is done, progress and actual dates come from them only.")
    is_entered_by_hand = fields.Boolean(string="Entered by Hand", compute="_compute_is_entered_by_hand")
    plan_progress = fields.Float(string="Progress", copy=False, aggregator="avg")
    remaining_hours = fields.Float(
        string="Remaining", compute="_compute_remaining_hours", store=True, readonly=False, copy=False,
        help="Working hours left.")
    actual_start = fields.Datetime(copy=False, tracking=True)
    actual_finish = fields.Datetime(copy=False, tracking=True, index="btree_not_null")
    can_report = fields.Boolean(compute="_compute_can_report", export_string_translation=False)
    entered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    entered_on = fields.Datetime(readonly=True, copy=False)
    customer_wait = fields.Boolean(string="Waits for Customer", readonly=True, copy=False)

    link_in_ids = fields.One2many("project.task.link", "successor_id", string="Predecessors", copy=False)
    link_out_ids = fields.One2many("project.task.link", "predecessor_id", string="Successors", copy=False)

    _duration_positive = models.Constraint("CHECK(duration_hours >= 0)", "A duration must not be negative.")
    _progress_percent = models.Constraint(
        "CHECK(plan_progress >= 0 AND plan_progress <= 100)", "Progress is a number from 0 to 100 percent.")

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        # People with whom a project is shared write its tasks, and each write asks which of them are items.
        return super().TASK_PORTAL_READABLE_FIELDS | {"is_plan_item"}

    @api.depends("project_id.is_plan", "is_template")
    def _compute_is_plan_item(self):
        for task in self:
            task.is_plan_item = task.project_id.is_plan and not task.is_template

    @api.depends("plan_user_id.employee_ids.resource_calendar_id", "plan_department_id.resource_calendar_id",
                 "project_id.company_id.resource_calendar_id")
    def _compute_plan_calendar_id(self):
        times = PlanTimes(self)
        for task in self:
            task.plan_calendar_id = times.get_calendar(task)

    @api.depends("child_ids")
    def _compute_is_summary(self):
        for task in self:
            task.is_summary = bool(task.child_ids)

    @api.depends("done_rule")
    def _compute_is_entered_by_hand(self):
        for task in self:
            task.is_entered_by_hand = task.done_rule == "manual"

    @api.depends("plan_user_id", "user_ids", "plan_department_id")
    @api.depends_context("uid")
    def _compute_can_report(self):
        user = self.env.user
        planner, mine = user.has_group(PLANNER), user._get_own_departments()
        for task in self:
            task.can_report = planner or user in task.plan_user_id | task.user_ids or task.plan_department_id in mine

    @api.depends("duration_hours", "plan_progress")
    def _compute_remaining_hours(self):
        for task in self:
            task.remaining_hours = task.duration_hours * (100 - task.plan_progress) / 100

    @api.constrains("pinned_start", "actual_start", "actual_finish")
    def _check_moments(self):
        now = fields.Datetime.now()
        for task in self:
            for name in ("pinned_start", "actual_start", "actual_finish"):
                if task[name] and limits.is_far(task[name], now):
                    raise ValidationError(self.env._(
                        "%(item)s, %(field)s: %(value)s is more than %(years)s years away. Correct the date.",
                        item=task.name, field=self._describe_fields({name}), value=task[name],
                        years=limits.FARTHEST_YEARS))
            if task.actual_start and task.actual_finish and task.actual_finish < task.actual_start:
                raise ValidationError(self.env._(
                    "%(item)s: it cannot have been finished before it was begun.", item=task.name))

    @api.constrains("duration_hours")
    def _check_duration_hours(self):
        check_hours(self, "duration_hours")

    @api.constrains("remaining_hours")
    def _check_remaining_hours(self):
        check_hours(self.filtered("is_plan_item"), "remaining_hours")

    @api.onchange("is_milestone")
    def _onchange_is_milestone(self):
        if self.is_milestone:
            self.duration_hours = 0

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            *SCHEDULED, "baseline_start", "baseline_finish", "entered_by_id", "entered_on", "customer_wait"}

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self.browse()._assign_person(vals) for vals in vals_list]
        tasks = super().create(vals_list)
        items = tasks.filtered("is_plan_item")
        if items:
            items._check_planner()
            items._check_hand_entry(HAPPENED, vals_list)
            if any(vals.get("depend_on_ids") or vals.get("dependent_ids") for vals in vals_list):
                self.env["project.task.link"]._follow_core(items)
            items._adopt_documents()
            items.project_id._plan_changed()
        return tasks

    def write(self, vals):
        items = self.filtered("is_plan_item")
        if not items:
            return super().write(self._assign_person(vals)) and self._joined_plan(vals)
        items._check_written_item(vals)
        projects, departments = items.project_id, items.sudo().plan_department_id  # sudo: hidden from the portal
        result = super().write(self._assign_person(vals))
        self._after_item_write(items, vals)
        if not self._get_moving_fields().isdisjoint(vals):
            (projects | items.project_id)._plan_changed()
        if not {"plan_department_id", "project_id"}.isdisjoint(vals):
            self.env["project.plan.load"]._refresh_later(departments)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        items = self.filtered("is_plan_item")
        if not items:
            return
        items._check_planner()
        if begun := items.filtered("actual_start"):
            raise UserError(self.env._(
                "%(items)s: begun already, so it is not deleted. Cancel it instead.",
                items=", ".join(begun.mapped("name"))))

    def unlink(self):
        items = self.filtered("is_plan_item")
        projects, departments = items.project_id, items.plan_department_id
        result = super().unlink()
        projects._plan_changed()
        self.env["project.plan.load"]._refresh_later(departments)
        return result

    def action_open_links(self):
        """What the item waits for, and what waits for it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Links"),
            "res_model": "project.task.link",
            "view_mode": "list",
            "domain": ["|", ("predecessor_id", "=", self.id), ("successor_id", "=", self.id)],
            "context": {"default_successor_id": self.id},
        }

    @api.model
    def _get_moving_fields(self):
        """Fields that the dates of a plan follow from."""
        return {*PLANNED, *HAPPENED, "plan_user_id", "user_ids", "company_id", "state", "name"}

    def _joined_plan(self, vals):
        """Tasks that were no items before the write may be items now."""
        if {"project_id", "parent_id"}.intersection(vals) and (items := self.filtered("is_plan_item")):
            items._check_planner()
            items.project_id._plan_changed()
        return True

    def _task_message_auto_subscribe_notify(self, users_per_task):
        """Nobody is told of a draft: the release of the plan tells, item by item (PLN-7)."""
        return super()._task_message_auto_subscribe_notify({
            task: users for task, users in users_per_task.items()
            if not task.is_plan_item or task.sudo().baseline_finish})  # sudo: hidden from the portal

    def _after_item_write(self, items, vals):
        if not {"done_rule", "project_id"}.isdisjoint(vals):
            items._adopt_documents()
            items._documents_changed()
        if "project_id" in vals:
            # sudo: links to what is another plan now are none, whoever may see them
            links = items.sudo().link_in_ids | items.sudo().link_out_ids
            links.filtered(lambda link: link.predecessor_id.project_id != link.successor_id.project_id).unlink()
        if "user_ids" in vals and "plan_user_id" not in vals:
            for item in items.filtered(lambda item: item.plan_user_id not in item.user_ids):
                item.plan_user_id = item.user_ids[:1]
        if not {"depend_on_ids", "dependent_ids"}.isdisjoint(vals):
            self.env["project.task.link"]._follow_core(items)
        if not {*HAPPENED, "state"}.isdisjoint(vals):
            items._settle(vals)
            items.filtered("is_closed").project_id._settle_unshipped()

    def _assign_person(self, vals):
        """The person of an item stands among its assignees, whoever was it before no more."""
        if "plan_user_id" not in vals or "user_ids" in vals:
            return vals
        new = vals["plan_user_id"]
        commands = [Command.unlink(former.id) for former in self.plan_user_id if former.id != new]
        return {**vals, "user_ids": [*commands, *([Command.link(new)] if new else ())]}

    def _check_planner(self):
        """:raise AccessError: who changes what a plan is made of is no planner"""
        self._check_groups(PLANNER)

    def _check_written_item(self, vals):
        """Whether a user may write this to items of a plan."""
        if self.env.su:
            return
        if self.env.user._is_portal() and not self._get_moving_fields().isdisjoint(vals):
            raise AccessError(self.env._(
                "%(item)s: stands in a master plan, which planners and departments keep. Write them a message on it.",
                item=self[:1].name))
        if not set(PLANNED).isdisjoint(vals) or vals.get("state") == "1_canceled":
            self._check_planner()
        names = set(HAPPENED).intersection(vals)
        if vals.get("state") and (vals["state"] == "1_done" or "1_done" in self.mapped("state")):
            names.add("state")
        if names:
            self._check_hand_entry(names)
        if names or {"plan_user_id", "user_ids"}.intersection(vals):
            self._check_answers()

    def _check_answers(self):
        """:raise AccessError: the user does not answer for an item, is not of its department, and no planner"""
        for task in self:
            if not task.can_report:
                raise AccessError(self.env._(
                    "%(item)s: its person and its department say how far it is, and who does it; or a planner.",
                    item=task.name))

    def _check_hand_entry(self, names, vals_list=None):
        """Progress and actual dates of items that documents tell about are entered by nobody (PLN-11).

        :param vals_list: values of new records, where these are
        :raise AccessError: one of the items is told by documents, or is a summary of others
        """
        if self.env.su:
            return
        if vals_list is not None:
            names = [name for name in names if any(vals.get(name) for vals in vals_list)]
        for task in self if names else ():
            if not task.is_entered_by_hand or task.is_summary:
                raise AccessError(self.env._(
                    "%(item)s, %(fields)s: follows from its documents (\"%(rule)s\") or from its parts, nobody enters "
                    "it.", item=task.name, fields=self._describe_fields(names),
                    rule=task._get_selection_label("done_rule")))

    def _get_open_items_domain(self):
        return Domain("is_plan_item", "=", True) & Domain("state", "not in", CLOSED)
