from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.document_control.models.document_control_mixin import Transition

from .order_change import APPROVER, DESK
from .order_change_effect import IN_EARNEST


class OrderChange(models.Model):
    """The way of a change: assessed, reviewed where its level asks for it, approved or not (CHG-1 to CHG-6)."""

    _inherit = "order.change"
    _transitions = {
        "assess": Transition(("draft",), "assessed"),
        "reopen": Transition(("assessed",), "draft"),
        "review": Transition(("assessed",), "review", groups=(DESK,)),
        "return": Transition(("review",), "draft"),
        "ask": Transition(("assessed", "review"), "customer"),
        "approve": Transition(("assessed", "review", "customer"), "approved", groups=(APPROVER,)),
        "apply": Transition(("approved",), "applied"),
        "reject": Transition(("assessed", "review", "customer"), "rejected", groups=(APPROVER,)),
        "cancel": Transition(("draft", "assessed", "review", "customer"), "cancelled"),
    }

    review_id = fields.Many2one(
        "order.review", string="Review of the change", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    review_stage = fields.Selection(related="review_id.stage", string="Stage of the review")

    def action_assess(self):
        """The answer to who asked: level, effect and departments are settled, and the next step is asked for.

        :raise AccessError: not the user's to assess
        :raise UserError: the order cannot be changed, a line is incomplete or cannot be applied, the level is overruled
            without a reason, or nobody could approve it
        """
        for change in self:
            change._check_transition("assess")
            change._check_order_open()
            if not change.line_ids:
                raise UserError(self.env._("%(change)s changes nothing yet: add a line.", change=change.name))
            change._check_level()
            change._refresh_before()
            change.line_ids._check_applicable()
            change._check_answerable()
            change._keep_effect()
            change._write_transition(
                "assess", assessed_by=self.env.uid, assessed_on=fields.Datetime.now(),
                review_id=False)  # a former round did not pass it: it covers nothing
            change.sudo()._proceed()  # to-dos of others
        return True

    def action_reopen(self):
        """Back to the draft, to be assessed again; nobody has decided or signed anything yet.

        :raise UserError: in review, or with the customer: draw it up anew
        """
        self._transit("reopen")
        self.sudo()._ask_assessment()  # the to-do of who answers for it
        return True

    def action_request_review(self):
        """Send the change to review: for a delivery date the departments of a regular order, else those of a
        non-regular one (CHG-3, CHG-4).

        :raise UserError: a minor one, or the order cannot be reviewed
        """
        for change in self:
            change._check_transition("review")
            if change.level == "minor":
                raise UserError(self.env._(
                    "%(change)s is minor: it needs no review. Raise its level with a reason where it does.",
                    change=change.name))
            change._check_order_open()
            change._check_not_stale()
            order_class = "regular" if change.level == "delivery" else "non_regular"
            review = change.order_id._open_round(order_class, change_id=change.id)
            change._write_transition("review", review_id=review.id)
            review.action_submit()
            change.sudo()._proceed()  # to-dos of others
        return self.review_id._get_records_action(name=self.env._("Review"))

    def action_approve(self):
        """Approve the change, which applies it: all of it, or nothing (CHG-8).

        :raise AccessError: no right to approve, or one has asked for it oneself
        :raise UserError: it waits for the review or the customer, or cannot be applied, and why
        """
        for change in self:
            change._check_transition("approve")
            change._check_order_open()
            change._check_not_stale()
            change._write_transition("approve", approved_by=self.env.uid, approved_on=fields.Datetime.now())
            # sudo: lines of the order, documents and to-dos of others; the right was checked
            change.sudo().with_context(**IN_EARNEST)._apply()
        return True

    def action_reject(self, reason=None):
        """Decide against the change; who asked for it is told why.

        :raise UserError: without a reason
        """
        return self._close("reject", reason)

    def action_cancel(self, reason=None):
        """Withdraw the change.

        :raise UserError: without a reason, or applied already
        """
        return self._close("cancel", reason)

    def action_open_close(self):
        """Open the dialog that asks why the change is not made."""
        return self._open_dialog(self.env._("Not to Be Made"), "order.change.close")

    def action_draw_up_anew(self):
        """A new change with the same lines: of one that is in review, signed or applied; an open one is cancelled.

        :return: action that opens the draft
        """
        self.ensure_one()
        self.check_access("read")
        self._check_handler()
        self._lock()
        if self.state in ("assessed", "review", "customer"):
            self._close("cancel", self.env._("Drawn up anew."))
        fresh = self.sudo().copy({"previous_id": self.id, "received_on": fields.Datetime.now()})  # closed to hands
        fresh._refresh_before()
        return fresh.sudo(False)._get_records_action(name=self.env._("Change Notice"))

    def action_acknowledge(self):
        """Acknowledge in the name of the user's departments.

        :raise UserError: none of them is asked
        """
        for change in self:
            change.acknowledgement_ids._acknowledge_own(change)
        return True

    def action_view_order(self):
        """Open the sales order."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    def action_view_review(self):
        """Open the review of the change."""
        self.ensure_one()
        return self.review_id._get_records_action(name=self.env._("Review"))

    def _open_dialog(self, name, model):
        self.ensure_one()
        return {"name": name, "type": "ir.actions.act_window", "res_model": model, "view_mode": "form",
                "target": "new", "context": {"default_change_id": self.id}}

    def _close(self, operation, reason):
        self.env["order.review"]._check_reason(reason, self.env._("Say why the change is not made."))
        for change in self:
            change._check_transition(operation)
            change._write_transition(operation, closing_reason=reason.strip())
            closed = change.sudo()  # the round and to-dos of others
            if closed.review_id.state in ("draft", "in_review"):
                closed.review_id._cancel(self.env._("The change is not made."))
            closed._close_activities()
            closed._tell_asker(self.env._("%(change)s is not made: %(reason)s", change=closed.name, reason=reason))
        return True

    # Gates

    def _check_transition(self, operation):
        result = super()._check_transition(operation)
        if operation in ("assess", "reopen", "cancel"):
            self._check_handler(cancels=operation == "cancel")
        if operation == "approve":
            self._check_approvable()
        return result

    def _check_handler(self, cancels=False):
        """:raise AccessError: neither the order desk, nor who answers for it, nor the order's salesperson"""
        for change in self:
            own = cancels and change.state == "draft" and change.create_uid == self.env.user
            if not (own or change._may_handle()):
                raise AccessError(self.env._(
                    "%(change)s is handled by %(department)s, the order desk or the order's salesperson.",
                    change=change.name, department=change.department_id.name or "-"))

    def _check_approvable(self):
        """Nobody approves what he has asked for himself, unless the company lets him; all others have answered."""
        for change in self:
            own = self.env.user in (change.create_uid, change.assessed_by) and not self.env.su
            if own and not change.company_id.sudo().order_change_own_approval:  # a policy, whoever asks
                raise AccessError(self.env._(
                    "You have drawn up or assessed %(change)s yourself: somebody else approves it.",
                    change=change.name))
            if change.next_step != "approve":
                raise UserError(self.env._(
                    "%(change)s cannot be approved yet. Next: %(step)s.", change=change.name,
                    step=change._get_selection_label("next_step")))
            change._check_written_proof()

    def _check_order_open(self):
        """:raise UserError: the order cannot be changed any more, or not like this"""
        for change in self:
            order = change.order_id.sudo()  # its state, whoever asks
            if order.state == "cancel":
                raise UserError(self.env._("%(order)s is cancelled: it cannot be changed.", order=order.name))
            if order.state != "sale":
                raise UserError(self.env._(
                    "%(order)s is a quotation: change it directly, and send it to review.", order=order.name))
            if order.locked:
                raise UserError(self.env._(
                    "%(order)s is locked, as one that is done: nothing changes any more. Unlock it first if it is not.",
                    order=order.name))

    def _check_not_stale(self):
        """:raise UserError: the order says otherwise than at the assessment"""
        for change in self.sudo():  # the order's lines
            if stale := change.line_ids._get_stale():
                raise UserError(self.env._(
                    "Since %(change)s was assessed the order has been changed: %(lines)s. Assess it again, or draw it "
                    "up anew.", change=change.name, lines="; ".join(stale.mapped("display_name"))))

    def _check_answerable(self):
        """:raise UserError: nobody could approve it: it would wait for ever"""
        if not self._get_approvers():
            raise UserError(self.env._(
                "Nobody can approve %(change)s: give somebody else the role \"%(role)s\" (Settings > Users).",
                change=self.name, role=self.env.ref(APPROVER).sudo().display_name))  # its name only

    def _refresh_before(self):
        """The lines say what the order says now, computed together; so does what follows from it."""
        lines = self.sudo().line_ids  # closed to hands
        names = [name for name, field in lines._fields.items() if field.compute == "_compute_before"]
        for name in names:
            self.env.add_to_compute(lines._fields[name], lines)
        lines.modified(names)

    def _is_review_cleared(self):
        return self.sudo().review_id.stage == "cleared"  # whoever waits for it

    def _after_review(self):
        """The round has taken a step: what was promised goes on; what was not passed comes back with the reasons."""
        for change in self.filtered(lambda change: change.state == "review"):
            review = change.review_id
            if review.stage == "cleared":
                if review.promise_date:
                    change.write({"date_after": max(filter(None, [change.date_after, review.promise_date]))})
                change._proceed()
            elif review.stage == "declined":
                change._write_transition("reject", closing_reason=review.conclusion_note)
                change._close_activities()
                change._tell_asker(self.env._(
                    "%(change)s is not made: %(reason)s", change=change.name, reason=review.conclusion_note or ""))
            elif review.stage in ("returned", "cancelled"):
                change._write_transition("return")
                change.message_post(body=self.env._(
                    "Not passed by the review: %(reason)s",
                    reason=review.conclusion_note or review.approval_note or "-"))
                change._ask_assessment()
