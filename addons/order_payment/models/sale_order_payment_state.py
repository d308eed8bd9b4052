from odoo import api, fields, models
from odoo.tools import format_date


class SaleOrder(models.Model):
    """How the money of an order stands, for whoever decides on it (PAY-2)."""

    _inherit = "sale.order"

    payment_plan_state = fields.Selection(
        [("waiting", "Nothing due"), ("due", "Payment due"), ("overdue", "Payment overdue"), ("paid", "All paid"),
         ("fault", "Plan to be revised")], string="Payments", compute="_compute_payment_plan_state", compute_sudo=True)
    payment_plan_unpaid = fields.Monetary(
        string="Due and unpaid", compute="_compute_payment_plan_state", compute_sudo=True)
    payment_plan_summary = fields.Text(
        string="Payments of the Plan", compute="_compute_payment_plan_summary", compute_sudo=True)

    @api.depends("payment_line_ids.amount_open", "payment_line_ids.date_due", "payment_plan_problem", "state")
    def _compute_payment_plan_state(self):
        for order in self:
            lines = order.payment_line_ids
            today = order.company_id._get_today()
            due = lines.filtered(
                lambda line, today=today: line.amount_open and line.date_due and line.date_due <= today)
            order.payment_plan_unpaid = sum(due.mapped("amount_open"))
            order.payment_plan_state = order.state == "sale" and lines and (
                "fault" if order.payment_plan_problem
                else "overdue" if any(line.date_due < today for line in due)
                else "due" if due
                else "waiting" if any(lines.mapped("amount_open")) else "paid")

    @api.depends("payment_line_ids.state", "payment_line_ids.amount", "payment_line_ids.amount_paid",
                 "payment_line_ids.date_due", "payment_line_ids.kind_id")
    @api.depends_context("lang")
    def _compute_payment_plan_summary(self):
        for order in self:
            order.payment_plan_summary = "\n".join(map(order._describe_payment, order.payment_line_ids)) or False

    def _describe_payment(self, line):
        """One payment with its state, in one line, without amounts: the workshop and the store read it too."""
        return self.env._(
            "%(kind)s: %(state)s, due: %(due)s", kind=line.kind_id.name,
            state=line._get_selection_label("state"),
            due=format_date(self.env, line.date_due) if line.date_due else line._get_due_text())

    # For rooms that release something

    def _get_payments_due(self, at="delivery"):
        """Payments that have to be there before something happens, and are not.

        :param at: ``contract`` (comes into effect): down payments; ``delivery`` (goods leave): down payments, what is
            due before delivery, and all else that is due by now
        :return: order.payment.line
        """
        # sudo: who releases goods need not see prices; what he is told is the sentence
        lines = self.sudo().payment_line_ids.filtered(lambda line: line.state not in ("paid", "cancelled"))
        if at == "contract":
            return lines.filtered(lambda line: line.kind_id.holds == "contract")
        return lines.filtered(lambda line: line.kind_id.holds or (
            line.date_due and line.date_due <= line.company_id._get_today()))

    def _get_payment_problem(self, at="delivery"):
        """Why unpaid money holds the order, in one sentence; empty if it does not."""
        self.ensure_one()
        return self._describe_payments_due(lines) if (lines := self._get_payments_due(at)) else ""

    def _describe_payments_due(self, lines):
        """The sentence of what is missing, for some of the payments that are due."""
        return self.env._("%(order)s: not paid yet: %(payments)s", order=self.name, payments="; ".join(
            map(self._describe_payment, lines)))

    def _get_payment_reliers(self):
        """Users who are told when a payment that was there is gone. Rooms add who released something because of it."""
        return self.user_id

    # What there is of money

    def _get_invoiced_amounts(self):
        """The order's part of its invoices and credit notes, in its currency.

        :return: list of (move, amount, what of it is paid), negative for credit notes
        """
        self.ensure_one()
        result = []
        for move, lines in self.order_line.invoice_lines.grouped("move_id").items():
            if move.state == "cancel" or move.move_type == "out_refund" and move.state != "posted":
                continue
            part = 1.0
            if move.invoice_line_ids.filtered(lambda line: line.display_type == "product") - lines:  # not all is ours
                part = sum(lines.mapped("price_total")) / move.amount_total if move.amount_total else 0.0
            sign = -1 if move.move_type == "out_refund" else 1
            paid = move.amount_total - move.amount_residual if move.state == "posted" else 0.0
            result.append((move, *(move.currency_id._convert(
                sign * part * amount, self.currency_id, self.company_id, move.invoice_date or fields.Date.today())
                for amount in (move.amount_total, paid))))
        return result

    def _get_uninvoiced_payments(self):
        """Online payments, as far as no posted invoice shows them yet; a draft shows no money."""
        total = 0.0
        for transaction in self.transaction_ids.filtered(lambda payment: payment.state in ("authorized", "done")):
            shown = sum(move.amount_total - move.amount_residual
                        for move in transaction.invoice_ids if move.state == "posted")
            total += transaction.currency_id._convert(
                max(transaction.amount - shown, 0.0), self.currency_id, self.company_id,
                transaction.last_state_change or fields.Date.today())
        return total
