from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.order_sla.kernel.worktime import merged
from odoo.addons.order_sla.tools.moments import to_datetime, to_moment

from ..tools.plan_times import PlanTimes
from .project_project import PLANNER

HOUR = 3600
STAFF = ("project.group_project_user",)


class ProjectPlanWait(models.Model):
    """Waiting for the customer, such as for his confirmation of drawings: his delay, not ours (PLN-16)."""

    _name = "project.plan.wait"
    _description = "Waiting for the Customer"
    _inherit = ["project.plan.paper"]
    _order = "begun_on desc, id desc"
    _check_company_auto = True
    _transitions = {
        "end": Transition(("running",), "ended", groups=STAFF),
        "cancel": Transition(("running",), "cancelled", groups=STAFF),
    }

    task_id = fields.Many2one(
        "project.task", string="Item", required=True, index=True, ondelete="restrict",
        domain=[("is_plan_item", "=", True)])
    project_id = fields.Many2one(related="task_id.project_id", store=True, readonly=True, required=False)
    user_id = fields.Many2one(related="task_id.plan_user_id", store=True, index="btree_not_null")
    subject = fields.Char(string="Waiting for", required=True, help="e.g. the customer's confirmation of drawings")
    asked_on = fields.Datetime(
        string="Asked the Customer On", required=True, readonly=True, default=fields.Datetime.now)
    begun_on = fields.Datetime(
        string="Waiting Since", required=True, default=fields.Datetime.now,
        help="From when on work was held up, at the earliest the moment by which the customer was to answer.")
    ended_on = fields.Datetime(string="Answered On", readonly=True, copy=False)
    state = fields.Selection(
        [("running", "Waiting"), ("ended", "Answered"), ("cancelled", "Cancelled")], string="Status", required=True,
        default="running", readonly=True, copy=False, index=True, tracking=True)
    waited_hours = fields.Float(string="Hours Waited", readonly=True, copy=False, help="Of the company's working time.")
    moved_days = fields.Integer(
        string="Days Moved", readonly=True, copy=False,
        help="Whole working days by which the promised date moved; waiting for several things at once counts once.")
    promised_before = fields.Date(readonly=True, copy=False)
    promised_after = fields.Date(readonly=True, copy=False)
    ended_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _one_running = models.UniqueIndex(
        "(task_id) WHERE state = 'running'", "This item waits for the customer already.")

    @api.depends("subject", "task_id")
    def _compute_display_name(self):
        for wait in self:
            wait.display_name = ": ".join(filter(None, (wait.task_id.name, wait.subject)))

    @api.model_create_multi
    def create(self, vals_list):
        waits = super().create(vals_list)
        for wait in waits:
            wait._check_begin()
        waits._mark_items(True)
        return waits

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(self.env._("Waiting for the customer stays on record. Cancel it if it was entered by mistake."))

    def action_end(self):
        """The customer has answered: forecast and promised date move by the working time waited (PLN-16).

        :raise UserError: ended already
        """
        for wait in self:
            wait._check_transition("end")
            wait.search([("project_id", "=", wait.project_id.id)])._lock()  # what they come to is counted together
            now = fields.Datetime.now()
            wait._transit("end", ended_on=now, ended_by=self.env.uid, **wait._get_effect(now))
            wait._move_plan()
        self._mark_items(False)
        return True

    def action_cancel(self):
        """It was entered by mistake: nothing moves.

        :raise UserError: ended already
        """
        self._transit("cancel")
        self._mark_items(False)
        return True

    def _check_begin(self):
        """:raise UserError: waiting that begins in the future, or before the plan"""
        begin = self.project_id.plan_begin
        if self.begun_on > fields.Datetime.now() or begin and self.begun_on < begin:
            raise UserError(self.env._(
                "%(wait)s: waiting begins after the plan has begun, and not in the future.", wait=self.display_name))

    def _mark_items(self, waiting):
        """Clocks of an item that waits for the customer stand still: their policies pause on this mark."""
        # sudo: the mark is written by this alone
        self.sudo().task_id.with_context(plan_later=True).write({"customer_wait": waiting})

    def _get_effect(self, now):
        """What the waiting that ends now comes to."""
        plan = self.project_id
        times = PlanTimes(self.task_id)
        time, zone = times.get_company_time(plan.company_id), times.get_zone(plan.company_id)
        own = time.worked(to_moment(self.begun_on), to_moment(now))
        former = self.search([("project_id", "=", plan.id), ("state", "=", "ended")])
        spans = merged([
            (to_moment(one.begun_on), to_moment(one.ended_on or now)) for one in former | self])
        whole = int(sum(time.worked(start, stop) for start, stop in spans) // time.day_seconds)
        days = max(whole - sum(former.mapped("moved_days")), 0)
        after = plan.promised_date
        if after and days:
            close = time.close_of_work(after.toordinal(), zone)
            local = self.with_context(tz=str(zone))
            moved = to_datetime(time.advance(close, days * time.day_seconds))
            after = fields.Datetime.context_timestamp(local, moved).date()
        return {"waited_hours": own / HOUR, "moved_days": days, "promised_before": plan.promised_date,
                "promised_after": after}

    def _move_plan(self):
        """What had begun takes longer by what was waited, what had not begins now; the promise moves along."""
        self.ensure_one()
        task, plan = self.sudo().task_id, self.sudo().project_id  # sudo: the waiting moves them, whoever ends it
        vals = {}
        if task.actual_start and not task.actual_finish:
            vals = {"duration_hours": task.duration_hours + self.waited_hours, "remaining_hours": task.remaining_hours}
        elif not task.actual_start and task.planned_start and task.planned_start < self.ended_on:
            vals = {"pinned_start": self.ended_on}
        if vals:
            task.with_context(plan_later=True).write(vals)
        if self.promised_after != self.promised_before:
            plan.with_context(plan_later=True).promised_date = self.promised_after
        plan._reschedule()

    @api.model
    def _get_creatable_fields(self):
        """Waiting begins when it is entered; planners may say that it began earlier."""
        return {"task_id", "subject"} | ({"begun_on"} if self.env.user.has_group(PLANNER) else set())

    def _get_frozen_fields(self):
        if self.state != "running":
            return super()._get_frozen_fields()
        return {"task_id", "subject", "asked_on", "begun_on"}

    def _is_frozen(self):
        return self.state != "running"
