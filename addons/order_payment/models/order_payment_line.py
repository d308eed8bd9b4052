from odoo import api, fields, models
from odoo.exceptions import UserError

from ..kernel import payment_plan
from .order_payment_terms import TERMS

SALES, FINANCE = "sales_team.group_sale_salesman", "account.group_account_invoice"
STATES = [
    ("open", "Open"), ("due", "Due"), ("invoiced", "Invoiced"), ("partly_paid", "Partly paid"), ("paid", "Paid"),
    ("cancelled", "Cancelled")]


class OrderPaymentLine(models.Model):
    """One payment of an order's plan (PAY-1): agreed until the contract, then followed by what happens."""

    _name = "order.payment.line"
    _inherit = ["order.payment.terms", "document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _description = "Payment of an Order"
    _order = "order_id, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id", store=True)
    partner_id = fields.Many2one(related="order_id.partner_invoice_id", string="Customer", store=True, index=True)
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson", store=True, index=True)
    is_retention = fields.Boolean(related="kind_id.is_retention", store=True)
    invoice_ids = fields.Many2many(
        "account.move", "order_payment_line_invoice_rel", "line_id", "invoice_id", string="Invoices", copy=False)
    amount_agreed = fields.Monetary(
        copy=False, help="What the line came to when it was invoiced: from then on it does not follow the order.")
    date_due = fields.Date(
        string="Due on", compute="_compute_date_due", store=True, index=True,
        help="Known once the event has happened.")
    amount = fields.Monetary(compute="_compute_amount", store=True)

    @api.depends("kind_id", "order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self.sudo():  # whoever is asked about a payment sees what it is called
            line.display_name = f"{line.order_id.name or ''} {line.kind_id.name or ''}".strip()

    @api.depends("event", "date", "months", "days", "order_id.state", "order_id.date_order", "order_id.company_id",
                 "order_id.payment_event_ids.date")
    def _compute_date_due(self):
        for line in self:
            order = line.order_id
            day = order.state == "sale" and (line.date if line.event == "date" else order._get_event_date(line.event))
            line.date_due = day and payment_plan.due_date(day, line.months, line.days)

    @api.depends(*(f"order_id.payment_line_ids.{name}" for name in (
        "sequence", "basis", "percent", "amount_given", "amount_agreed", "invoice_ids.state",
        "invoice_ids.payment_state")), "order_id.amount_total", "order_id.currency_id")
    def _compute_amount(self):
        """Shares of the order as it is; what is invoiced stays, the others share what it leaves."""
        self.amount = 0.0
        for order in self.order_id:
            lines = order.payment_line_ids.sorted(lambda line: (line.sequence, line._origin.id or 0))
            is_draft = order.payment_plan_problem and not any(line._is_fixed() for line in lines)
            compute = payment_plan.drafts if is_draft else payment_plan.shares
            amounts = compute(order.amount_total, [line._get_weight() for line in lines], order.currency_id.round)
            for line, amount in zip(lines, amounts, strict=True):
                if line in self:
                    line.amount = amount

    def _get_weight(self):
        """(percent, fixed amount or None) for the kernel."""
        if self.amount_agreed and self._get_live_invoices():
            return self.percent, self.amount_agreed
        return self.percent, (self.amount_given if self.basis == "amount" else None)

    def _get_live_invoices(self):
        """The line's invoices that were neither cancelled nor credited as a whole."""
        return self.invoice_ids.filtered(
            lambda move: move.state != "cancel" and move.payment_state != "reversed")

    # Fences: terms are written until the order is confirmed, then by a revision

    @api.model
    def _get_creatable_fields(self):
        return {"order_id", *TERMS}

    def _get_open_fields(self):
        return set(TERMS) if self.order_id._is_payment_plan_open() else set()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_plan_open()
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_plan_open()

    def _check_plan_open(self):
        """:raise UserError: a user changes the plan of an order that is confirmed already"""
        agreed = self.order_id.filtered(lambda order: not order._is_payment_plan_open())
        if agreed and not self.env.su:
            raise UserError(self.env._(
                "The payment plan of %(order)s is agreed. Use \"Revise the Plan\" and give the reason.",
                order=", ".join(agreed.mapped("name"))))

    def action_view_order(self):
        """Open the sales order."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    def _is_fixed(self):
        """Whether the line is invoiced, and so does not change any more."""
        return bool(self._get_live_invoices())
