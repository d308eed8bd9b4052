from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

from .project_project import PLANNER

UNSHIPPED_TYPE = "project_plan.mail_activity_type_plan_unshipped"


class ProjectPlanUnshipped(models.Model):
    """Finished but not shipped (完工未发货): once a week sales is asked, and answers with a shipping date (PLN-8)."""

    _name = "project.plan.unshipped"
    _description = "Finished but Not Shipped"
    _inherit = ["project.plan.paper"]
    _order = "finished_on, id"
    _check_company_auto = True
    _transitions = {
        "answer": Transition(("asked", "answered"), "answered"),
        "ask": Transition(("answered",), "asked"),
        "close": Transition(("asked", "answered"), "shipped"),
    }

    partner_id = fields.Many2one(related="project_id.partner_id", string="Customer")
    promised_date = fields.Date(related="project_id.promised_date")
    finished_on = fields.Datetime(readonly=True, help="When the last item before the delivery was finished.")
    days_waiting = fields.Integer(string="Days in Stock", compute="_compute_days_waiting")
    user_id = fields.Many2one(
        "res.users", string="Who Was Asked", readonly=True, index="btree_not_null", ondelete="restrict", tracking=True)
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    shipping_date = fields.Date(copy=False, tracking=True, help="When the customer takes the goods, as sales says.")
    note = fields.Char(string="Why It Waits", copy=False, tracking=True)
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("shipped", "Shipped")], string="Status", required=True,
        default="asked", readonly=True, copy=False, index=True, tracking=True)
    answered_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    answered_on = fields.Datetime(readonly=True, copy=False)
    shipped_on = fields.Datetime(string="Goods Left On", readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer", export_string_translation=False)

    _one_open = models.UniqueIndex(
        "(project_id) WHERE state != 'shipped'", "Sales is asked about this order already.")

    @api.depends("finished_on", "shipped_on")
    def _compute_days_waiting(self):
        for paper in self:
            end = paper.shipped_on or fields.Datetime.now()
            paper.days_waiting = (end - paper.finished_on).days if paper.finished_on else 0

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        planner = self.env.user.has_group(PLANNER)
        for paper in self:
            paper.can_answer = paper.state != "shipped" and (planner or paper.user_id == self.env.user)

    @api.depends("project_id")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = paper.project_id.name or ""

    def action_answer(self):
        """Sales says when the goods are shipped.

        :raise AccessError: neither who was asked nor a planner
        :raise UserError: no date, or one that has passed
        """
        self._transit("answer", answered_by=self.env.uid, answered_on=fields.Datetime.now())
        self._stop_asking()
        return True

    def _check_transition(self, operation):
        if operation == "answer" and not self.env.su and any(
                paper.state != "shipped" and not paper.can_answer for paper in self):
            raise AccessError(self.env._(
                "%(paper)s: the shipping date is said by the salesperson who was asked, or a planner.",
                paper=self._describe()))
        result = super()._check_transition(operation)
        if operation == "answer" and (wrong := self.filtered(
                lambda paper: not paper.shipping_date or paper.shipping_date < fields.Date.context_today(paper))):
            raise UserError(self.env._(
                "%(paper)s: enter the day on which the goods are shipped, today or later.",
                paper=wrong[0].display_name))
        return result

    @api.model
    def _ask_for(self, company):
        """The weekly list: released plans of which only the delivery is left; each is asked about once, and again where
        the shipping date has passed."""
        items = self.env["project.task"].search_fetch([
            ("is_plan_item", "=", True), ("project_id.plan_state", "=", "released"), ("company_id", "=", company.id),
            ("child_ids", "=", False)], ["project_id", "state", "done_rule", "actual_finish"])
        finished, now = {}, fields.Datetime.now()
        for plan, some in items.grouped("project_id").items():
            left = some.filtered(lambda item: not item.is_closed)
            on = max(filter(None, (some - left).mapped("actual_finish")), default=False)
            if left and all(item._is_delivery() for item in left) and not (on and on > now):
                finished[plan] = on
        known = self.search([("project_id", "in", [plan.id for plan in finished]), ("state", "!=", "shipped")])
        papers = self.create([
            {"project_id": plan.id, "finished_on": on, "user_id": plan._get_sales_user().id}
            for plan, on in finished.items() if plan not in known.project_id])
        today = fields.Date.context_today(self)
        for paper in known.filtered(lambda one: one.state == "answered" and one.shipping_date < today):
            paper._transit("ask", asked_on=fields.Datetime.now())
            papers |= paper
        for paper in papers:
            user = paper.user_id.filtered("active") or paper.project_id.planner_id
            paper._ask(UNSHIPPED_TYPE, user, self.with_context(lang=user.lang).env._(
                "%(plan)s is finished and not shipped: say when it is shipped", plan=paper.project_id.name))
        return papers

    def _settle(self):
        """What is delivered, or not worked by any more, waits for nobody."""
        for paper in self:
            paper._transit("close", shipped_on=fields.Datetime.now())
            paper._stop_asking()

    def _get_open_fields(self):
        return {"shipping_date", "note"} if self.can_answer else set()

    def _is_frozen(self):
        return self.state == "shipped"
