from odoo import api, models


class OrderSetupCheck(models.TransientModel):
    """What must be set before the first review can run."""

    _inherit = "order.setup.check"

    @api.model
    def _get_checks(self, company):
        checks = super()._get_checks(company)
        if self.env.user.has_group("order_review.group_order_review_manager"):
            checks += [*self._get_department_checks(company), *self._get_rule_checks(company)]
        return checks

    def _get_department_checks(self, company):
        roles = self.env["order.review.role"].search([("active", "=", True)])
        departments = {role: role._get_department(company) for role in roles}
        unplayed = ", ".join(role.name for role in roles if not departments[role])
        headless = ", ".join(department.name for department in departments.values()
                             if department and not department._get_reviewer(company))
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
            (self.env._("Intake channels"), not self._has_channel() and self.env._(
                "There is no channel to choose."), "utm.utm_medium_action"),
            (self.env._("Review templates"), not templates and self.env._("There is no template."),
             "order_review.order_review_template_action"),
            (self.env._("Authorities"), not deciders and self.env._("Nobody may conclude a review."),
             "order_review.order_review_authority_action"),
        ]
