from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason
from odoo.addons.order_sla.kernel import limits

from .project_project import PLANNER

PLAN_MANAGER = "project_plan.group_plan_manager"
DECIDE_TYPE = "project_plan.mail_activity_type_plan_option"
CARRY_OUT_TYPE = "project_plan.mail_activity_type_plan_carry_out"
INPUTS = {"kind", "item_ids", "overtime_hours", "outsourced_days", "new_date", "reason"}
DECIDED = ("chosen", "declined", "done")


class ProjectPlanOption(models.Model):
    """A way out for a plan that misses its date; its effect is computed, the general manager decides (PLN-4)."""

    _name = "project.plan.option"
    _description = "Option for a Plan"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "project_id, finish_with, id"
    _check_company_auto = True
    _number_sequence = "project.plan.option"
    _transitions = {
        "propose": Transition(("draft",), "proposed", groups=(PLANNER,)),
        "choose": Transition(("proposed",), "chosen", groups=(PLAN_MANAGER,)),
        "decline": Transition(("proposed",), "declined", groups=(PLAN_MANAGER,)),
        "carry_out": Transition(("chosen",), "done", groups=(PLANNER,)),
        "cancel": Transition(("draft", "proposed"), "cancelled", groups=(PLANNER,)),
    }

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    project_id = fields.Many2one(
        "project.project", string="Plan", required=True, index=True, ondelete="cascade",
        domain=[("is_plan", "=", True)])
    company_id = fields.Many2one(related="project_id.company_id", store=True, index=True)
    promised_date = fields.Date(related="project_id.promised_date")
    kind = fields.Selection(
        [("overtime", "Extra manpower or overtime"), ("outsourcing", "Outsourcing"), ("date", "Another date")],
        required=True, default="overtime", tracking=True)
    item_ids = fields.Many2many(
        "project.task", string="Items", domain="[('project_id', '=', project_id), ('is_plan_item', '=', True), "
        "('actual_finish', '=', False), ('child_ids', '=', False)]")
    overtime_hours = fields.Float(
        string="More Hours a Day", default=2, help="Of overtime or of further people, on each working day.")
    outsourced_days = fields.Float(
        string="Days Outside",
        help="Working days in which each of the items is done outside, as the supplier promises.")
    new_date = fields.Date(help="Delivery date to be agreed with the customer.")
    reason = fields.Text(string="Why", help="What speaks for it, what it costs.")
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Proposed"), ("chosen", "Chosen"), ("declined", "Declined"),
         ("done", "Carried Out"), ("cancelled", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, tracking=True)

    finish_without = fields.Datetime(string="Forecast Without", readonly=True, copy=False)
    finish_with = fields.Datetime(string="Forecast With", readonly=True, copy=False)
    days_gained = fields.Float(readonly=True, copy=False, digits=(16, 1), aggregator=False)
    slack_after = fields.Float(
        string="Slack After (days)", readonly=True, copy=False, digits=(16, 1), aggregator=False,
        help="Working days between the forecast and the date that then counts; negative: it is missed.")
    keeps_date = fields.Boolean(string="Keeps the Date", readonly=True, copy=False)
    computed_on = fields.Datetime(readonly=True, copy=False)

    decision_note = fields.Text(string="Decision", copy=False, help="The general manager's words.")
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)
    carried_out_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    carried_out_on = fields.Datetime(readonly=True, copy=False)

    _overtime_sane = models.Constraint(
        "CHECK(overtime_hours >= 0 AND overtime_hours <= 240)", "More hours a day: a number from 0 to 240.")
    _outside_sane = models.Constraint(
        "CHECK(outsourced_days >= 0 AND outsourced_days <= 2000)", "Days outside: a number from 0 to 2000.")

    @api.constrains("item_ids", "project_id")
    def _check_items(self):
        for option in self:
            if wrong := option.item_ids.filtered(
                    lambda task, option=option: task.project_id != option.project_id or task.is_summary):
                raise ValidationError(self.env._(
                    "%(option)s: these are no items of the plan, or summaries of others: %(items)s.",
                    option=option.name, items=", ".join(wrong.mapped("name"))))

    @api.constrains("new_date")
    def _check_new_date(self):
        now = fields.Datetime.now()
        for option in self:
            if option.new_date and limits.is_far(option.new_date, now):
                raise ValidationError(self.env._(
                    "%(option)s: %(date)s is more than %(years)s years away. Correct the date.", option=option.name,
                    date=option.new_date, years=limits.FARTHEST_YEARS))

    @api.model
    def _get_creatable_fields(self):
        return super()._get_creatable_fields() | INPUTS | {"project_id"}

    def _get_open_fields(self):
        names = super()._get_open_fields()
        if self.state == "draft" and self.env.user.has_group(PLANNER):
            names |= INPUTS
        if self.state == "proposed" and self.env.user.has_group(PLAN_MANAGER):
            names |= {"decision_note"}
        return names

    def _is_frozen(self):
        return self.state in DECIDED

    def _get_living_fields(self):
        return {"state", "carried_out_by_id", "carried_out_on"} if self.state == "chosen" else set()

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options._compute_effect()
        return options

    def write(self, vals):
        result = super().write(vals)
        if not INPUTS.isdisjoint(vals):
            self._compute_effect()
        return result

    def action_compute(self):
        """Compute the effect anew, by the plan as it stands now."""
        self._check_groups(PLANNER)
        self._check_state("draft", "proposed")
        self._compute_effect()

    def action_propose(self):
        """Put the option before the general manager."""
        self._compute_effect()
        self._transit("propose")
        self._ask_managers()

    def action_choose(self):
        """Decide for this option; what else was proposed for the plan is declined with it."""
        self.ensure_one()
        self._check_transition("choose")
        promised = self.keeps_date
        self._compute_effect()
        if promised and not self.keeps_date:
            raise UserError(self.env._(
                "%(option)s does not keep the date any more: the plan has moved since. Have its effect computed anew, "
                "then decide.", option=self._describe()))
        others = self.search([
            ("project_id", "=", self.project_id.id), ("state", "=", "proposed"), ("id", "!=", self.id)])
        others._lock()
        self._decide("choose")
        others._decide("decline", decision_note=self.env._("%(option)s was chosen.", option=self.name))
        self._tell_planner()

    def action_decline(self):
        """Decide against this option; the reason is told."""
        for option in self:
            if not is_reason(option.decision_note):
                raise UserError(self.env._(
                    "%(option)s: say why it is declined, under Decision.", option=option._describe()))
        self._check_transition("decline")
        self._decide("decline")
        for option in self:
            option._tell_decision(option._get_planner(), option.decision_note)

    def action_carry_out(self):
        """Write what was decided into the plan."""
        self._check_transition("carry_out")
        for option in self:
            option._apply()
        self._transit("carry_out", carried_out_by_id=self.env.uid, carried_out_on=fields.Datetime.now())
        self._close_todos()

    def action_cancel(self):
        """The option is withdrawn."""
        self._transit("cancel")
        self._close_todos()

    def _decide(self, operation, **vals):
        """Write the decision; its caller has checked right and state."""
        if self:
            self._transit(operation, decided_by_id=self.env.uid, decided_on=fields.Datetime.now(), **vals)
            self._close_todos()

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if operation == "propose":
            for option in self:
                option._check_complete()
        return result

    def _check_complete(self):
        """:raise UserError: what the effect is computed from is missing"""
        missing = {
            "date": not self.new_date, "overtime": not self.item_ids or not self.overtime_hours,
            "outsourcing": not self.item_ids or not self.outsourced_days}[self.kind]
        if missing:
            names = {"date": {"new_date"}, "overtime": {"item_ids", "overtime_hours"},
                     "outsourcing": {"item_ids", "outsourced_days"}}[self.kind]
            raise UserError(self.env._(
                "%(option)s: enter %(fields)s, its effect follows from them.", option=self._describe(),
                fields=self._describe_fields(names)))

    def _ask_managers(self):
        """One person is asked, once a plan: the general manager, or whoever may decide where he may not."""
        for plan, options in self.sudo().grouped("project_id").items():  # sudo: a to-do for somebody else
            if plan.plan_option_ids.filtered(lambda option: option.state == "proposed").activity_ids:
                continue
            for user in plan._get_option_deciders():
                options[:1].activity_schedule(
                    DECIDE_TYPE, user_id=user.id,
                    summary=self.env._("Decide how %(plan)s keeps its date", plan=plan.name))

    def _get_planner(self):
        """Who is told of the decision."""
        option = self.sudo()  # sudo: whom to tell
        return option.project_id.planner_id or option.create_uid

    def _tell_planner(self):
        # sudo: a to-do for somebody else
        option = self.sudo()
        option.activity_schedule(
            CARRY_OUT_TYPE, user_id=option._get_planner().id,
            summary=self.env._("Carry out what was decided for %(plan)s", plan=option.project_id.name))

    def _close_todos(self):
        options = self.sudo()  # sudo: to-dos of whoever was asked
        options.activity_unlink([DECIDE_TYPE, CARRY_OUT_TYPE])
        left = options.project_id.plan_option_ids.filtered(lambda option: option.state == "proposed")
        left._ask_managers()

    @api.model
    def _get_open_options_domain(self):
        return Domain("state", "in", ("draft", "proposed"))
