from odoo import api, fields, models

from .project_project import END_TYPE


class ProductionInstruction(models.Model):
    """The instruction starts the master plan (INS-2, PLN-1)."""

    _inherit = "production.instruction"

    plan_kind = fields.Selection(
        lambda self: self.env["project.project"]._fields["plan_kind"]._description_selection(self.env),
        string="Kind of Plan", compute="_compute_plan_kind", store=True)
    plan_project_ids = fields.One2many("project.project", "instruction_id", string="Master Plans", copy=False)
    plan_project_id = fields.Many2one("project.project", string="Master Plan", compute="_compute_plan_project_id")

    @api.depends("line_ids.product_id", "review_id.order_class")
    def _compute_plan_kind(self):
        for instruction in self:
            kind = instruction.line_ids.product_id.product_tmpl_id._get_plan_kind()
            if kind == "regular" and instruction.review_id.order_class == "non_regular":
                kind = "nonregular"
            instruction.plan_kind = kind

    @api.depends("plan_project_ids.plan_state")
    def _compute_plan_project_id(self):
        for instruction in self:
            # sudo: which plan it is belongs to the instruction, whoever may open the plan
            instruction.plan_project_id = instruction.sudo().plan_project_ids.filtered(
                lambda project: project.plan_state != "cancelled")[:1]

    def action_make_plan(self):
        """Make the master plan of an instruction that was issued before plans were kept; open it.

        :raise AccessError: the user is no planner
        :raise UserError: the instruction is not issued
        """
        self.ensure_one()
        if not self.plan_project_id:
            self.env["project.project"]._check_planner()
            self._lock()
            self._check_state("issued", "acknowledged", "done")
            if not self.plan_project_id:
                self._make_plan()
        return self.action_view_plan()

    def action_view_plan(self):
        """Open the master plan."""
        self.ensure_one()
        return self.plan_project_id.action_view_plan()

    def _get_plans(self):
        plan = self.sudo().plan_project_id  # sudo: its name and day, whoever may open it
        finish = plan.company_id._get_day(plan.forecast_finish or plan.planned_finish)
        return [*super()._get_plans(), *([(plan, plan.name, finish)] if plan else [])]

    def _issue(self):
        result = super()._issue()
        self._make_plan()
        return result

    def _make_plan(self):
        """The draft of the master plan, from the template for what is made; its clock begins (PLN-1).

        Where no template fits the plan has no items yet, and says so to the planner.
        """
        self.ensure_one()
        # sudo: whoever issues the instruction need not be a planner
        instruction, order = self.sudo(), self.order_id.sudo()
        template = self.env["project.plan.template"].sudo()._find_for(  # sudo: as above
            instruction.plan_kind, instruction.line_ids.product_id, instruction.company_id)
        project = instruction.env["project.project"]._plan_from_template(
            template, fields.Datetime.now(), instruction.delivery_date, {
                "name": " ".join(filter(None, [instruction.order_name, instruction.project_name])),
                "company_id": instruction.company_id.id,
                "partner_id": order.partner_id.id,
                "plan_kind": instruction.plan_kind,
                "planner_id": instruction._get_planner().id,
                "user_id": order.user_id.id,
                "instruction_id": instruction.id,
                "allow_billable": True,
            })
        project._join_order(order)
        return project

    def _get_planner(self):
        """Who plans for the company: the manager of its planning department, else whoever is above him."""
        department = self.env.ref("order_review.review_role_planning")._get_department(self.company_id)
        return department._get_next_manager(self.company_id)

    def action_cancel(self):
        """Cancel the instruction; a plan that was not released goes with it, a released one is the planner's to end."""
        result = super().action_cancel()
        for project in self.sudo().plan_project_ids:  # sudo: as at the issue
            if project.plan_state == "draft":
                project.action_cancel_plan()
            elif project.plan_state == "released":
                project.activity_schedule(
                    END_TYPE, user_id=project.planner_id.id or self.env.uid,
                    summary=self.env._("Instruction cancelled: end or change the plan"),
                    note=self.env._("%(instruction)s, which this plan was made from, is cancelled.",
                                    instruction=project.instruction_id.name))
        return result
