from odoo import api, fields, models
from odoo.fields import Command


class OrderReviewTemplateLine(models.Model):
    _name = "order.review.template.line"
    _inherit = ["document.number.mixin"]
    _description = "Department in a Review Template"
    _order = "sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one("order.review.template", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    role_id = fields.Many2one("order.review.role", help="The department is then found per company.")
    department_id = fields.Many2one(
        "hr.department", check_company=True, help="Instead of, or overriding, the role's department.")
    user_id = fields.Many2one(
        "res.users", string="Reviewer", domain="[('share', '=', False)]",
        help="Empty: the manager of the department.")
    limit_hours = fields.Integer(string="Limit (working hours)", default=8)
    required = fields.Boolean(default=True, help="The round cannot be concluded before this opinion.")
    criterion_ids = fields.Many2many("order.review.criterion", string="Criteria")

    _limit_positive = models.Constraint("CHECK(limit_hours > 0)", "The limit must be longer than zero hours.")

    @api.depends("role_id.name", "department_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.department_id.name or line.role_id.name or self.env._("Line without role")

    def _get_department(self, company):
        """The department that answers this line in a company, empty if there is none."""
        return self.department_id or self.role_id._get_department(company)

    def _prepare_review_line(self, order):
        department = self._get_department(order.company_id)
        user = self.user_id.filtered("active") or department._get_next_manager(order.company_id)
        return {
            "department_id": department.id,
            "user_id": user.id,
            "sequence": self.sequence,
            "limit_hours": self.limit_hours,
            "required": self.required,
            "check_ids": [Command.create(values) for values in self._prepare_checks()],
        }

    def _prepare_checks(self):
        return [{
            "criterion_id": criterion.id,
            "name": criterion.name,
            "description": criterion.description,
            "required": criterion.required,
            "sequence": criterion.sequence,
        } for criterion in self.criterion_ids.filtered("active")]
