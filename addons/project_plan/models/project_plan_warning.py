from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .project_project import PLANNER

DECISION_TYPE = "project_plan.mail_activity_type_plan_decision"
OPEN = ("open", "countered")


class ProjectPlanWarning(models.Model):
    """交期延误项目预警: the forecast of a released plan passes its promised date (PLN-6)."""

    _name = "project.plan.warning"
    _description = "Delay Warning"
    _inherit = ["project.plan.paper"]
    _order = "id desc"
    _check_company_auto = True
    _number_sequence = "project.plan.warning"
    _transitions = {
        "counter": Transition(("open",), "countered"),
        "close": Transition(OPEN, "closed"),
    }

    name = fields.Char(string="Number", default="/", readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("countered", "Countermeasure Recorded"), ("closed", "Closed")], string="Status",
        required=True, default="open", readonly=True, copy=False, index=True, tracking=True)
    promised_date = fields.Date(readonly=True, help="When the warning was opened.")
    forecast_finish = fields.Datetime(string="Forecast", readonly=True, help="When the warning was opened.")
    days_late = fields.Float(string="Working Days Late", readonly=True, digits=(16, 1), aggregator=False)
    forecast_now = fields.Datetime(related="project_id.forecast_finish", string="Forecast Now", related_sudo=True)
    critical_path = fields.Text(string="Driven By", readonly=True, help="Critical items when the warning was opened.")
    informed_user_ids = fields.Many2many("res.users", string="Informed", readonly=True)
    planner_id = fields.Many2one(related="project_id.planner_id", store=True, index="btree_not_null")
    countermeasure = fields.Text(copy=False, tracking=True, help="What is done so that the date is kept after all.")
    countered_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    countered_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    can_counter = fields.Boolean(compute="_compute_can_counter", export_string_translation=False)

    _one_open = models.UniqueIndex(
        "(project_id) WHERE state != 'closed'", "There is an open delay warning of this plan already.")

    @api.depends("state", "project_id.user_id", "project_id.planner_id")
    @api.depends_context("uid")
    def _compute_can_counter(self):
        planner = self.env.user.has_group(PLANNER)
        for warning in self:
            warning.can_counter = warning.state == "open" and (
                planner or self.env.user in warning.project_id.user_id | warning.planner_id)

    def action_counter(self):
        """Record what is done so that the date is kept after all (PLN-6).

        :raise AccessError: neither the project manager nor a planner
        :raise UserError: nothing is written
        """
        self._transit("counter", countered_by=self.env.uid, countered_on=fields.Datetime.now())
        self._stop_asking()
        return True

    def _check_transition(self, operation):
        if operation == "counter" and not self.env.su and any(
                warning.state == "open" and not warning.can_counter for warning in self):
            raise AccessError(self.env._(
                "%(warning)s: the countermeasure is recorded by the project manager or a planner.",
                warning=self._describe()))
        result = super()._check_transition(operation)
        for warning in self:
            if operation == "counter" and not is_reason(warning.countermeasure):
                raise UserError(self.env._(
                    "%(warning)s: write what is done so that the date is kept.", warning=warning._describe()))
        return result

    @api.model
    def _open_for(self, plans):
        """Warn of plans that will miss their date; a plan with an open warning is warned of already."""
        known = self.search([("project_id", "in", plans.ids), ("state", "in", OPEN)]).project_id
        warnings = self.create([self._prepare_warning(plan) for plan in plans - known])
        for warning in warnings:
            warning._inform()
        return warnings

    @api.model
    def _prepare_warning(self, plan):
        critical = plan._get_plan_items().filtered(lambda task: task.is_critical and not task.child_ids)
        return {
            "project_id": plan.id, "promised_date": plan.promised_date, "forecast_finish": plan.forecast_finish,
            "days_late": -plan.slack_days,
            "critical_path": "\n".join(
                f"{task.name} ({task.plan_department_id.name or '–'})" for task in critical) or False,
            "informed_user_ids": [fields.Command.set(self._get_people_to_warn(plan, critical).ids)],
        }

    @api.model
    def _get_people_to_warn(self, plan, critical):
        """Sales, the project manager, the planner, the managers of the critical items, the general manager."""
        users = plan._get_sales_user() | plan.partner_id.user_id | plan.user_id | plan.planner_id
        for department in critical.plan_department_id:
            users |= department._get_next_manager(plan.company_id)
        general = critical.plan_department_id[:1]._get_general_manager(plan.company_id)
        return (users | general).filtered(
            lambda user: user.active and not user.share and plan.company_id in user.company_ids)

    def _inform(self):
        self.ensure_one()
        plan = self.project_id
        # the scheduler finds it: it speaks the company's language, and that of whom it asks
        words = self.with_context(lang=plan.company_id.partner_id.lang or self.env.lang).env
        self._tell(self.informed_user_ids, words._(
            "%(plan)s will be late: forecast %(forecast)s, promised for %(promised)s.", plan=plan.name,
            forecast=format_datetime(words, self.forecast_finish, dt_format="short"),
            promised=format_date(words, self.promised_date)))
        asked = plan.planner_id or plan.user_id
        words = self.with_context(lang=asked.lang or self.env.lang).env
        self._ask(DECISION_TYPE, asked, words._("%(plan)s will be late: record the countermeasure", plan=plan.name))

    def _close(self):
        """The forecast keeps the date again, or nobody works by the plan any more."""
        for warning in self:
            warning._transit("close", closed_on=fields.Datetime.now())
            warning._stop_asking()

    def _get_open_fields(self):
        return {"countermeasure"} if self.can_counter else set()

    def _get_frozen_fields(self):
        if self._is_frozen():
            return super()._get_frozen_fields()
        opened = {"project_id", "name", "promised_date", "forecast_finish", "days_late", "critical_path"}
        return opened | {"countermeasure", "countered_by", "countered_on"} if self.state == "countered" else opened

    def _is_frozen(self):
        return self.state == "closed"
