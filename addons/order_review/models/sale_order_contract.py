from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """The contract: in effect on signature and, where so configured, on the down payment (QUO-2)."""

    _inherit = "sale.order"

    contract_signed_by = fields.Char(readonly=True, copy=False, help="Person who signed the paper contract.")
    contract_signed_on = fields.Date(readonly=True, copy=False, help="Date of the signed paper contract.")
    contract_effective = fields.Boolean(
        string="Contract in effect", compute="_compute_contract_effective", store=True, copy=False, default=False)
    contract_effective_on = fields.Datetime(
        string="Contract in effect since", compute="_compute_contract_effective", store=True, copy=False)
    contract_digest = fields.Char(readonly=True, copy=False, help="Fingerprint of what the customer has signed.")
    contract_outdated = fields.Boolean(
        string="Changed since the signature", compute="_compute_contract_effective", store=True, copy=False,
        help="What the customer has signed is not what the order is now: he signs again, or accepts the change.")
    amount_received = fields.Monetary(
        compute="_compute_amount_received", compute_sudo=True, groups="sales_team.group_sale_salesman",
        help="Paid on the order's invoices, and online payments not invoiced yet.")
    payment_status = fields.Selection(
        [("none", "Nothing received"), ("partial", "Partly received"), ("prepaid", "Down payment received"),
         ("paid", "Fully received")],
        compute="_compute_amount_received", compute_sudo=True)

    @api.depends("order_line.invoice_lines.move_id.payment_state", "transaction_ids.state", "amount_total")
    def _compute_amount_received(self):
        for order in self:
            received = order._get_amount_received()
            order.amount_received = received
            order.payment_status = order._get_payment_status(received)

    @api.depends(lambda self: [
        "signed_on", "signature", "contract_signed_on", "contract_digest", "transaction_ids.state",
        "order_line.invoice_lines.move_id.payment_state", *self._get_scope_dependencies()])
    def _compute_contract_effective(self):
        for order in self:
            signed = order._is_signed()
            current = signed and order._is_contract_current()
            order.contract_outdated = signed and not current
            order.contract_effective = current and order.sudo()._is_down_payment_received()  # hidden from sales
            # A change that is undone does not make the contract younger.
            order.contract_effective_on = (order.contract_effective or order.contract_outdated) and (
                order.contract_effective_on or order.contract_effective and fields.Datetime.now())

    def action_register_contract(self):
        """Open the dialog that registers the signed paper contract."""
        return self._open_dialog(self.env._("Register the Signed Contract"), "order.contract.register")

    def _register_contract(self, document, signed_by, signed_on):
        """The paper contract was signed by the customer; the document is released as its proof (QUO-2).

        :raise UserError: no contract document, no signer, signed in the future, or the order is cancelled
        """
        self.ensure_one()
        self._check_groups("order_review.group_order_review_desk")
        self.check_access("write")
        if self.state == "cancel":
            raise UserError(self.env._("%(order)s is cancelled.", order=self.name))
        if not (signed_by or "").strip():
            raise UserError(self.env._("Who signed the contract for the customer?"))
        if document.order_id != self or document.kind != "contract":
            raise UserError(self.env._("Choose a contract document of %(order)s.", order=self.name))
        if signed_on > self.company_id._get_today():
            raise UserError(self.env._("The contract cannot be signed in the future."))
        if document.state == "draft":
            document.action_release()
        self._write_signed({
            "contract_signed_by": signed_by.strip(), "contract_signed_on": signed_on})
        self._bind_contract()

    def _is_signed(self):
        return bool(self.contract_signed_on or (self.signed_on and self.signature))

    def _is_contract_current(self):
        """Whether the customer has signed the order as it is."""
        return self._is_signed() and self.sudo().contract_digest == self._contract_digest()  # sudo: see _bind_contract

    def _bind_contract(self):
        """Bind the signature to what was signed: scope and terms of the order as it is now."""
        for order in self.sudo():  # documents and lines as they are
            digest = order._contract_digest()
            if order.contract_digest != digest:
                order.write({"contract_digest": digest, "contract_effective_on": False})

    def _renew_contract(self):
        """The customer has accepted the changed order in writing: what he signed before holds for it too."""
        self.filtered(lambda order: order._is_signed())._bind_contract()

    def _has_to_be_signed(self):
        """Not before its review; an order that has changed since its signature is signed again."""
        asked = super()._has_to_be_signed() or (
            self.contract_outdated and self.require_signature and self.state in ("draft", "sent")
            and not self.is_expired)
        return asked and not self._get_gate_error()

    def _is_down_payment_received(self):
        self.ensure_one()
        if not self._needs_down_payment():
            return True
        return self.currency_id.compare_amounts(self._get_amount_received(), self._get_down_payment_required()) >= 0

    def _needs_down_payment(self):
        """Whether the contract waits for money; by the company's setting where nothing else is agreed."""
        return self.company_id.contract_needs_down_payment

    def _get_down_payment_required(self):
        """Amount of the prepayment that the contract asks for; the company's share where it names none."""
        share = self.prepayment_percent or self.company_id.prepayment_percent or 1.0
        return self.currency_id.round(self.amount_total * share)

    def _get_amount_received(self):
        """Money received for the order, in its currency."""
        self.ensure_one()
        invoices = self.order_line.invoice_lines.move_id.filtered(lambda move: move.state == "posted")
        received = sum(
            invoice.currency_id._convert(
                (invoice.amount_total - invoice.amount_residual) * (-1 if invoice.move_type == "out_refund" else 1),
                self.currency_id, self.company_id, invoice.invoice_date or fields.Date.today())
            for invoice in invoices)
        return received + sum(
            transaction.amount for transaction in self.transaction_ids
            if transaction.state in ("authorized", "done") and not (transaction.invoice_ids & invoices))

    def _get_payment_status(self, received):
        if self.currency_id.compare_amounts(received, 0) <= 0:
            return "none"
        if self.currency_id.compare_amounts(received, self.amount_total) >= 0:
            return "paid"
        return "prepaid" if self.currency_id.compare_amounts(
            received, self._get_down_payment_required()) >= 0 else "partial"
