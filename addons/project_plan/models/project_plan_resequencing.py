from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .project_plan_warning import DECISION_TYPE
from .project_project import PLANNER

PLANNERS = (PLANNER,)
SIGNATURES = ("production", "desk")


class ProjectPlanResequencing(models.Model):
    """Orders change places for lack of capacity: agreed by production and the order desk, then issued (PLN-10)."""

    _name = "project.plan.resequencing"
    _description = "Re-sequencing of Orders"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "project.plan.resequencing"
    _transitions = {
        "propose": Transition(("draft",), "proposed", PLANNERS),
        "sign": Transition(("proposed",), "proposed"),
        "agree": Transition(("proposed",), "agreed"),
        "refuse": Transition(("proposed",), "refused"),
        "issue": Transition(("agreed",), "issued", PLANNERS),
        "cancel": Transition(("draft", "proposed", "agreed"), "cancelled", PLANNERS),
    }

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict",
        default=lambda self: self.env.company)
    reason = fields.Text(required=True, help="Which capacity is missing, and until when.")
    line_ids = fields.One2many("project.plan.resequencing.line", "resequencing_id", string="Orders", copy=True)
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Proposed"), ("agreed", "Agreed"), ("issued", "Issued"),
         ("refused", "Refused"), ("cancelled", "Cancelled")], string="Status", required=True, default="draft",
        readonly=True, copy=False, index=True, tracking=True)
    production_by = fields.Many2one(
        "res.users", string="Signed for Production", readonly=True, copy=False, ondelete="restrict", tracking=True)
    production_on = fields.Datetime(readonly=True, copy=False)
    desk_by = fields.Many2one(
        "res.users", string="Signed for the Order Desk", readonly=True, copy=False, ondelete="restrict",
        tracking=True)
    desk_on = fields.Datetime(readonly=True, copy=False)
    refusal = fields.Text(string="Why Not", copy=False)
    refused_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    issued_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    issued_on = fields.Datetime(readonly=True, copy=False)
    pending_user_id = fields.Many2one(
        "res.users", string="Waiting for", compute="_compute_pending_user_id", store=True, index="btree_not_null")
    can_sign = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)

    @api.depends("state", "production_by", "desk_by")
    def _compute_pending_user_id(self):
        for paper in self:
            missing = [side for side in SIGNATURES if not paper[f"{side}_by"]] if paper.state == "proposed" else []
            paper.pending_user_id = paper._get_signer(missing[0]) if missing else False

    @api.depends("state", "production_by", "desk_by")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for paper in self:
            paper.can_sign = paper.state == "proposed" and bool(paper._get_own_sides())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        for paper in self:
            if paper.state != "draft":
                raise UserError(self.env._("%(paper)s was proposed and stays on record.", paper=paper.name))

    def action_propose(self):
        """Ask production and the order desk to agree (PLN-10).

        :raise UserError: no orders, or a department that nobody can be asked for
        """
        self._transit("propose")
        for paper in self:
            for side in SIGNATURES:
                # sudo: a to-do for somebody else
                paper.sudo().activity_schedule(DECISION_TYPE, user_id=paper._get_signer(side).id, summary=self.env._(
                    "Agree to %(paper)s: orders change places", paper=paper.name))
        return True

    def action_sign(self):
        """Agree in the name of one's department; with both signatures it is agreed.

        :raise AccessError: neither production's nor the order desk's to sign
        """
        for paper in self:
            paper._check_transition("sign")
            side, now = paper._get_own_sides()[0], fields.Datetime.now()
            paper._write_signed({f"{side}_by": self.env.uid, f"{side}_on": now})
            # sudo: to-dos of others
            paper.sudo().activity_ids.filtered(lambda activity: activity.user_id == self.env.user).unlink()
            if all(paper[f"{one}_by"] for one in SIGNATURES):
                paper.sudo()._transit("agree")  # sudo: both have signed
                paper.sudo().activity_ids.unlink()
        return True

    def action_refuse(self):
        """One of the two does not agree, and says why.

        :raise AccessError: not one's to sign
        :raise UserError: no reason
        """
        for paper in self:
            paper._check_signer()
            if not is_reason(paper.refusal):
                raise UserError(self.env._("%(paper)s: write why you do not agree.", paper=paper.name))
        self._transit("refuse", refused_by=self.env.uid)
        self.sudo().activity_ids.unlink()  # sudo: to-dos of others
        return True

    def action_issue(self):
        """Move the plans as agreed, and release their revisions to the departments.

        :raise UserError: not agreed by both
        """
        for paper in self:
            paper._check_transition("issue")
            for line in paper.line_ids:
                line._apply()
            plans = paper.line_ids.project_id.filtered(
                lambda plan: plan.plan_state == "released" and plan.has_unreleased_changes)
            plans._release_plan(reason=self.env._("%(paper)s: %(reason)s", paper=paper.name, reason=paper.reason))
            paper._transit("issue", issued_by=self.env.uid, issued_on=fields.Datetime.now())
        return True

    def action_cancel(self):
        """It is not done after all.

        :raise UserError: issued already
        """
        self._transit("cancel")
        self.sudo().activity_ids.unlink()  # sudo: to-dos of others
        return True

    def _check_transition(self, operation):
        if operation == "sign":
            for paper in self:
                paper._check_signer()
        result = super()._check_transition(operation)
        if operation == "propose":
            for paper in self:
                paper._check_complete()
        return result

    def _check_signer(self):
        """:raise AccessError: not one's to sign, where it waits for signatures"""
        if self.state == "proposed" and not self._get_own_sides():
            raise AccessError(self.env._(
                "%(paper)s: production and the order desk agree, each for itself.", paper=self.name))

    def _check_complete(self):
        """:raise UserError: what an agreement needs is missing"""
        if not self.line_ids:
            raise UserError(self.env._("%(paper)s: name the orders, and when they begin.", paper=self.name))
        users = {side: self._get_signer(side) for side in SIGNATURES}
        if not all(users.values()) or users["production"] == users["desk"]:
            raise UserError(self.env._(
                "%(paper)s: production and the order desk need a manager each, two different people. Set both "
                "departments in the settings of the master plan.", paper=self.name))

    def _get_department(self, side):
        company = self.company_id.sudo()  # sudo: a setting
        return company.expedite_department_id if side == "production" else company.plan_desk_department_id

    def _get_signer(self, side):
        return self._get_department(side)._get_next_manager(self.company_id)

    def _get_own_sides(self):
        """For which of the two the user may still sign; nobody signs for both."""
        self.ensure_one()
        user = self.env.user
        if user in self.production_by | self.desk_by:
            return []
        mine = user._get_own_departments()
        return [side for side in SIGNATURES if not self[f"{side}_by"] and self._get_department(side) in mine]

    @api.model
    def _get_creatable_fields(self):
        return {"reason", "line_ids", "company_id"}

    def _get_open_fields(self):
        if self.state == "draft" and self.env.user.has_group(PLANNER):
            return {"reason", "line_ids"}
        return {"refusal"} if self.can_sign else set()

    def _get_frozen_fields(self):
        if self._is_frozen():
            return super()._get_frozen_fields()
        return set() if self.state == "draft" else {"reason", "line_ids", "name", "company_id"}

    def _is_frozen(self):
        return self.state in ("issued", "refused", "cancelled")
