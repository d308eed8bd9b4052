from odoo import api, fields, models


class ProjectProject(models.Model):
    """What is recorded about a plan while it is carried out: warnings, objections, waiting, risks."""

    _name = "project.project"
    _inherit = ["project.project", "contact.sheet.mixin"]

    plan_warning_ids = fields.One2many("project.plan.warning", "project_id", string="Delay Warnings")
    plan_objection_ids = fields.One2many("project.plan.objection", "project_id", string="Objections")
    plan_wait_ids = fields.One2many("project.plan.wait", "project_id", string="Waiting for the Customer")
    plan_risk_ids = fields.One2many("project.plan.risk", "project_id", string="Risks")
    follow_up_user_id = fields.Many2one(
        "res.users", string="Follows Up", compute="_compute_follow_up_user_id", store=True, copy=False,
        help="Compares the progress some days before the promised date: the order desk, else the planner.")

    @api.depends("is_plan", "planner_id", "company_id.plan_desk_department_id.manager_id.user_id")
    def _compute_follow_up_user_id(self):
        """The order desk, where somebody there may look at plans (PLN-12)."""
        for plan in self:
            desk = plan.company_id.plan_desk_department_id if plan.is_plan else self.env["hr.department"]
            user = desk._get_next_manager(plan.company_id) if desk else self.env["res.users"]
            sees = user.sudo().has_group("project.group_project_user") if user else False  # sudo: of another person
            plan.follow_up_user_id = user if sees else plan.is_plan and plan.planner_id

    def _get_sales_user(self):
        """Who speaks with the customer; addons that know the order say its salesperson."""
        self.ensure_one()
        return self.partner_id.user_id or self.user_id

    def _settle_warnings(self):
        """A released plan that will be late has an open warning, any other plan has none (PLN-6)."""
        plans = self.sudo().filtered("is_plan")  # sudo: warnings follow from the forecast, whoever moved it
        late = plans.filtered(lambda plan: plan.is_delayed and plan.plan_state == "released")
        warnings = self.env["project.plan.warning"].sudo()  # sudo: as above
        warnings._open_for(late)
        warnings.search([("project_id", "in", (plans - late).ids), ("state", "!=", "closed")])._close()
        plans._settle_unshipped()

    def _settle_unshipped(self):
        """Once an order is delivered, or nobody works by its plan any more, nobody is asked when it is shipped."""
        papers = self.env["project.plan.unshipped"].sudo().search(  # sudo: follows from the plan, whoever moved it
            [("project_id", "in", self.ids), ("state", "!=", "shipped")])
        over = self.filtered(lambda plan: plan.plan_state != "released" or plan._is_all_done()) if papers else self
        papers.filtered(lambda paper: paper.project_id in over)._settle()

    def _is_all_done(self):
        return all(item.is_closed for item in self._get_plan_items() if not item.child_ids)

    def _get_dossier_figures(self):
        """Items of one order's plan that are done, and those later than what was last released (EVA-1)."""
        plans = self.filtered(lambda plan: plan.is_plan and plan.plan_state != "cancelled")
        lines = plans.baseline_id.line_ids.filtered(lambda line: line.planned_finish and line.task_id.actual_finish)
        late = lines.filtered(lambda line: line.task_id.actual_finish > line.planned_finish)
        return [(self.env._("Plan items done, of these late"), f"{len(lines)}, {len(late)}")] if lines else []
