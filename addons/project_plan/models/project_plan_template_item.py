from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.entered_hours import check_hours


class ProjectPlanTemplateItem(models.Model):
    """One item of a template: a department's part in the plans made of it."""

    _name = "project.plan.template.item"
    _inherit = ["document.number.mixin"]
    _description = "Plan Template Item"
    _order = "template_id, sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one("project.plan.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one(
        "project.plan.template.item", string="Part Of", index="btree_not_null", ondelete="cascade",
        domain="[('template_id', '=', template_id), ('id', '!=', id)]")
    department_id = fields.Many2one("hr.department", check_company=True)
    user_id = fields.Many2one(
        "res.users", string="Person", check_company=True, domain=[("share", "=", False)],
        help="Left empty: the manager of the department.")
    duration_hours = fields.Float(string="Duration", default=8.0, help="Working hours.")
    is_milestone = fields.Boolean(string="Milestone")
    is_packing = fields.Boolean(
        string="Packing", help="The department is told some days ahead, and completes accessories and documents.")
    done_rule = fields.Selection(
        lambda self: self.env["project.task"]._fields["done_rule"]._description_selection(self.env),
        string="Done When", required=True, default="manual")

    _duration_positive = models.Constraint("CHECK(duration_hours >= 0)", "A duration must not be negative.")

    @api.constrains("duration_hours")
    def _check_duration_hours(self):
        check_hours(self, "duration_hours")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An item of a template must not be part of itself."))
        for item in self.filtered("parent_id"):
            if item.parent_id.template_id != item.template_id:
                raise ValidationError(self.env._(
                    "%(item)s and %(parent)s belong to different templates.",
                    item=item.name, parent=item.parent_id.name))

    def _prepare_task_vals(self, project):
        """Values of the plan item made of this one; the manager answers where no person is named."""
        self.ensure_one()
        company = project.company_id
        department = self.department_id
        # sudo: managers are employees, whom planners need not see
        person = self.user_id if self.user_id.active else department.sudo()._get_next_manager(company)
        return {
            "name": self.name,
            "project_id": project.id,
            "company_id": company.id,
            "plan_department_id": department.id,
            "plan_user_id": person.id,
            "duration_hours": self.duration_hours,
            "is_milestone": self.is_milestone,
            "is_packing": self.is_packing,
            "done_rule": self.done_rule,
        }
