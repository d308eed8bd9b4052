from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from odoo.addons.document_control.models.document_control_mixin import Transition

PLANNER = "project_plan.group_planner"


class ProjectPlanMeeting(models.Model):
    """Coordination meeting about a plan, with its minutes (PLN-2); concluded minutes stand for good."""

    _name = "project.plan.meeting"
    _description = "Plan Coordination Meeting"
    _inherit = ["document.control.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _number_sequence = "project.plan.meeting"
    _transitions = {
        "conclude": Transition(("draft",), "concluded", groups=(PLANNER,)),
        "cancel": Transition(("draft",), "cancelled", groups=(PLANNER,)),
    }

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    project_id = fields.Many2one("project.project", string="Plan", required=True, index=True, ondelete="cascade",
                                 domain=[("is_plan", "=", True)])
    company_id = fields.Many2one(related="project_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    participant_ids = fields.Many2many(
        "res.users", string="Participants", domain=[("share", "=", False)], check_company=True)
    minutes = fields.Html()
    state = fields.Selection(
        [("draft", "Draft"), ("concluded", "Concluded"), ("cancelled", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, tracking=True)
    concluded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    concluded_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _get_creatable_fields(self):
        return super()._get_creatable_fields() | {"project_id", "date", "participant_ids", "minutes"}

    def _get_open_fields(self):
        open_fields = super()._get_open_fields()
        if self.state != "draft" or not self.env.user.has_group(PLANNER):
            return open_fields
        return open_fields | {"date", "participant_ids", "minutes"}

    def _is_frozen(self):
        return self.state == "concluded"

    def action_conclude(self):
        """Sign the minutes: who took part and what was agreed stands for good."""
        self._transit("conclude", concluded_by_id=self.env.uid, concluded_on=fields.Datetime.now())

    def action_cancel(self):
        """The meeting does not take place."""
        self._transit("cancel")

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if operation == "conclude":
            for meeting in self:
                meeting._check_complete()
        return result

    def _check_complete(self):
        """:raise UserError: minutes are missing, or people of a department that has to be there"""
        if is_html_empty(self.minutes) or len(self.participant_ids) < 2:
            raise UserError(self.env._(
                "%(meeting)s: enter who took part (at least two people) and what was agreed.", meeting=self.name))
        wanted = self.project_id.plan_template_id.meeting_department_ids
        # sudo: only to know which departments were there
        there = self.participant_ids.sudo().with_company(self.company_id).employee_ids.department_id
        if missing := wanted.filtered(lambda department: not there.filtered_domain(
                [("id", "child_of", department.id)])):
            raise UserError(self.env._(
                "%(meeting)s: nobody of %(departments)s took part. A non-regular plan is agreed with them.",
                meeting=self.name, departments=", ".join(missing.mapped("name"))))
