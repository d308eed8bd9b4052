from odoo import api, fields, models


class OrderReviewRole(models.Model):
    """A part in the review (engineering, quality...), played in each company by a department of its own."""

    _name = "order.review.role"
    _inherit = ["document.number.mixin"]
    _description = "Review Role"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    department_ids = fields.Many2many(
        "hr.department", string="Departments",
        help="The department that plays this part, one for each company.")

    def _get_department(self, company):
        """The department that plays this part in a company; of its own first, then one shared by all."""
        departments = self.sudo().department_ids.filtered("active")  # hides no business data, see hr rules
        return (departments.filtered(lambda department: department.company_id == company)
                or departments.filtered(lambda department: not department.company_id))[:1]

    @api.model
    def _find_departments(self):
        """At installation: give each part to a department that bears its name, in whatever language.

        A company without departments of its own gets one for each part. One that has some keeps them:
        what is not found by name is left for the administrator, and submitting a review says so.
        """
        company = self.env.company
        departments = self.env["hr.department"].search([("company_id", "in", [company.id, False])])
        if departments <= (self.env.ref("hr.dep_administration", raise_if_not_found=False) or departments.browse()):
            departments = self._create_departments(company)
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for role in self.search([("active", "=", True)]).filtered(lambda role: not role._get_department(company)):
            names = {role.with_context(lang=code).name for code in languages}
            role.department_ids |= departments.filtered(lambda department, names=names: names & {
                department.with_context(lang=code).name for code in languages})[:1]

    @api.model
    def _create_departments(self, company):
        roles = self.search([("active", "=", True)])
        departments = self.env["hr.department"].create([
            {"name": role.name, "company_id": company.id} for role in roles])
        for role, department in zip(roles, departments, strict=True):
            role._name_department(department)
        return departments

    def _name_department(self, department):
        """Call a department as the part that it plays, in every language."""
        for code, _name in self.env["res.lang"].get_installed():
            department.with_context(lang=code).name = self.with_context(lang=code).name
