from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

STAGES = [
    ("draft", "In preparation"), ("in_review", "In review"), ("to_conclude", "To conclude"),
    ("approval", "Top management"), ("customer", "With the customer"), ("cleared", "Cleared"),
    ("returned", "Returned to sales"), ("declined", "Declined"), ("cancelled", "Cancelled"),
]
CONCLUSIONS = [
    ("accept", "Accept"), ("conditional", "Accept with conditions"),
    ("return", "Return to sales"), ("decline", "Decline"),
]
DESK = ("order_review.group_order_review_desk",)
ORDER_CLASSES = [("regular", "Regular"), ("non_regular", "Non-regular")]


class OrderReview(models.Model):
    """One round of an order's review (评审), with a snapshot of what was reviewed."""

    _name = "order.review"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Order Review"
    _order = "id desc"
    _check_company_auto = True
    _technical_fields = ("content", "digest", "promised_digest")
    _mail_post_access = "read"
    _number_sequence = "order.review"
    _transitions = {
        "submit": Transition(("draft",), "in_review", groups=DESK),
        "conclude": Transition(("in_review",), "concluded", wait=False),  # by whom: order.review.authority
        "cancel": Transition(("draft", "in_review"), "cancelled", groups=DESK),
    }

    name = fields.Char(string="Number", readonly=True, copy=False, default="/", index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    round_no = fields.Integer(string="Round", readonly=True, default=1)
    template_id = fields.Many2one(
        "order.review.template", readonly=True, ondelete="restrict", check_company=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("in_review", "In review"), ("concluded", "Concluded"),
         ("cancelled", "Cancelled")],
        required=True, readonly=True, default="draft", copy=False, index=True, tracking=True)
    stage = fields.Selection(
        STAGES, compute="_compute_stage", store=True, index=True, tracking=True,
        group_expand="_group_expand_stage")
    is_current = fields.Boolean(compute="_compute_is_current", store=True, index=True)
    line_ids = fields.One2many("order.review.line", "review_id", string="Departments")
    note = fields.Text(string="Message to the departments")

    # What was reviewed: a snapshot, also for reviewers who may not read sales orders.
    order_name = fields.Char(readonly=True)
    order_class = fields.Selection(ORDER_CLASSES, readonly=True, index=True)
    order_class_reason = fields.Char(string="Why classed so", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, index=True, ondelete="restrict")
    partner_name = fields.Char(readonly=True)
    project_name = fields.Char(readonly=True)
    project_background = fields.Text(readonly=True)
    project_manager_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True, index=True, ondelete="restrict")
    user_name = fields.Char(compute="_compute_user_name", store=True, help="As it was then, for the form.")
    requested_date = fields.Date(readonly=True, help="Delivery date that the customer asks for.")
    agreed_date = fields.Date(
        readonly=True, help="Delivery date of the order when it was sent: as requested, or as promised since.")
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="restrict")
    amount_total = fields.Monetary(
        string="Total", readonly=True, groups="sales_team.group_sale_salesman")
    technical_requirements = fields.Text(readonly=True)
    quality_requirements = fields.Text(readonly=True)
    packing_requirements = fields.Text(readonly=True)
    has_penalty_clause = fields.Boolean(string="Penalty clause", readonly=True)
    is_reputation_critical = fields.Boolean(string="Reputation at stake", readonly=True)
    quality_beyond_standard = fields.Boolean(string="Quality beyond standard", readonly=True)
    customer_qualified = fields.Boolean(readonly=True)
    customer_qualification_note = fields.Text(readonly=True)
    customer_overdue = fields.Monetary(
        string="Overdue receivables", readonly=True, currency_field="company_currency_id",
        groups="sales_team.group_sale_salesman,account.group_account_readonly")
    customer_has_overdue = fields.Boolean(string="Has overdue receivables", readonly=True)
    company_currency_id = fields.Many2one(string="Company currency", related="company_id.currency_id")
    item_ids = fields.One2many("order.review.item", "review_id", string="Reviewed lines", readonly=True)
    document_ids = fields.Many2many("order.document", string="Reviewed documents", readonly=True)
    content = fields.Json(readonly=True, copy=False, groups="sales_team.group_sale_salesman")
    digest = fields.Char(readonly=True, copy=False, help="Fingerprint of what was reviewed.")
    promised_digest = fields.Char(
        readonly=True, copy=False, help="Fingerprint of what was reviewed, with the promised delivery date.")
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    submitted_name = fields.Char(compute="_compute_submitted_name", store=True, help="As it was then, for the form.")
    last_signed_on = fields.Datetime(readonly=True, copy=False)

    promise_date = fields.Date(
        compute="_compute_promise_date", store=True, copy=False,
        help="Follows from the departments' earliest dates; fixed by the conclusion.")
    condition_ids = fields.One2many("order.review.condition", "review_id", string="Conditions")
    payment_status = fields.Selection(related="order_id.payment_status", related_sudo=True)
    review_hours = fields.Float(
        string="Review time (hours)", compute="_compute_review_hours", store=True, aggregator="avg",
        help="Hours from the sending of the round to its conclusion.")
    review_chips = fields.Json(compute="_compute_review_chips")
    line_count = fields.Integer(compute="_compute_line_counts")
    agreed_count = fields.Integer(compute="_compute_line_counts")
    can_answer = fields.Boolean(compute="_compute_can_answer")
    previous_round_ids = fields.Many2many("order.review", compute="_compute_previous_round_ids")
    is_outdated = fields.Boolean(
        compute="_compute_is_outdated", help="The order has changed since this round was sent.")

    _round_uniq = models.UniqueIndex("(order_id, round_no)", "This round of the order's review already exists.")
    _one_open_round = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'in_review')", "A round of the review is already open for this order.")

    @api.depends("user_id")  # not his name: the words stay those of the day
    def _compute_user_name(self):
        for review in self:
            review.user_name = review.user_id.name

    @api.depends("submitted_by")  # as above
    def _compute_submitted_name(self):
        for review in self:
            review.submitted_name = review.submitted_by.name

    @api.depends("state", "conclusion", "approval_state", "customer_state",
                 "line_ids.state", "line_ids.required")
    def _compute_stage(self):
        for review in self:
            review.stage = review._get_stage()

    def _get_stage(self):
        self.ensure_one()
        if self.state == "in_review":
            waiting = self.line_ids.filtered(lambda line: line.required and line.state == "pending")
            return "in_review" if waiting or not self.line_ids else "to_conclude"
        if self.state != "concluded":
            return self.state
        if self.conclusion in ("return", "decline"):
            return "returned" if self.conclusion == "return" else "declined"
        if self.approval_state == "rejected" or self.customer_state == "refused":
            return "returned"
        if self.approval_state == "waiting":
            return "approval"
        return "customer" if self.customer_state == "waiting" else "cleared"

    @api.depends("order_id.review_id")
    def _compute_is_current(self):
        for review in self:
            review.is_current = review.order_id.review_id == review or review.state == "draft"

    @api.depends(
        "agreed_date", "line_ids.earliest_date", "line_ids.condition_ids.kind", "line_ids.condition_ids.date")
    def _compute_promise_date(self):
        for review in self:
            if review.state == "concluded":
                review.promise_date = review.promise_date
                continue
            later = review.line_ids.condition_ids.filtered(lambda condition: condition.kind == "delivery")
            dates = filter(None, [*review.line_ids.mapped("earliest_date"), *later.mapped("date")])
            review.promise_date = max(dates, default=review.agreed_date)

    @api.depends("submitted_on", "concluded_on")
    def _compute_review_hours(self):
        for review in self:
            ended = review.submitted_on and review.concluded_on
            review.review_hours = (review.concluded_on - review.submitted_on).total_seconds() / 3600 if ended else 0.0

    @api.depends("line_ids.state", "line_ids.department_id", "line_ids.user_id")
    @api.depends_context("lang", "uid")
    def _compute_review_chips(self):
        for review in self:
            review.review_chips = [line._prepare_chip() for line in review.line_ids]

    @api.depends("line_ids.state")
    def _compute_line_counts(self):
        for review in self:
            review.line_count = len(review.line_ids)
            review.agreed_count = len(review.line_ids.filtered(lambda line: line.state == "agree"))

    @api.depends("state", "line_ids.can_sign")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for review in self:
            review.can_answer = review.state == "in_review" and any(line.can_sign for line in review.line_ids)

    @api.depends("order_id", "round_no")
    def _compute_previous_round_ids(self):
        rounds = self.search([("order_id", "in", self.sudo().order_id.ids)])  # own record rules apply to the rounds
        for review in self:
            review.previous_round_ids = rounds.filtered(
                lambda other, review=review: other.sudo().order_id == review.sudo().order_id  # the id only
                and other.round_no < review.round_no)

    @api.depends("digest", "order_id.review_stage", "is_current")
    def _compute_is_outdated(self):
        for review in self.sudo():  # reviewers without sales rights must know too
            review.is_outdated = review.is_current and review.order_id.review_stage == "outdated"

    @api.depends("name", "order_name", "round_no")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(review)s (%(order)s, round %(round)s)",
                review=review.name, order=review.order_name or "", round=review.round_no)

    def _get_covered_digest(self, order):
        """Fingerprint that the round covers: what it has reviewed, and promised once it is cleared.

        Of its own order only; the round is frozen, so nothing that is written on the order takes its place.
        """
        if self.order_id._origin != order._origin:
            return False
        return self.promised_digest if self.stage == "cleared" else self.digest

    def _get_covered_scope(self):
        """Scope of the order as the round covers it, see ``sale.order._describe_scope``; empty before it was sent."""
        scope = self.content or {}
        asked = fields.Datetime.to_datetime(scope.get("order", {}).get("commitment_date"))
        if self.stage != "cleared" or "order" not in scope:
            return scope
        moment = self.order_id._get_promised_moment(self.promise_date, asked)
        return {**scope, "order": {**scope["order"], "commitment_date": fields.Datetime.to_string(moment) or False}}

    def _is_later(self, date):
        """Whether a day is later than the one that the customer knows: he has to agree to it."""
        return bool(date and self.agreed_date and date > self.agreed_date)

    @api.model
    def _group_expand_stage(self, _stages, _domain):
        """Columns that the board always shows: where there is work to do."""
        return ["in_review", "to_conclude", "approval", "customer", "cleared"]

    def action_view_order(self):
        """Open the sales order of the round."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    def action_answer(self):
        """Open the opinion that the user's department still owes."""
        self.ensure_one()
        return self.line_ids.filtered("can_sign")[:1]._get_records_action(name=self.env._("Opinion"))

    def action_cancel(self):
        """Cancel an open round; the departments' opinions stay on record.

        :raise UserError: the round is concluded already
        """
        self._check_transition("cancel")
        self.sudo()._cancel()  # conditions and to-dos are other people's
        self.sudo().order_id._hand_over()  # as above: the desk sends it again, or hands it back
        return True

    def _cancel(self, reason=None):
        self.condition_ids.write({"state": "void"})
        self._write_transition("cancel")
        self.line_ids._close_activities()
        self._close_decider_activities()
        for review in self:
            review.message_post(body=reason or self.env._("Round cancelled."))

    @api.model
    def _check_reason(self, text, message):
        """Raise unless a text is a reason: some words, not a dot.

        :raise UserError: the message, and what is asked for
        """
        if not is_reason(text):
            raise UserError(self.env._("%(message)s Write it in words.", message=message))

    def _get_open_fields(self):
        is_desk = self.env.user.has_group(*DESK)
        if not is_desk or self.state not in ("draft", "in_review"):
            return set()
        return {"note", "line_ids", "condition_ids"}  # of conditions only what they say is open to the desk

    def _get_frozen_fields(self):
        if self.state == "draft":
            return set()
        reviewed = {name for name, field in self._fields.items() if field.readonly and not field.compute}
        if self.state == "in_review":
            return reviewed - self._get_conclusion_fields() - {"state", "last_signed_on"}
        frozen = set(self._fields)
        if self.approval_state == "waiting":
            frozen -= self._get_approval_fields()
        if self.customer_state == "waiting":
            frozen -= self._get_customer_fields()
        return frozen - {"condition_ids"}  # commitments are followed up; each condition has fences of its own

    def _has_closed_history(self):
        """What people remark in a running round is theirs to correct; in a concluded one all stays."""
        return self.state in ("concluded", "cancelled")

    def _is_frozen(self):
        return self.state != "draft"
