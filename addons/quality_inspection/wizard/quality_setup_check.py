from odoo import api, models


class OrderSetupCheck(models.TransientModel):
    """What must be set before the first goods can be inspected, held and decided on."""

    _inherit = "order.setup.check"

    @api.model
    def _get_checks(self, company):
        checks = super()._get_checks(company)
        if self.env.user.has_group("quality_inspection.group_quality_manager"):
            checks += [*self._get_quality_people_checks(company), *self._get_quality_place_checks(company)]
        return checks

    def _get_quality_people_checks(self, company):
        department, reviewing = company.quality_department_id, company._get_quality_review_departments()
        silent = ", ".join(one.name for one in reviewing if not one._get_manager(company))
        return [
            (self.env._("Head of quality"), self._get_missing_head(company, department),
             "quality_inspection.res_config_settings_action"),
            (self.env._("Inspectors"), not self._get_colleagues(company, "quality_inspection.group_quality_user")
             and self.env._("Nobody has the role Inspector: nothing is inspected."), "base.action_res_users"),
            (self.env._("Departments in the material review"), not reviewing and self.env._(
                "None is named: major and critical nonconformities cannot be decided."),
             "quality_inspection.res_config_settings_action"),
            (self.env._("Reviewers of the material review"), silent and self.env._(
                "No manager with a user: %(names)s", names=silent), "hr.hr_department_kanban_action"),
            (self.env._("Urgent release"),
             not self._get_colleagues(company, "quality_inspection.group_quality_release") and self.env._(
                "Nobody may authorise the use of goods before their inspection."), "base.action_res_users"),
            (self.env._("Gate"), not self._get_colleagues(company, "stock_gate_pass.group_gate_guard")
             and self.env._("Nobody has the role Guard: no gate pass can be scanned."), "base.action_res_users"),
        ]

    def _get_missing_head(self, company, department):
        if not department:
            return self.env._("The settings name no quality department.")
        return not company._get_quality_head() and self.env._(
            "%(department)s has no manager with a user.", department=department.name)

    def _get_quality_place_checks(self, company):
        scope = [("company_id", "in", (company.id, False))]
        plans = self.env["quality.inspection.plan"].search_count(scope, limit=1)
        warehouses = self.env["stock.warehouse"].with_context(active_test=False).search(
            [("company_id", "=", company.id), ("active", "=", True)])
        idle = ", ".join(one.name for one in warehouses if not one.wh_qc_stock_loc_id.active)
        return [
            (self.env._("Inspection plans"), not plans and self.env._(
                "There is no inspection plan: goods go into stock without inspection."),
             "quality_inspection.quality_inspection_plan_action"),
            (self.env._("Inspection area"), idle and self.env._(
                "No active inspection area: %(names)s. It comes back with the first goods to inspect.", names=idle),
             "stock.action_warehouse_form"),
        ]
