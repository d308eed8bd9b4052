from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.document_control.models.document_control_mixin import Transition
from odoo.addons.document_control.tools.reason import is_reason

from .purchase_request_shortage import SUBMISSION

APPROVAL = "purchase_request_control.mail_activity_type_request_approval"
BUYERS = ("purchase.group_purchase_user",)


class PurchaseRequest(models.Model):
    """Asked for, approved or rejected by another person, bought, done (PUR-1, MAT-2)."""

    _inherit = "purchase.request"
    _transitions = {
        "submit": Transition(("draft",), "to_approve"),
        "approve": Transition(("to_approve",), "approved"),
        "reject": Transition(("to_approve", "approved"), "rejected"),
        "reset": Transition(("to_approve", "approved", "in_progress", "rejected"), "draft"),
        "progress": Transition(("approved", "in_progress"), "in_progress", BUYERS),
        "finish": Transition(("approved", "in_progress"), "done", BUYERS),
    }

    def _may_decide(self):
        """Whether the current user may approve: one of those whom the level names, and not the one who asks."""
        return self.env.su or self.env.user in self._get_approvers()

    def _get_approvers(self):
        """Users who may decide, the one to be asked first."""
        self.ensure_one()
        return self.env["purchase.request.level"]._get_approvers(self)

    def _check_transition(self, operation):
        if operation in ("submit", "reset"):
            self._check_mine()
        elif operation in ("approve", "reject"):
            self._check_decider()
        result = super()._check_transition(operation)
        if operation == "submit":
            self.line_ids._check_complete()
            self._check_complete()
        elif operation in ("reset", "reject"):
            self._check_not_ordered()
        return result

    def _check_mine(self):
        for request in self:
            if not request._is_mine():
                raise AccessError(self.env._(
                    "%(request)s is the request of %(user)s: he or an administrator of requests does this.",
                    request=request._describe(), user=request.sudo().requested_by.name))

    def _check_decider(self):
        for request in self.filtered(lambda request: not request._may_decide()):
            if request.has_access("read") and request._is_own(self.env.user):
                raise AccessError(self.env._(
                    "%(request)s was written or requested by you: another person decides on it.",
                    request=request._describe()))
            raise AccessError(self.env._(
                "%(request)s: this is decided by %(users)s.", request=request._describe(),
                users=", ".join(request.sudo()._get_approvers().mapped("name")) or "–"))

    def _check_complete(self):
        for request in self:
            if not request.line_ids.filtered(lambda line: not line.cancelled):
                raise UserError(self.env._("%(request)s names no material.", request=request.name))
            if not is_reason(request.description) and not self.env.su:
                raise UserError(self.env._("%(request)s: give the reason of the request.", request=request.name))

    def _check_not_ordered(self):
        for request in self:
            orders = request.sudo().line_ids.purchase_lines.order_id.filtered(lambda order: order.state != "cancel")
            if orders:
                raise UserError(self.env._(
                    "%(request)s is on its way: %(orders)s. Cancel them first, or agree a reduction.",
                    request=request.name, orders=", ".join(orders.mapped("name"))))

    # Its way

    def button_to_approve(self):
        """Ask for the approval: the approver is named by kind and amount, and gets a to-do (MAT-2, PUR-1).

        :raise AccessError: another's request
        :raise UserError: no material, a quantity that is none, no reason
        """
        self._check_transition("submit")
        for request in self.sudo():  # sudo: the approver and what it costs are written by this action only
            request.write({"approval_amount": sum(request.line_ids._get_expected_cost().values())})
            request.write({"submitted_by": self.env.uid})  # whom to ask depends on who asks
            approvers = request._get_approvers()
            request._write_transition(
                "submit", submitted_on=fields.Datetime.now(), assigned_to=approvers[:1].id,
                approver_ids=[Command.set(approvers.ids)])
            request._ask_approver()
        self.sudo().activity_unlink([SUBMISSION])  # sudo: the to-do may be another's
        return True

    def button_approved(self):
        """Approve: from here on nobody changes the request (PUR-1).

        :raise AccessError: not his to approve, or his own request
        """
        self._transit("approve", approved_by=self.env.uid, approved_on=fields.Datetime.now())
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        return True

    def button_rejected(self):
        """Ask for the reason, then reject."""
        self.ensure_one()
        self._check_decider()
        return self.env["purchase.request.remark"]._get_remark_action("reject", self)

    def action_reject(self, reason=None):
        """Reject with a reason; the applicant may reset and correct it.

        :raise AccessError: not his to decide
        :raise UserError: no reason, or something was ordered already
        """
        self._check_transition("reject")
        if not is_reason(reason):
            raise UserError(self.env._("%(request)s: say why it is rejected.", request=self[:1].name))
        self._write_transition(
            "reject", rejected_by=self.env.uid, rejected_on=fields.Datetime.now(), reject_reason=reason.strip(),
            approved_by=False, approved_on=False)
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        for request in self:
            request.message_post(body=self.env._("Rejected: %(reason)s", reason=reason.strip()),
                                 partner_ids=request.sudo().requested_by.partner_id.ids)
        return True

    def button_draft(self):
        """Take the request back to correct it; what was approved is not any more.

        :raise UserError: something was ordered already
        """
        self._transit(
            "reset", assigned_to=False, approver_ids=[Command.clear()], approved_by=False, approved_on=False,
            submitted_by=False, submitted_on=False, rejected_by=False, rejected_on=False, reject_reason=False,
            approval_amount=0)
        self.sudo().activity_unlink([APPROVAL])  # sudo: the to-do may be another's
        self.sudo().line_ids.filtered("cancelled").write({"cancelled": False})  # sudo: the action's own doing
        return True

    def button_in_progress(self):
        """Purchasing works on it."""
        self._transit("progress")
        return True

    def button_done(self):
        """What was asked for is here, or is not wanted any more."""
        self._transit("finish")
        return True

    def check_auto_reject(self):
        """A request of which every line was cancelled is rejected; the cancelling was checked."""
        for request in self.filtered(lambda request: request.state != "rejected"):
            if request.line_ids and all(request.line_ids.mapped("cancelled")):
                request._write_signed({"state": "rejected", "reject_reason": self.env._("All lines were cancelled.")})

    def _ask_approver(self):
        if self.assigned_to:
            self.activity_schedule(APPROVAL, user_id=self.assigned_to.id, automated=True, summary=self.env._(
                "%(request)s of %(user)s waits for your approval", request=self.name, user=self.requested_by.name))
