from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

REVIEW_STAGES = [
    ("none", "Not reviewed"), ("in_review", "In review"), ("approval", "Top management"),
    ("customer", "With the customer"), ("cleared", "Cleared"), ("returned", "Returned to sales"),
    ("declined", "Declined"), ("outdated", "Changed since the review"), ("overridden", "Released by override"),
]
STAGE_OF_ROUND = {"draft": "none", "cancelled": "none", "to_conclude": "in_review"}


class SaleOrder(models.Model):
    """Review of the order: its rounds, and what of the order they cover."""

    _inherit = "sale.order"

    review_ids = fields.One2many("order.review", "order_id", string="Review rounds", copy=False)
    review_id = fields.Many2one(
        "order.review", string="Current review", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    review_count = fields.Integer(compute="_compute_review_count")
    review_digest = fields.Char(
        compute="_compute_review_digest", compute_sudo=True,
        help="Fingerprint of the content that the current review covers.")
    review_stage = fields.Selection(
        REVIEW_STAGES, compute="_compute_review_stage", store=True, index=True, default="none", copy=False,
        tracking=True)
    review_change_summary = fields.Text(
        string="Changes since the review", compute="_compute_review_change_summary")
    review_chips = fields.Json(related="review_id.review_chips", related_sudo=True)
    promise_date = fields.Date(related="review_id.promise_date")
    review_conclusion_note = fields.Text(related="review_id.conclusion_note")

    @api.depends("review_ids")
    def _compute_review_count(self):
        # sudo: how many there are belongs to the order, whoever may read the order
        counts = dict(self.env["order.review"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.review_count = counts.get(order._origin, 0)

    @api.depends("review_id.stage", "review_id.digest", "review_id.promised_digest")
    def _compute_review_digest(self):
        for order in self:
            order.review_digest = order.review_id._get_covered_digest(order)

    @api.depends(lambda self: [
        "review_id.stage", "review_digest", "review_override_digest",
        *self._get_scope_dependencies()])
    def _compute_review_stage(self):
        for order in self:
            order.review_stage = order._get_review_stage()

    def _get_review_stage(self):
        self.ensure_one()
        if not (self.review_id or self.review_override_digest):
            return "none"
        order = self.sudo()  # whoever changes the order changes the stage, whether he may read the review or not
        digest = order._review_digest()
        if order.review_override_digest == digest:
            return "overridden"
        stage = order.review_id.stage
        stage = STAGE_OF_ROUND.get(stage, stage) or "none"
        if stage in ("in_review", "approval", "customer", "cleared") and digest != order.review_digest:
            return "outdated"
        return stage

    @api.depends("review_stage")
    @api.depends_context("lang")
    def _compute_review_change_summary(self):
        for order in self:
            changes = []
            if order.review_stage == "outdated":
                changes = order.sudo()._get_review_changes()  # the round's content; order's own data
            order.review_change_summary = "\n".join(changes)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reviewed(self):
        # whether there are rounds or releases, not what they say
        if reviewed := self.sudo().filtered(lambda order: order.review_ids or order.review_override_ids):
            raise UserError(self.env._(
                "%(orders)s: the review stays on record, so the order cannot be deleted. Cancel it instead.",
                orders=", ".join(reviewed.mapped("name"))))

    def action_prepare_review(self):
        """Create a round in preparation, to add or change departments before sending it.

        :raise UserError: the order cannot be reviewed, or no template fits
        """
        self.ensure_one()
        self._check_groups("order_review.group_order_review_desk")
        self.check_access("write")
        return self._create_round()._get_records_action(name=self.env._("Review"))

    def action_request_review(self):
        """Send the order to review: checks the intake, creates the next round and sends it (INT-2, REV-2).

        :return: action that opens the round
        :raise UserError: the order is cancelled or empty, its intake is incomplete, a round is running, or the
            template has no departments
        """
        self._check_groups("order_review.group_order_review_desk")
        self.check_access("write")
        rounds = self.env["order.review"]
        for order in self:
            review = order._create_round()
            review.action_submit()
            rounds |= review
        return rounds._get_records_action(name=self.env._("Review"))

    def action_view_reviews(self):
        """Open the rounds of the order's review."""
        self.ensure_one()
        return self.review_ids._get_records_action(name=self.env._("Reviews of %(order)s", order=self.name))

    def _create_round(self):
        """The next round, in preparation; a round that the order has outgrown is cancelled."""
        self.ensure_one()
        order = self.sudo()  # rounds are created by these actions only, nobody has the right to create them
        order._decide_order_class()
        return order._open_round(order.order_class)

    def _open_round(self, order_class, **values):
        """The next round, by the template of a class; whoever calls has checked the right.

        :param values: further values of the round
        :raise UserError: the order cannot be reviewed, a round is running, or no template fits
        """
        order = self.sudo()  # as above
        order._check_reviewable()
        running = order.review_ids.filtered(lambda review: review.state in ("draft", "in_review"))
        for review in running:
            if review.state == "in_review" and order.review_stage != "outdated":
                raise UserError(self.env._(
                    "%(order)s is already in review: %(review)s.", order=self.name, review=review.name))
            review._cancel(self.env._("Replaced by a new round: the order has changed."))
        order.review_ids.flush_recordset(["state"])  # one open round at a time, see _one_open_round
        template = self.env["order.review.template"]._find_for(order, order_class)
        return order.env["order.review"].create({
            **order._prepare_review(template), "order_class": order_class, **values}).sudo(False)

    def _prepare_review(self, template):
        return {
            "order_id": self.id,
            "company_id": self.company_id.id,
            "round_no": max(self.review_ids.mapped("round_no"), default=0) + 1,
            "template_id": template.id,
            "order_name": self.name,
            "order_class": self.order_class,
            "partner_id": self.partner_id.id,
            "partner_name": self.partner_id.display_name,
            "project_name": self.project_name,
            "user_id": self.user_id.id,
            **self._prepare_review_dates(),
            "line_ids": [fields.Command.create(values) for values in template._prepare_review_lines(self)],
        }

    def _check_reviewable(self):
        """Whether the order can be sent to review.

        :raise UserError: names what is wrong or missing (INT-2)
        """
        self.ensure_one()
        if self.state == "cancel":
            raise UserError(self.env._("%(order)s is cancelled. Set it back to quotation first.", order=self.name))
        if not self._get_review_lines():
            raise UserError(self.env._("%(order)s has no product lines: there is nothing to review.", order=self.name))
        if missing := self._get_intake_missing():
            raise UserError(self.env._(
                "%(order)s cannot be sent to review yet. Missing:\n%(missing)s",
                order=self.name, missing="\n".join(f"- {name}" for name in missing)))

    def _get_portal_conditions(self):
        """Conditions that the customer is asked to accept now; the order comes from a checked token."""
        self.ensure_one()
        review = self.review_id
        return review.filtered(lambda review: review.stage == "customer")._get_customer_conditions()

    # Dates

    def _get_requested_date(self):
        """Day of delivery that the customer asks for, in the company's time zone."""
        self.ensure_one()
        return self.company_id._get_day(self.commitment_date)

    def _get_promised_moment(self, date, asked):
        """The promised day as a moment of delivery: the hour of the day that was asked for is kept.

        :param date: day in the company's time zone
        :param asked: moment of delivery before the promise
        """
        self.ensure_one()
        zone = self.company_id._get_zone()
        former = asked and pytz.utc.localize(asked).astimezone(zone)
        if not date or former and date == former.date():
            return asked
        local = datetime.combine(date, former.time() if former else time(12))
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _get_promised_digest(self, date):
        """Fingerprint of the order with the promised day as its delivery date."""
        scope = self._describe_scope()
        moment = self._get_promised_moment(date, self.commitment_date)
        scope["order"]["commitment_date"] = fields.Datetime.to_string(moment) or False
        return self._digest_scope(scope)

    def _apply_promise_date(self, date):
        """Move the delivery date to the promised day: the review cleared the order with it (REV-5).

        A signature stays valid, as the customer has accepted the day, or it is no later than he asked.
        """
        self.ensure_one()
        moment = self._get_promised_moment(date, self.commitment_date)
        if moment != self.commitment_date:
            signed = self._is_contract_current()
            self.write({"commitment_date": moment})
            if signed:
                self._bind_contract()

    # Who is told

    def _announce_review_stage(self, review):
        """After a decision: tell the salesperson, and the customer where he has the word."""
        self.ensure_one()
        label = review._get_selection_label("stage")
        reason = review.customer_note if review.customer_state == "refused" else (
            review.approval_note if review.approval_state == "rejected" else review.conclusion_note)
        self.message_post(
            body=self.env._("%(review)s: %(stage)s. %(reason)s", review=review.display_name, stage=label,
                            reason=reason or ""),
            subtype_xmlid="mail.mt_note")
        self._remind_salesperson(review, label, reason)
        template = self.env.ref("order_review.mail_template_review_customer", raise_if_not_found=False)
        if template and review.stage == "customer":
            self._portal_ensure_token()
            template.send_mail(self.id)

    def _remind_salesperson(self, review, label, reason):
        next_step = {"returned": self.env._("Correct the order and send it to review again."),
                     "declined": self.env._("Tell the customer that the order is declined."),
                     "customer": self.env._("Settle the conditions with the customer."),
                     "cleared": self.env._("The order can be confirmed.")}.get(review.stage)
        self.sudo()._close_review_activities()  # of whoever was asked
        if next_step and self.user_id.active:
            self.activity_schedule(
                "order_review.mail_activity_type_review_result", user_id=self.user_id.id,
                summary=label, note=f"{next_step} {reason or ''}")

    def _close_review_activities(self, *names):
        """To-dos of the review that the orders' next step has ended: they stay as done, with their date.

        :param names: kinds of to-dos; all by default
        """
        self._search_review_activities(*names or ("review_result", "option", "send", "intake")).active = False

    def _search_review_activities(self, *names):
        return self.sudo().activity_search(  # sudo: of whoever was asked
            [f"order_review.mail_activity_type_{name}" for name in names])

    def _follow_option(self):
        """After the customer has chosen options: somebody is asked to send the changed order to review, once."""
        kind = "order_review.mail_activity_type_option"
        for order in self:
            if order.review_stage != "outdated":
                order.activity_unlink([kind])  # chosen and put back: nothing is left to do
                continue
            words = self.env._("The customer has changed the options of the quotation:\n%(changes)s",
                               changes=order.review_change_summary)
            order.message_post(body=plaintext2html(words), author_id=order.partner_id.id)
            if (keeper := order._get_keeper()) and not order.activity_search([kind]):
                order.activity_schedule(kind, user_id=keeper.id, note=plaintext2html(words))

    def _get_keeper(self):
        """Who goes on when the customer has acted: the salesperson, else his team's head, else the order desk."""
        desk = self.desk_department_id._get_next_manager(self.company_id)
        return (self.user_id | self.team_id.user_id | self.review_id.submitted_by | desk).filtered("active")[:1]

    def _get_customer_overdue(self):
        """Receivables of the customer that are past due today, in the company's currency (REV-9)."""
        self.ensure_one()
        rows = self.env["account.move.line"].sudo()._read_group([  # a sum, shown to sales only
            ("company_id", "=", self.company_id.id), ("parent_state", "=", "posted"),
            ("partner_id", "child_of", self.partner_id.commercial_partner_id.id),
            ("account_type", "=", "asset_receivable"), ("reconciled", "=", False),
            ("date_maturity", "<", self.company_id._get_today()),
        ], aggregates=["amount_residual:sum"])
        return rows[0][0] or 0.0
