from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .project_project import PLANNER

PREPARATION_TYPE = "project_plan.mail_activity_type_plan_preparation"


class ProjectPlanPreparation(models.Model):
    """A day or two before an item begins its workshop checks people, machines and material, and how far cooperation,
    purchases and design are; what others must solve goes on a contact sheet (PLN-13)."""

    _name = "project.plan.preparation"
    _description = "Preparation Check"
    _inherit = ["project.plan.paper"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "project.plan.preparation"
    _transitions = {"sign": Transition(("draft",), "signed")}

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    task_id = fields.Many2one(
        "project.task", string="Item", required=True, index=True, ondelete="cascade",
        domain=[("is_plan_item", "=", True), ("is_closed", "=", False)])
    project_id = fields.Many2one(related="task_id.project_id", store=True, readonly=True, required=False)
    department_id = fields.Many2one(related="task_id.plan_department_id", store=True, index="btree_not_null")
    planned_start = fields.Datetime(related="task_id.planned_start")
    line_ids = fields.One2many(
        "project.plan.preparation.line", "preparation_id", string="Subjects",
        default=lambda self: self._get_default_lines())
    lacking_count = fields.Integer(string="Lacking", compute="_compute_lacking_count", store=True)
    state = fields.Selection(
        [("draft", "Being Checked"), ("signed", "Signed")], string="Status", required=True, default="draft",
        readonly=True, copy=False, index=True, tracking=True)
    signed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    signed_on = fields.Datetime(readonly=True, copy=False)

    _one_draft = models.UniqueIndex("(task_id) WHERE state = 'draft'", "The preparation of this item is being checked.")

    @api.depends("line_ids.result")
    def _compute_lacking_count(self):
        for check in self:
            check.lacking_count = len(check.line_ids.filtered(lambda line: line.result == "lacking"))

    @api.constrains("task_id")
    def _check_task(self):
        self.task_id._check_can_prepare()

    def action_sign(self):
        """The check is done; what the item waited for is known.

        :raise AccessError: neither the item's person or department, nor a planner
        :raise UserError: a subject was not looked at, or nothing says what is lacking
        """
        self._transit("sign", signed_by=self.env.uid, signed_on=fields.Datetime.now())
        # sudo: the to-do of the item was somebody's, the check is done
        self.sudo().task_id.activity_unlink([PREPARATION_TYPE])
        return True

    def action_all_ready(self):
        """What nobody has found lacking is ready."""
        self.line_ids.filtered(lambda line: not line.result).write({"result": "ready"})
        return True

    def action_new_contact_sheet(self):
        """A contact sheet of the item, with what is lacking as its question."""
        self.ensure_one()
        action = self.task_id.action_new_contact_sheet()
        lacking = self.line_ids.filtered(lambda line: line.result == "lacking")
        return {**action, "context": {
            **action["context"], "default_subject": f"{self.project_id.name} · {self.task_id.name}",
            "default_question": "\n".join(f"{line.subject_id.name}: {line.note or ''}" for line in lacking)}}

    def _check_transition(self, operation):
        self._check_signer()
        result = super()._check_transition(operation)
        for check in self:
            if open_lines := check.line_ids.filtered(lambda line: not line.result):
                raise UserError(self.env._(
                    "%(check)s: say of each subject whether it is ready: %(subjects)s.", check=check._describe(),
                    subjects=", ".join(open_lines.subject_id.mapped("name"))))
            for line in check.line_ids:
                if line.result == "lacking" and not is_reason(line.note):
                    raise UserError(self.env._(
                        "%(check)s: write what is lacking of \"%(subject)s\".", check=check._describe(),
                        subject=line.subject_id.name))
        return result

    def _check_signer(self):
        """:raise AccessError: the item is not the user's to prepare"""
        mine = self.env.user._get_own_departments()
        for check in self if not self.env.su else ():
            if check.task_id.plan_user_id != self.env.user and check.department_id not in mine \
                    and not self.env.user.has_group(PLANNER):
                raise AccessError(self.env._(
                    "%(check)s: the preparation is checked by the item's person and department, or a planner.",
                    check=check._describe()))

    @api.model
    def _get_default_lines(self):
        subjects = self.env["project.plan.preparation.subject"].search([("active", "=", True)])
        return [Command.create({"subject_id": subject.id}) for subject in subjects]

    @api.model
    def _get_creatable_fields(self):
        return {"task_id", "line_ids"}

    def _get_open_fields(self):
        return {"line_ids"} if self.state == "draft" else set()

    def _is_frozen(self):
        return self.state == "signed"
