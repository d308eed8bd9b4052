from odoo import api, fields, models


class OrderReviewSetup(models.TransientModel):
    """One thing that must be set before the first review can run, whether it is, and where it is set.

    An addon that needs more adds its own to :meth:`_get_checks`.
    """

    _name = "order.review.setup"
    _description = "Setup Checklist"
    _order = "sequence, id"

    sequence = fields.Integer()
    name = fields.Char(string="What", required=True)
    is_ready = fields.Boolean(string="Ready")
    missing = fields.Text()
    action = fields.Char(help="External id of the action that shows where it is set.")

    @api.model
    def action_open(self):
        """Look at the company anew and show the checklist."""
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        self.create([
            {"sequence": number, "name": name, "is_ready": not missing, "missing": missing or False, "action": action}
            for number, (name, missing, action) in enumerate(self._get_checks(self.env.company))])
        return self.env["ir.actions.act_window"]._for_xml_id("order_review.order_review_setup_action")

    def action_set(self):
        """Open the place where it is set."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(self.action)

    @api.model
    def _get_checks(self, company):
        """What a company needs: list of (name, what is missing or "", external id of the action to set it)."""
        return [*self._get_department_checks(company), *self._get_rule_checks(company)]

    def _get_department_checks(self, company):
        roles = self.env["order.review.role"].search([("active", "=", True)])
        departments = {role: role._get_department(company) for role in roles}
        unplayed = ", ".join(role.name for role in roles if not departments[role])
        headless = ", ".join(department.name for department in departments.values()
                             if department and not department._get_next_manager(company))
        silent = ", ".join(department.name for department in departments.values()
                           if department and not department._get_review_signers(company))
        return [
            (self.env._("Departments"),
             unplayed and self.env._("No department plays the part of: %(names)s", names=unplayed),
             "order_review.order_review_role_action"),
            (self.env._("Managers"), headless and self.env._("No manager with a user: %(names)s", names=headless),
             "hr.hr_department_kanban_action"),
            (self.env._("Reviewers"), silent and self.env._("Nobody has the role Reviewer: %(names)s", names=silent),
             "base.action_res_users"),
        ]

    def _has_channel(self):
        return bool(self.env["utm.medium"].search_count([("is_intake_channel", "=", True)], limit=1))

    def _get_rule_checks(self, company):
        scope = [("company_id", "in", (company.id, False))]
        templates = self.env["order.review.template"].search(scope)
        authorities = self.env["order.review.authority"].search([*scope, ("kind", "=", "conclude")])
        deciders = authorities._get_users().filtered(lambda user: company in user.company_ids)
        return [
            (self.env._("Working hours"), not company.resource_calendar_id.attendance_ids and self.env._(
                "The company has no working hours: time limits cannot be counted."),
             "resource.action_resource_calendar_form"),
            (self.env._("Intake channels"), not self._has_channel() and self.env._(
                "There is no channel to choose."), "utm.utm_medium_action"),
            (self.env._("Review templates"), not templates and self.env._("There is no template."),
             "order_review.order_review_template_action"),
            (self.env._("Authorities"), not deciders and self.env._("Nobody may conclude a review."),
             "order_review.order_review_authority_action"),
            (self.env._("General manager"), not company.sla_general_manager_id.active and self.env._(
                "Nobody is told when a department's manager does not answer, either."),
             "order_sla.res_config_settings_action"),
        ]
