from odoo import api, fields, models
from odoo.exceptions import UserError

SIGNATURE = {"signature", "signed_by", "signed_on"}


class SaleOrder(models.Model):
    """The gate: no confirmation before the review is through, whatever the door (REV-11)."""

    _name = "sale.order"
    _inherit = ["sale.order", "document.fence.mixin"]

    review_override_ids = fields.One2many(
        "order.review.override.log", "order_id", string="Releases without Review", readonly=True, copy=False)
    review_override_reason = fields.Text(compute="_compute_review_override", compute_sudo=True)
    review_override_by = fields.Many2one("res.users", compute="_compute_review_override", compute_sudo=True)
    review_override_on = fields.Datetime(compute="_compute_review_override", compute_sudo=True)
    review_override_digest = fields.Char(
        readonly=True, copy=False, help="Fingerprint of the content that was released by override.")
    review_needed = fields.Boolean(
        compute="_compute_review_needed", help="The review holds the order: it cannot be confirmed now.")

    @api.depends("review_id", "review_stage", "state", "order_class_proposed", "company_id.order_review_policy")
    def _compute_review_needed(self):
        for order in self:
            order.review_needed = order.state != "sale" and bool(order._get_gate_error())

    @api.depends("review_override_ids")
    def _compute_review_override(self):
        for order in self:
            last = order.review_override_ids.sorted("id")[-1:]
            order.review_override_reason = last.reason
            order.review_override_by = last.user_id
            order.review_override_on = last.released_on

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered("order_class")._check_order_class_reason()
        orders.filtered("signed_on")._bind_contract()
        orders.filtered(lambda order: order.state == "sale")._check_review_gate()
        return orders

    def write(self, vals):
        confirming = self.browse()
        if vals.get("state") == "sale":
            confirming = self.filtered(lambda order: order.state != "sale")
            confirming._check_review_gate()
        result = super().write(vals)
        if vals.keys() & {"order_class", "order_class_reason"}:
            self._check_order_class_reason()
        if vals.get("signature") or vals.get("signed_on"):
            self._bind_contract()
        if self.env["order.intake.check"]._asks_for(vals):
            self._look_at_intake_anew()
        if confirming and vals.keys() - {"state", "date_order"}:
            confirming._check_review_gate()  # the same call may have changed what was reviewed
        if vals.get("state") == "cancel":
            self._cancel_open_rounds()
        if vals.get("state") in ("sale", "cancel"):
            # sudo: also where the customer confirms; nothing is left to be done for the review
            self.sudo()._close_review_activities()
        return result

    def action_override_review(self):
        """Open the dialog that releases the order without its review."""
        return self._open_dialog(self.env._("Release without Review"), "order.review.override")

    def _override_review(self, reason):
        """Release the order as it is now, without or against its review; logged (REV-11).

        :raise AccessError: the user has not the right
        :raise UserError: without a reason, or the order is not a quotation
        """
        self.ensure_one()
        self._check_groups("order_review.group_order_review_override")
        self.check_access("write")
        self.env["order.review"]._check_reason(reason, self.env._("Give the reason: it is logged with your name."))
        self._check_state("draft", "sent")
        order = self.sudo()  # the log is written by this action only; documents and lines as they are
        digest = order._review_digest()
        order.env["order.review.override.log"].create(order._prepare_override_log(reason, digest))
        self._write_signed({"review_override_digest": digest})
        self.message_post(body=self.env._("Released without review: %(reason)s", reason=reason.strip()))

    def _prepare_override_log(self, reason, digest):
        return {
            "order_id": self.id,
            "user_id": self.env.uid,
            "released_on": fields.Datetime.now(),
            "reason": reason.strip(),
            "review_stage": self.review_stage,
            "review_id": self.review_id.id,
            "digest": digest,
        }

    def _get_gate_error(self):
        """Why the order cannot be confirmed, in one sentence; empty if the gate is open.

        :rtype: str
        """
        self.ensure_one()
        return self._get_stage_error() or self._get_class_error()

    def _get_stage_error(self):
        """Why the stage of the review holds the order."""
        if self._is_review_exempt() or self.review_stage in ("cleared", "overridden"):
            return ""
        reasons = {
            "none": self.env._("it was not reviewed yet. Send it to review first."),
            "in_review": self.env._("its review is not concluded yet."),
            "approval": self.env._("it waits for top management's approval."),
            "customer": self.env._("the customer has not accepted the conditions of the review yet."),
            "returned": self.env._("its review was not passed. Correct it and send it to review again."),
            "declined": self.env._("its review concluded to decline it."),
            "outdated": self.env._("it has changed since its review. Send it to review again.\n%(changes)s",
                                   changes=self.review_change_summary or ""),
        }
        return self.env._("%(order)s cannot be confirmed: %(reason)s", order=self.name,
                          reason=reasons[self.review_stage or "none"]).strip()

    def _get_class_error(self):
        """Why a cleared order has to be reviewed anew: it was reviewed as regular and is not any more (INT-5)."""
        order = self.sudo()  # portal and public users confirm orders too
        if order.review_stage != "cleared" or order.order_class != "regular" or order._get_order_class() == "regular":
            return ""
        return self.env._(
            "%(order)s cannot be confirmed: it was reviewed as a regular order and is non-regular now (%(criteria)s). "
            "Send it to review again.", order=order.name,
            criteria=", ".join(order.order_class_criterion_ids.with_context(lang=self.env.lang).mapped("name")))

    def _is_review_exempt(self):
        """Whether the company's policy lets the order pass without review, as long as none was ever begun."""
        order = self.sudo()  # portal and public users confirm orders too
        policy = order.company_id.order_review_policy
        if policy == "all" or order.review_id or (self.review_stage or "none") != "none":
            return False
        return policy == "none" or order._get_order_class() == "regular"

    def _check_review_gate(self):
        """Raise unless the review of every order is through (REV-11).

        :raise UserError: names the orders and what they wait for
        """
        self._look_at_class_anew()
        errors = [error for order in self if (error := order._get_gate_error())]
        if errors:
            raise UserError("\n".join(errors))

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._get_stage_error() or False  # the class: when written

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._get_gate_error()

    def _cancel_open_rounds(self):
        rounds = self.sudo().review_ids.filtered(  # whoever cancels the order ends its review
            lambda review: review.state in ("draft", "in_review"))
        if rounds:
            rounds._cancel(self.env._("The order was cancelled."))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | SIGNATURE | {
            "review_id", "review_ids", "review_digest", "review_stage", "review_override_ids", "review_override_digest",
            "contract_signed_on", "contract_signed_by", "contract_effective", "contract_effective_on",
            "contract_digest", "contract_outdated", "order_class_known_ids", "instruction_ids",
            "handed_over_on", "handback_reason", "is_ready_to_send"}

    @api.model
    def _get_clearable_fields(self):
        """The customer signs on the portal; his signature is emptied by whoever opens the order again."""
        return super()._get_clearable_fields() | SIGNATURE
