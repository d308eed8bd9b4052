from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

from .order_review import CONCLUSIONS


class OrderReview(models.Model):
    _inherit = "order.review"

    conclusion = fields.Selection(CONCLUSIONS, readonly=True, copy=False, tracking=True)
    conclusion_note = fields.Text(readonly=True, copy=False)
    concluded_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    concluded_name = fields.Char(compute="_compute_concluded_name", store=True, help="As it was then, for the form.")
    concluded_on = fields.Datetime(readonly=True, copy=False)
    approval_state = fields.Selection(
        [("none", "Not needed"), ("waiting", "To be approved"), ("approved", "Approved"), ("rejected", "Rejected")],
        required=True, default="none", readonly=True, copy=False, tracking=True)
    approval_required = fields.Boolean(compute="_compute_approval_required", store=True)
    approved_by = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict")
    approved_name = fields.Char(compute="_compute_approved_name", store=True, help="As it was then, for the form.")
    approved_on = fields.Datetime(string="Decided on", readonly=True, copy=False)
    approval_note = fields.Text(readonly=True, copy=False)
    decider_id = fields.Many2one(
        "res.users", string="Waiting for", compute="_compute_decider_id", store=True, ondelete="set null",
        help="Who concludes or approves next: the first of those authorised.")
    can_conclude = fields.Boolean(compute="_compute_can_conclude")
    can_approve = fields.Boolean(compute="_compute_can_conclude")

    @api.depends("concluded_by")  # not his name: the words stay those of the day
    def _compute_concluded_name(self):
        for review in self:
            review.concluded_name = review.concluded_by.name

    @api.depends("approved_by")  # as above
    def _compute_approved_name(self):
        for review in self:
            review.approved_name = review.approved_by.name

    @api.depends("approval_state")
    def _compute_approval_required(self):
        for review in self:
            review.approval_required = review.approval_state != "none"

    @api.depends("stage")
    def _compute_decider_id(self):
        for review in self:
            kind = {"to_conclude": "conclude", "approval": "approve"}.get(review.stage)
            review.decider_id = kind and review._get_deciders(kind)[:1]

    @api.depends("stage", "state", "order_class")
    @api.depends_context("uid")
    def _compute_can_conclude(self):
        candidates = self.env["order.review.authority"]._get_candidates()
        for review in self:
            review.can_conclude = review.state == "in_review" and any(
                review._is_authorised("conclude", conclusion, candidates) for conclusion, _label in CONCLUSIONS)
            review.can_approve = review.stage == "approval" and review._is_authorised("approve", None, candidates)

    def action_conclude(self):
        """Open the dialog that concludes the round."""
        return self._open_dialog(self.env._("Conclude the Review"), "order.review.conclude")

    def action_open_approval(self):
        """Open the dialog of top management's decision."""
        return self._open_dialog(self.env._("Top Management's Decision"), "order.review.approve")

    def _open_dialog(self, name, model):
        self.ensure_one()
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def action_approve(self, note=None):
        """Top management approves an important order (REV-8).

        :raise AccessError: the user is not authorised
        """
        for review in self:
            review._decide_approval("approved", note)
        return True

    def action_reject_approval(self, note=None):
        """Top management rejects an important order; it returns to sales with the reason (REV-7, REV-8).

        :raise AccessError: the user is not authorised
        :raise UserError: without a reason
        """
        self._check_reason(note, self.env._("Say why the order is not approved: it returns to sales with the reason."))
        for review in self:
            review._decide_approval("rejected", note)
        return True

    def _conclude(self, conclusion, note=None, promise_date=None, conditions=(), looks=()):
        """Conclude the round, once, by someone authorised (REV-5).

        :param conclusion: accept, conditional, return or decline
        :param note: reason; needed unless all departments agree and the order is accepted
        :param promise_date: delivery date promised to the customer; by default that of the departments
        :param conditions: values of further ``order.review.condition``
        :param looks: pairs of a condition of the round and what of it the customer is shown
        :raise AccessError: the user is not authorised to conclude so
        :raise UserError: opinions are missing, the order has changed, another one concluded meanwhile
        """
        self.ensure_one()
        self.check_access("read")
        self._check_authorised("conclude", conclusion)
        self._check_transition("conclude")
        review = self.sudo()  # amounts, the order and what others have signed
        for condition, shown in looks:
            (review.condition_ids & condition.sudo()).write(shown)
        promise_date = promise_date or review.promise_date
        review._check_conclusion(conclusion, note, promise_date, conditions)
        if conditions:
            review.env["order.review.condition"].create([
                {**values, "review_id": review.id} for values in conditions])
        if conclusion in ("accept", "conditional"):
            review._check_shown(conclusion, promise_date)
        review._write_transition("conclude", **review._prepare_conclusion(conclusion, note, promise_date))
        review._after_conclusion()

    def _check_conclusion(self, conclusion, note, promise_date, conditions):
        order = self.order_id
        if order.state == "cancel":
            raise UserError(self.env._(
                "Order %(order)s is cancelled; its review cannot be concluded.", order=order.name))
        if conclusion in ("accept", "conditional"):
            waiting = self.line_ids.filtered(lambda line: line.required and line.state == "pending")
            if waiting:
                raise UserError(self.env._(
                    "These departments have not given their opinion yet: %(departments)s.",
                    departments=", ".join(waiting.department_id.mapped("name"))))
            if not self._is_scope_current():
                raise UserError(self.env._(
                    "Order %(order)s has changed since it was sent to review:\n%(changes)s\nSend it to review again.",
                    order=order.name, changes=order.review_change_summary or ""))
        against = self.line_ids.filtered(lambda line: line.state == "disagree")
        if conclusion in ("return", "decline") or against:
            self._check_reason(note, self.env._(
                "Give the reason: departments or sales must be able to understand it."))
        if conclusion in ("accept", "conditional"):
            self._check_promise(note, promise_date, conditions)
        later = self._is_later(promise_date)
        if conclusion == "accept" and later:
            raise UserError(self.env._(
                "The departments can deliver on %(promise)s, the customer asks for %(requested)s. Accept with "
                "conditions, so that the customer agrees to the new date.",
                promise=promise_date, requested=self.agreed_date))
        if conclusion == "conditional" and not (later or conditions or self.condition_ids):
            raise UserError(self.env._("Name at least one condition, or a later delivery date."))

    def _check_promise(self, note, promise_date, conditions):
        """A promise lies ahead, and before the departments' dates only for a reason or on a condition (REV-4)."""
        if promise_date and promise_date < self.company_id._get_today():
            raise UserError(self.env._(
                "%(date)s is past: promise a day on which the order can still be delivered.", date=promise_date))
        latest = max(self.line_ids.filtered("earliest_date"), key=lambda line: line.earliest_date, default=None)
        if latest and (not promise_date or promise_date < latest.earliest_date) \
                and not (conditions or self.condition_ids):
            self._check_reason(note, self.env._(
                "%(department)s can deliver on %(earliest)s at the earliest. Say why %(promise)s is promised all the "
                "same, or name the condition on which it holds.", department=latest.department_name,
                earliest=latest.earliest_date, promise=promise_date or self.env._("no day")))

    def _prepare_conclusion(self, conclusion, note, promise_date):
        authorities = self.env["order.review.authority"]
        if conclusion in ("accept", "conditional"):
            authorities = authorities._find_for(
                "approve", self.order_id, self.order_class, amount=self._get_authority_amount())
        return {
            "conclusion": conclusion,
            "conclusion_note": note,
            "promise_date": promise_date,
            "promised_digest": self.order_id._get_promised_digest(promise_date),
            "concluded_by": self.env.uid,
            "concluded_on": fields.Datetime.now(),
            "approval_state": "waiting" if authorities else "none",
            "approval_authority_ids": [Command.set(authorities.ids)],
            "approval_amount": self._get_authority_amount(),
            "customer_state": "waiting" if self._asks_customer(conclusion, promise_date) else "none",
        }

    def _asks_customer(self, conclusion, promise_date):
        """Whether the customer has to agree to what was concluded."""
        return conclusion == "conditional" and bool(
            self._is_later(promise_date) or self._get_customer_conditions())

    def _get_authority_amount(self):
        """Amount of what the round reviews: it decides who is authorised; see the order's own."""
        return self.order_id._get_authority_amount()

    def _after_conclusion(self):
        self.line_ids._close_activities()
        if self.conclusion in ("return", "decline"):
            self.condition_ids.write({"state": "void"})
        elif self.conclusion == "conditional":
            self._add_date_condition()
        self._lead_order(review_override_digest=False)
        self._after_step()

    def _after_step(self):
        """Tell those who have the next step; fix the promised date once the order is cleared."""
        self._close_decider_activities()
        self._ask_decider()
        if self.stage == "cleared":
            self.order_id._apply_promise_date(self.promise_date)
        self.order_id._announce_review_stage(self)

    def _ask_decider(self):
        """An activity for the one who concludes or approves next, in his language."""
        for review in self.filtered(lambda review: review.stage in ("to_conclude", "approval")):
            kind, user = "order_review.mail_activity_type_conclude", review.decider_id
            if user and not review.activity_search([kind], user_id=user.id):
                reason = review.with_user(user).with_context(lang=user.lang).approval_reason
                review.activity_schedule(
                    kind, user_id=user.id, note=plaintext2html(reason) if reason else False,
                    summary=": ".join(filter(None, [review._get_todo_summary(), reason])))

    def _get_todo_summary(self):
        """Which order a to-do is about, as the person who gets it knows it."""
        return ", ".join(filter(None, (self.order_name, self.partner_name, self.project_name)))

    def _close_decider_activities(self):
        self.activity_unlink([
            "order_review.mail_activity_type_conclude", "order_review.mail_activity_type_customer"])

    def _get_deciders(self, kind):
        """Users who may decide next; those of one's own company first, the salesperson only where allowed."""
        review = self.sudo()  # as in _is_authorised
        authorities = review._get_authorities(kind)
        users = authorities._get_users()
        return users.filtered(
            lambda user: authorities._allows(user, review.order_id.user_id) and review.company_id in user.company_ids)

    def _decide_approval(self, decision, note):
        self.ensure_one()
        self.check_access("read")
        self._check_authorised("approve")
        self._lock(wait=False)
        self._check_state("approval", field="stage")
        review = self.sudo()  # conditions and to-dos are other people's
        review.write({
            "approval_state": decision,
            "approved_by": self.env.uid,
            "approved_on": fields.Datetime.now(),
            "approval_note": note,
        })
        if decision == "rejected":
            review.condition_ids.write({"state": "void"})
        review._after_step()

    def _check_authorised(self, kind, conclusion=None):
        if not self._is_authorised(kind, conclusion):
            users = self._get_authorities(kind, conclusion)._get_users().mapped("name")
            raise AccessError(self.env._(
                "You are not authorised to decide so on %(review)s. Authorised: %(users)s (Order Review > "
                "Configuration > Authorities).", review=self.name,
                users=", ".join(users) or self.env._("nobody")))

    def _is_authorised(self, kind, conclusion=None, candidates=None):
        review = self.sudo()  # amount and salesperson are looked at, not shown
        return self._get_authorities(kind, conclusion, candidates)._allows(self.env.user, review.order_id.user_id)

    def _get_authorities(self, kind, conclusion=None, candidates=None):
        review = self.sudo()  # as above
        return review.env["order.review.authority"]._find_for(
            kind, review.order_id, review.order_class, conclusion, candidates, amount=review._get_authority_amount())

    @api.model
    def _get_conclusion_fields(self):
        return {"conclusion", "conclusion_note", "concluded_by", "concluded_on", "approval_state",
                "approval_authority_ids", "approval_amount", "customer_state", "promised_digest"}

    @api.model
    def _get_approval_fields(self):
        return {"approval_state", "approved_by", "approved_on", "approval_note"}
