from odoo import api, models

from ..tools.scope import AGREED, PaymentPlan

PLAN = PaymentPlan()


class SaleOrder(models.Model):
    """The plan is part of what is reviewed and signed; the contract waits for its down payment (PAY-1, PAY-2)."""

    _inherit = "sale.order"

    @api.depends("payment_line_ids.amount", "payment_line_ids.kind_id.holds")
    def _compute_contract_effective(self):
        return super()._compute_contract_effective()

    @api.depends("payment_line_ids.amount", "payment_line_ids.kind_id.holds")
    def _compute_amount_received(self):
        return super()._compute_amount_received()

    def _needs_down_payment(self):
        """Where there is a plan, it says so; else the company's setting."""
        return bool(self._get_down_payment_lines()) if self.sudo().payment_line_ids else super()._needs_down_payment()

    def _get_down_payment_required(self):
        if not self.sudo().payment_line_ids:
            return super()._get_down_payment_required()
        return sum(self._get_down_payment_lines().mapped("amount"))

    def _get_down_payment_lines(self):
        # sudo: whether the contract is in effect does not depend on who asks
        return self.sudo().payment_line_ids.filtered(lambda line: line.kind_id.holds == "contract")

    def _get_amount_received(self):
        """The order's own part of its invoices, as the plan counts it: of an invoice of two orders not the whole."""
        return sum(paid for _move, _total, paid in self._get_invoiced_amounts()) + self._get_uninvoiced_payments()

    def _get_event_date(self, event):
        """The contract is signed and in effect when order_review says so."""
        if event == "signed":
            return self.contract_signed_on or self.company_id._get_day(self.signed_on)  # not the picture: a file
        if event == "effective":
            return self.company_id._get_day(self.contract_effective_on)
        return super()._get_event_date(event)

    def _get_payment_reliers(self):
        """Also who has instructed production."""
        return super()._get_payment_reliers() | self.sudo().instruction_ids.filtered(
            lambda instruction: instruction.state in ("issued", "acknowledged", "done")).issued_by

    def _check_reviewable(self):
        """A plan that is not whole is not reviewed."""
        result = super()._check_reviewable()
        self._check_payment_plan()
        return result

    # What is reviewed and signed

    @api.model
    def _get_reviewed(self):
        return [*super()._get_reviewed(), PLAN]

    @api.model
    def _get_scope_dependencies(self):
        return [*super()._get_scope_dependencies(), *(f"payment_line_ids.{name}" for name in ("sequence", *AGREED))]

    def _describe_scope(self):
        """Without a word on payments where there is no plan: what was reviewed before there were plans stays so."""
        scope = super()._describe_scope()
        if not scope["order"][PLAN.key]:
            del scope["order"][PLAN.key]
        return scope

    def _get_review_changes(self):
        """Also a plan that came after the review."""
        changes = super()._get_review_changes()
        plan = self._describe_scope()["order"].get(PLAN.key)
        if plan and PLAN.key not in self.review_id._get_covered_scope().get("order", {}):
            changes.append(PLAN.describe_change(self, None, plan))
        return changes
