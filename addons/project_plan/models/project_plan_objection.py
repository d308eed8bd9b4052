from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel.worktime import NoWorkingTime
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..tools.plan_times import PlanTimes
from .project_plan_option import PLAN_MANAGER
from .project_plan_warning import DECISION_TYPE
from .project_project import PLANNER

PAPER = {"task_id", "wanted_finish", "reason"}
DECISION = {"answer", "new_date"}


class ProjectPlanObjection(models.Model):
    """A department objects to a planned date; the planner settles it, or the general manager decides (PLN-9)."""

    _name = "project.plan.objection"
    _description = "Objection to a Planned Date"
    _inherit = ["project.plan.paper"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "project.plan.objection"
    _transitions = {
        "raise": Transition(("draft",), "raised"),
        "settle": Transition(("raised",), "settled", groups=(PLANNER,)),
        "escalate": Transition(("raised",), "escalated"),
        "decide": Transition(("escalated",), "decided"),
        "withdraw": Transition(("draft", "raised", "escalated"), "withdrawn"),
    }

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    task_id = fields.Many2one(
        "project.task", string="Item", required=True, index=True, ondelete="restrict",
        domain=[("is_plan_item", "=", True)])
    project_id = fields.Many2one(related="task_id.project_id", store=True, readonly=True, required=False)
    department_id = fields.Many2one(
        related="task_id.plan_department_id", string="Department", store=True, index="btree_not_null")
    planner_id = fields.Many2one(related="project_id.planner_id", store=True, index="btree_not_null")
    planned_finish = fields.Datetime(readonly=True, copy=False, help="That is objected to.")
    wanted_finish = fields.Datetime(string="Possible Finish", help="When the department can have finished the item.")
    reason = fields.Text(help="Why the planned date cannot be kept.")
    state = fields.Selection(
        [("draft", "Draft"), ("raised", "Raised"), ("settled", "Settled"), ("escalated", "With the General Manager"),
         ("decided", "Decided"), ("withdrawn", "Withdrawn")], string="Status", required=True, default="draft",
        readonly=True, copy=False, index=True, tracking=True)
    raised_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    raised_on = fields.Datetime(readonly=True, copy=False)
    general_manager_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    answer = fields.Text(string="Settlement or Decision", copy=False, tracking=True)
    new_date = fields.Date(
        string="New Delivery Date", copy=False, tracking=True,
        help="Where the delivery date changes: the order desk is told, and asks the customer.")
    decided_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_on = fields.Datetime(readonly=True, copy=False)
    can_decide = fields.Boolean(compute="_compute_can_act", export_string_translation=False)
    can_object = fields.Boolean(compute="_compute_can_act", export_string_translation=False)

    @api.depends("state", "task_id", "general_manager_id", "raised_by")
    @api.depends_context("uid")
    def _compute_can_act(self):
        user = self.env.user
        planner, manager, mine = user.has_group(PLANNER), user.has_group(PLAN_MANAGER), user._get_own_departments()
        for paper in self:
            boss = manager or user == paper.general_manager_id
            paper.can_decide = planner if paper.state == "raised" else paper.state == "escalated" and boss
            paper.can_object = user in paper.raised_by | paper.task_id.plan_user_id or paper.department_id in mine

    def action_raise(self):
        """Object to the planned date: the planner is asked (PLN-9).

        :raise AccessError: another department's item
        :raise UserError: no reason, no possible date, or later than the department may object
        """
        for paper in self:
            paper._transit("raise", raised_by=self.env.uid, raised_on=fields.Datetime.now(),
                           planned_finish=paper.task_id.planned_finish)
            paper._ask(DECISION_TYPE, paper.project_id.planner_id, self.env._(
                "%(department)s objects to the date of %(item)s", department=paper.department_id.name,
                item=paper.task_id.name))
        return True

    def action_settle(self):
        """The planner and the department agree; what was agreed is recorded.

        :raise AccessError: no planner
        :raise UserError: not raised, or nothing is written
        """
        return self._decide("settle")

    def action_escalate(self):
        """They do not agree: the general manager is asked to decide.

        :raise UserError: not raised, or there is no general manager
        """
        for paper in self:
            manager = paper.department_id._get_general_manager(paper.company_id)
            if not manager:
                raise UserError(self.env._(
                    "%(paper)s: no general manager can be asked. Name one in Settings → Time Limits.",
                    paper=paper._describe()))
            paper._transit("escalate", general_manager_id=manager.id)
            paper._stop_asking()
            paper._tell(manager, self.env._("%(paper)s waits for your decision.", paper=paper.display_name))
            paper._ask(DECISION_TYPE, manager, self.env._(
                "Decide on the date of %(item)s", item=paper.task_id.name))
        return True

    def action_decide(self):
        """The general manager decides.

        :raise AccessError: not his to decide
        :raise UserError: not escalated, or nothing is written
        """
        return self._decide("decide")

    def action_withdraw(self):
        """The department takes its objection back.

        :raise AccessError: another department's
        """
        self._transit("withdraw")
        self._stop_asking()
        return True

    def _decide(self, operation):
        for paper in self:
            paper._transit(operation, decided_by=self.env.uid, decided_on=fields.Datetime.now())
            paper._stop_asking()
            paper._tell(paper.raised_by | paper.project_id.planner_id, paper.answer)
            if paper.new_date:
                paper._tell(paper._get_order_desk(), self.env._(
                    "%(plan)s: the delivery date moves to %(date)s. Settle it with the customer.",
                    plan=paper.project_id.name, date=format_date(self.env, paper.new_date)))
        return True

    def _get_order_desk(self):
        """Who is told of a changed delivery date; addons that know the order add its people."""
        desk = self.company_id.sudo().plan_desk_department_id  # sudo: a setting
        plan = self.project_id
        return desk._get_next_manager(self.company_id) | plan.user_id | plan.partner_id.user_id

    def _check_transition(self, operation):
        if operation in ("raise", "escalate", "withdraw") and not self.env.su:
            for paper in self:
                paper._check_objector(operation)
        if operation == "decide" and not self.env.su and any(
                paper.state == "escalated" and not paper.can_decide for paper in self):
            raise AccessError(self.env._("%(paper)s: the general manager decides.", paper=self._describe()))
        result = super()._check_transition(operation)
        for paper in self:
            if operation == "raise":
                paper._check_raisable()
            if operation in ("settle", "decide") and not is_reason(paper.answer):
                raise UserError(self.env._("%(paper)s: write what was agreed or decided.", paper=paper._describe()))
        return result

    def _check_objector(self, operation):
        """:raise AccessError: neither of the department nor, to escalate, a planner"""
        if self.can_object or operation == "escalate" and self.env.user.has_group(PLANNER):
            return
        raise AccessError(self.env._(
            "%(item)s: %(department)s objects to its dates, and takes objections back.", item=self.task_id.name,
            department=self.department_id.name or "–"))

    def _check_raisable(self):
        """:raise UserError: not complete, not released, or too late"""
        if not is_reason(self.reason) or not self.wanted_finish:
            raise UserError(self.env._(
                "%(item)s: write why the date cannot be kept, and when the item can be finished.",
                item=self.task_id.name))
        until = self._get_last_moment()
        if not until:
            raise UserError(self.env._(
                "%(item)s has not been released: there is no date to object to yet.", item=self.task_id.name))
        if fields.Datetime.now() > until:
            raise UserError(self.env._(
                "%(item)s: objections to its date were possible until %(moment)s. Write a contact sheet to the planner "
                "instead.", item=self.task_id.name, moment=format_datetime(self.env, until, dt_format="short")))

    def _get_last_moment(self):
        """Until when the department may object: so many working days from the release that told it the date."""
        # sudo: when it was released is told to everybody
        line = self.env["project.plan.baseline.line"].sudo().search(
            [("task_id", "=", self.task_id.id), ("change", "in", ("added", "moved"))], order="id desc", limit=1)
        if not line:
            return None
        time, begin = PlanTimes(self.task_id).get_time(self.task_id), to_moment(line.baseline_id.released_on)
        days = self.company_id.sudo().plan_objection_days  # sudo: a setting
        try:
            return to_datetime(time.advance(begin, round(days * time.day_seconds)))
        except NoWorkingTime:
            return to_datetime(begin)

    @api.model
    def _get_creatable_fields(self):
        return PAPER

    def _get_open_fields(self):
        if self.state == "draft":
            return PAPER
        return DECISION if self.can_decide else set()

    def _get_frozen_fields(self):
        if self._is_frozen():
            return super()._get_frozen_fields()
        return set() if self.state == "draft" else PAPER | {"planned_finish", "raised_by", "raised_on", "name"}

    def _is_frozen(self):
        return self.state in ("settled", "decided", "withdrawn")
