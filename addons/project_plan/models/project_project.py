from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.order_sla.kernel import limits

from .project_plan_template import PLAN_KINDS

PLANNER = "project_plan.group_planner"


class ProjectProject(models.Model):
    """A project may be a master plan: the departments' items of one order, up to its promised date (PLN-1)."""

    _name = "project.project"
    _inherit = ["project.project", "document.fence.mixin", "sla.mixin"]
    _check_company_auto = True

    is_plan = fields.Boolean(string="Master Plan", index=True, copy=False)
    plan_state = fields.Selection(
        [("draft", "Draft"), ("released", "Released"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="draft", readonly=True, copy=False, tracking=True, index=True)
    plan_kind = fields.Selection(PLAN_KINDS, string="Kind of Plan", default="regular")
    plan_template_id = fields.Many2one(
        "project.plan.template", check_company=True, index="btree_not_null")
    planner_id = fields.Many2one(
        "res.users", check_company=True, tracking=True, domain=[("share", "=", False)])
    plan_begin = fields.Datetime(string="Begins", copy=False, tracking=True)
    promised_date = fields.Date(
        copy=False, tracking=True, help="Delivery date confirmed to the customer.")
    planned_finish = fields.Datetime(readonly=True, copy=False)
    forecast_finish = fields.Datetime(readonly=True, copy=False)
    slack_days = fields.Float(
        string="Slack (days)", readonly=True, copy=False, aggregator=False, digits=(16, 1),
        help="Working days between the forecast and the promised date; negative: it is missed.")
    is_delayed = fields.Boolean(
        string="Delayed", readonly=True, copy=False, tracking=True, help="The forecast passes the promised date.")
    has_unreleased_changes = fields.Boolean(
        string="Changed Since Release", readonly=True, copy=False,
        help="Items differ from what the departments were told.")
    plan_revision = fields.Integer(string="Revision", readonly=True, copy=False, aggregator=False)
    plan_progress = fields.Float(string="Progress", readonly=True, copy=False, aggregator="avg")
    baseline_ids = fields.One2many("project.plan.baseline", "project_id", string="Released Revisions")
    baseline_id = fields.Many2one(
        "project.plan.baseline", string="Last Release", readonly=True, copy=False, index="btree_not_null")
    plan_meeting_ids = fields.One2many("project.plan.meeting", "project_id", string="Coordination Meetings")
    plan_item_ids = fields.One2many(
        "project.task", "project_id", string="Items", domain=[("is_plan_item", "=", True)], copy=False)
    plan_item_count = fields.Integer(compute="_compute_plan_item_counts", string="Item Count")
    plan_late_count = fields.Integer(compute="_compute_plan_item_counts", string="Late Items")
    plan_problems = fields.Text(compute="_compute_plan_problems", string="To Be Settled")

    @api.model
    def default_get(self, fields):
        """A plan belongs to a company from its first line on: its template and planner are chosen among that one's."""
        values = super().default_get(fields)
        if self.env.context.get("default_is_plan"):
            mine = {"company_id": self.env.company.id, "planner_id": self.env.uid}
            values |= {name: value for name, value in mine.items() if name in fields and not values.get(name)}
        return values

    def _inverse_allow_task_dependencies(self):
        # sudo: the first project with dependencies makes Odoo show the feature, which planners have no right to switch
        return super(ProjectProject, self.sudo())._inverse_allow_task_dependencies()

    @api.depends("plan_item_ids")
    def _compute_plan_item_counts(self):
        groups = self.env["project.task"]._read_group(
            [("project_id", "in", self.ids), ("is_plan_item", "=", True)],
            ["project_id", "is_item_late"], ["__count"])
        counts = {}
        for project, late, count in groups:
            counts.setdefault(project.id, {})[late] = count
        for project in self:
            mine = counts.get(project._origin.id, {})
            project.plan_item_count = sum(mine.values())
            project.plan_late_count = mine.get(True, 0)

    @api.depends("is_plan", "promised_date", "plan_kind", "plan_meeting_ids.state", "company_id",
                 "plan_item_ids.plan_department_id", "plan_item_ids.plan_user_id")
    @api.depends_context("lang")
    def _compute_plan_problems(self):
        for project in self:
            problems = project._get_plan_problems() if project.is_plan else []
            project.plan_problems = "\n".join(problems) or False

    @api.constrains("is_plan", "company_id")
    def _check_plan_company(self):
        for project in self.filtered("is_plan"):
            if not project.company_id:
                raise ValidationError(self.env._(
                    "The master plan \"%(plan)s\" needs a company: its working hours and holidays count.",
                    plan=project.name))
            # sudo: departments of another company are hidden from most users, they are the fault looked for
            others = project.sudo().plan_item_ids.filtered(
                lambda task, project=project: task.plan_department_id.company_id not in (
                    project.company_id, self.env["res.company"]))
            if others:
                raise ValidationError(self.env._(
                    "The master plan \"%(plan)s\" cannot belong to %(company)s: the departments of these items are "
                    "another company's: %(items)s.", plan=project.name, company=project.company_id.name,
                    items=", ".join(others.mapped("name"))))

    @api.constrains("plan_begin", "promised_date")
    def _check_plan_dates(self):
        now = fields.Datetime.now()
        for project in self:
            for name in ("plan_begin", "promised_date"):
                if project[name] and limits.is_far(project[name], now):
                    raise ValidationError(self.env._(
                        "%(plan)s, %(field)s: %(value)s is more than %(years)s years away. Correct the date.",
                        plan=project.name, field=self._describe_fields({name}), value=project[name],
                        years=limits.FARTHEST_YEARS))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "plan_state", "planned_finish", "forecast_finish", "slack_days", "is_delayed", "has_unreleased_changes",
            "plan_revision", "plan_progress", "baseline_ids", "baseline_id", "follow_up_user_id"}

    @api.model_create_multi
    def create(self, vals_list):
        projects = super().create([self._prepare_plan_vals(vals) for vals in vals_list])
        if plans := projects.filtered("is_plan"):
            plans._check_planner()
        return projects

    def write(self, vals):
        names = {"is_plan", "plan_begin", "promised_date", "company_id", "tasks", "plan_item_ids", "active"}
        is_moving = not names.isdisjoint(vals)
        if is_moving:
            self._check_planned_by_planner(vals)
            if vals.get("is_plan"):
                vals = self._prepare_plan_vals(vals)
        # dates are computed once, whatever was written
        result = super(ProjectProject, self.with_context(plan_later=True) if is_moving else self).write(vals)
        if is_moving:
            if vals.get("is_plan"):
                self.env["project.task.link"]._follow_core(self.tasks)
            self.filtered("is_plan")._plan_changed()
        if {"is_delayed", "plan_state"}.intersection(vals):
            self._settle_warnings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_released(self):
        for project in self:
            if project.baseline_ids:
                raise UserError(self.env._(
                    "The master plan \"%(plan)s\" has been released to the departments. Cancel it instead of deleting "
                    "it.", plan=project.name))

    def action_take_template(self):
        """Give the plan the items of its template; only where it has none yet."""
        self.ensure_one()
        self._check_planner()
        if not self.plan_template_id:
            raise UserError(self.env._("%(plan)s: choose a plan template first.", plan=self.name))
        if self.plan_item_ids:
            raise UserError(self.env._(
                "%(plan)s has items already. Delete them first to take those of the template.", plan=self.name))
        self.plan_template_id._make_plan(self)
        self._reschedule()

    def action_reschedule(self):
        """Compute all dates anew, as happens by itself after every change."""
        self._check_planner()
        self._reschedule()

    def action_view_plan_items(self):
        """Items of the plan, as a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("project_plan.project_task_action_items")
        return {**action, "domain": [("project_id", "=", self.id), ("is_plan_item", "=", True)],
                "context": {"default_project_id": self.id, "create": self.env.user.has_group(PLANNER)}}

    def action_view_plan_timeline(self):
        """Items of the plan on the timeline."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("project_plan.project_task_action_schedule")
        return {**action, "domain": [("project_id", "=", self.id), ("is_plan_item", "=", True)],
                "context": {"default_project_id": self.id, "create": False}}

    def action_view_plan(self):
        """The project as a master plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.project",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("project_plan.project_project_view_form").id, "form")],
        }

    def action_view_baselines(self):
        """Released revisions of the plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Released Revisions"),
            "res_model": "project.plan.baseline",
            "view_mode": "list,form",
            "domain": [("project_id", "=", self.id)],
        }

    def action_new_meeting(self):
        """Prepare the coordination meeting with the people of the plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Coordination Meeting"),
            "res_model": "project.plan.meeting",
            "view_mode": "form",
            "context": {
                "default_project_id": self.id,
                "default_participant_ids": (self.plan_item_ids.plan_user_id | self.env.user).ids,
            },
        }

    @api.model
    def _plan_from_template(self, template, begin, promised, values=None):
        """A new master plan with the items of a template, scheduled (INS-2, PLN-1).

        :param template: project.plan.template; empty: a plan without items, which says so
        :param begin: naive UTC datetime
        :param promised: date confirmed to the customer
        :param dict values: further values of the project, its name and company among them
        :return: project.project
        """
        values = {"name": template.name, "company_id": template.company_id.id or self.env.company.id, **(values or {})}
        project = self.create({
            "is_plan": True, "plan_template_id": template.id, "plan_kind": template.plan_kind, "plan_begin": begin,
            "promised_date": promised, **values})
        if template:
            template._make_plan(project)
        project._reschedule()
        return project

    def _get_plan_items(self):
        """Open and finished items of these plans; those that were cancelled or archived do not count."""
        return self.env["project.task"].search(
            [("project_id", "in", self.ids), ("is_plan_item", "=", True), ("state", "!=", "1_canceled")],
            order="project_id, sequence, id")

    @api.model
    def _prepare_plan_vals(self, vals):
        """A new plan has dependencies, a beginning, a planner and a company; customers do not look into it."""
        if not vals.get("is_plan", not self and self.env.context.get("default_is_plan")):
            return vals
        return {
            "plan_begin": fields.Datetime.now(), "planner_id": self.env.uid, "privacy_visibility": "employees",
            **({} if self.company_id else {"company_id": self.env.company.id}),
            **{name: value for name, value in vals.items() if value or name not in ("company_id", "plan_begin")},
            "allow_task_dependencies": True,
        }

    def _check_planner(self):
        """:raise AccessError: the user is no planner"""
        self._check_groups(PLANNER)

    def _check_planned_by_planner(self, vals):
        if {"is_plan", "plan_begin", "promised_date"}.intersection(vals) and (
                vals.get("is_plan") or any(self.mapped("is_plan"))):
            self._check_planner()
        if "is_plan" in vals and not vals["is_plan"] and self.baseline_ids:
            raise UserError(self.env._(
                "%(plan)s has been released: it stays a master plan.", plan=self.baseline_ids[:1].project_id.name))
