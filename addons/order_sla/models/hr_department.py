from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache


class HrDepartment(models.Model):
    _inherit = "hr.department"

    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Working Hours", check_company=True, index="btree_not_null",
        help="Time limits of this department count by these hours. Left empty: those of the company.")
    sla_is_managed = fields.Boolean(
        string="Managed by Me", compute="_compute_sla_is_managed", search="_search_sla_is_managed",
        export_string_translation=False)
    sla_is_own = fields.Boolean(
        string="My Department", compute="_compute_sla_is_own", search="_search_sla_is_own",
        export_string_translation=False)

    @api.depends_context("uid")
    def _compute_sla_is_managed(self):
        managed = self.sudo().search(self._search_sla_is_managed("in", {True}))  # sudo: see the search below
        for department in self:
            department.sla_is_managed = department in managed

    def _search_sla_is_managed(self, operator, value):
        """Departments that the current user manages, and those below them."""
        if operator != "in":
            return NotImplemented
        # sudo: who may see what must not depend on the right to read departments and employees
        roots = self.sudo()._search([("manager_id.user_id", "=", self.env.uid)])
        # No query of its own: rules of many models ask this, all of them in one reading of an order
        return Domain("id", "in", SQL(
            "(SELECT below.id FROM hr_department below JOIN hr_department root "
            "ON below.parent_path LIKE root.parent_path || '%%' WHERE root.id IN %s)", roots.subselect()))

    @api.depends_context("uid")
    def _compute_sla_is_own(self):
        own = self.sudo().search(self._search_sla_is_own("in", {True}))  # sudo: see the search below
        for department in self:
            department.sla_is_own = department in own

    def _search_sla_is_own(self, operator, value):
        """Departments that the current user belongs to; without a query of its own, as above.

        In Odoo 19 the department of an employee stands in his current version, so that a path over the members of a
        department looks for these first, each time that a rule is applied.
        """
        if operator != "in":
            return NotImplemented
        # sudo: employees are hidden from most users; these are the user's own
        employees = self.env["hr.employee"].sudo()._search([("user_id", "=", self.env.uid)])
        return Domain("id", "in", SQL(
            "(SELECT version.department_id FROM hr_employee employee JOIN hr_version version "
            "ON version.id = employee.current_version_id WHERE employee.id IN %s)", employees.subselect()))

    @ormcache("self.id", cache="stable")
    def _sla_calendar_id(self):
        """Id of the department's own working hours; False: those of the company count."""
        return self.sudo().resource_calendar_id.id  # sudo: the engine's

    def _get_general_manager(self, company):
        """The company's general manager; where none is set, the topmost manager above this department.

        :return: res.users, empty where nobody can be reached
        """
        chain = [user for _department, user in self._get_managers(company) if user]
        general = company.sudo().sla_general_manager_id  # sudo: who it is is no secret
        return (general if general.active else chain[-1] if chain else general.browse()).sudo(False)

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env.registry.clear_cache("stable")
        if {"manager_id", "parent_id", "resource_calendar_id", "company_id", "active"}.intersection(vals):
            # sudo: who changes a department need not see its clocks
            self.env["sla.clock"].sudo().search(
                [("department_id", "child_of", self.ids), ("is_open", "=", True)])._wake()
        return result

    def unlink(self):
        # sudo: who deletes a department need not see its clocks
        clocks = self.env["sla.clock"].sudo().search([("department_id", "in", self.ids), ("is_open", "=", True)])
        result = super().unlink()
        clocks._wake()
        return result
