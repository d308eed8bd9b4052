from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare, formatLang

from odoo.addons.document_control.tools.lines import fetch_lines


class SaleOrder(models.Model):
    """The order's payment plan: made from its payment term, agreed with the order (PAY-1)."""

    _name = "sale.order"
    _inherit = ["sale.order", "document.fence.mixin"]

    payment_line_ids = fields.One2many("order.payment.line", "order_id", string="Payment Plan", copy=True)
    payment_event_ids = fields.One2many("order.payment.event", "order_id", string="Events of Payments", copy=False)
    has_payment_event = fields.Boolean(
        compute="_compute_has_payment_event", store=True, compute_sudo=True, export_string_translation=False)
    payment_revision_ids = fields.One2many(
        "order.payment.revision", "order_id", string="Revisions of the Payment Plan", copy=False)
    payment_plan_problem = fields.Char(
        compute="_compute_payment_plan_problem", compute_sudo=True, string="Fault of the Payment Plan")

    @api.depends("payment_event_ids")
    def _compute_has_payment_event(self):
        """As a rule nothing has happened yet when an order is confirmed: that is known without a look."""
        for order in self:
            order.has_payment_event = bool(order.payment_event_ids)

    @api.depends("payment_line_ids.basis", "payment_line_ids.percent", "payment_line_ids.amount_given",
                 "payment_line_ids.amount_agreed", "payment_line_ids.invoice_ids.state",
                 "payment_line_ids.invoice_ids.payment_state", "amount_total", "currency_id")
    @api.depends_context("lang")
    def _compute_payment_plan_problem(self):
        for order in self:
            order.payment_plan_problem = order._get_plan_problem(order.payment_line_ids) or False

    def _get_plan_problem(self, lines):
        """Why lines are no plan of the order; empty if they are, or if there are none.

        :param lines: lines of the order, or those that are to replace them
        """
        self.ensure_one()
        if not lines:
            return ""
        is_share = all(line.basis == "percent" for line in lines)
        percent = sum(lines.mapped("percent"))
        if is_share and float_compare(percent, 100, precision_digits=4):
            return self.env._(
                "The payment plan of %(order)s comes to %(percent)s %%, not to 100 %%. Change the shares of its lines.",
                order=self.name or "", percent=f"{percent:g}")
        weights = [line._get_weight() for line in lines]
        has_free = any(fixed is None for _percent, fixed in weights)
        if has_free and (is_share or lines.filtered(lambda line: line._is_fixed())):
            return self._get_fixed_problem(sum(fixed or 0.0 for _percent, fixed in weights))
        planned = sum(self.amount_total * percent / 100 if fixed is None else fixed for percent, fixed in weights)
        if abs(planned - self.amount_total) <= (self.currency_id.rounding or 0.01) * len(lines):
            return ""
        return self.env._(
            "The payment plan of %(order)s comes to %(planned)s of %(total)s (%(percent)s %%), not to 100 %%. Change "
            "the shares and amounts of its lines.", order=self.name or "",
            planned=formatLang(self.env, planned, currency_obj=self.currency_id),
            total=formatLang(self.env, self.amount_total, currency_obj=self.currency_id),
            percent=f"{100 * planned / self.amount_total:.2f}" if self.amount_total else "-")

    def _get_fixed_problem(self, fixed):
        """Why the shares cannot take what the fixed payments leave: that is less than nothing."""
        if self.currency_id.compare_amounts(fixed, max(self.amount_total, 0.0)) <= 0:
            return ""
        return self.env._(
            "%(order)s: payments of %(fixed)s are invoiced or fixed, more than the order's %(total)s. Credit what is "
            "too much, or revise the plan.", order=self.name or "",
            fixed=formatLang(self.env, fixed, currency_obj=self.currency_id),
            total=formatLang(self.env, self.amount_total, currency_obj=self.currency_id))

    @api.onchange("payment_term_id")
    def _onchange_payment_term_plan(self):
        if self._is_payment_plan_open():
            self.payment_line_ids = [
                Command.clear(), *map(Command.create, self.payment_term_id._prepare_payment_plan())]

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: not order.payment_line_ids)._take_payment_plan()
        orders.filtered(lambda order: order.state in ("sent", "sale"))._check_payment_plan()
        return orders

    def write(self, vals):
        planned = {"payment_term_id", "partner_id"} & vals.keys() and "payment_line_ids" not in vals
        terms = {order: order.payment_term_id for order in self if planned and order._is_payment_plan_open()}
        if vals.get("state") == "sale":
            # sudo: whoever confirms need not see it. The plan falls due with it: read as a whole, not name by name
            fetch_lines(self.sudo(), "payment_line_ids")
        result = super().write(vals)
        for order, term in terms.items():
            if order.payment_term_id != term:
                order._take_payment_plan()
        if vals.get("state") in ("sent", "sale"):
            self._check_payment_plan()
        return result

    def action_revise_payment_plan(self):
        """Open the dialog that replaces the agreed plan by another one, with a reason."""
        self.ensure_one()
        return self._open_payment_dialog(self.env._("Revise the Payment Plan"), "order.payment.revise")

    def _open_payment_dialog(self, name, model):
        return {"name": name, "type": "ir.actions.act_window", "res_model": model, "view_mode": "form",
                "target": "new", "context": {"default_order_id": self.id}}

    def _is_payment_plan_open(self):
        """Whether the plan is still being agreed; from the confirmation on it is changed by a revision only."""
        return self.state in ("draft", "sent", False)

    def _take_payment_plan(self):
        """The plan of the order's payment term; none where that is none."""
        for order in self:
            plan = order.payment_term_id.sudo()._prepare_payment_plan()  # the template, not its owner's rights
            if plan or order.payment_line_ids:
                order.payment_line_ids = [Command.clear(), *map(Command.create, plan)]

    def _check_payment_plan(self):
        """:raise UserError: a plan does not come to the whole order; says to how much"""
        if problems := [order.payment_plan_problem for order in self if order.payment_plan_problem]:
            raise UserError("\n".join(problems))

    def _describe_payment_plan(self):
        """The plan in words, one line each."""
        self.ensure_one()
        return "\n".join(f"{number}. {line._get_terms_text()}" for number, line in enumerate(self.payment_line_ids, 1))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"payment_event_ids", "payment_revision_ids"}

    # Invoices

    def _prepare_invoice(self):
        """A plan's invoices are due by the plan, not by so many days after their own date."""
        values = super()._prepare_invoice()
        if self.payment_line_ids:
            values["invoice_payment_term_id"] = False
            if date_due := self.env.context.get("order_payment_date_due"):
                values["invoice_date_due"] = date_due
        return values

    def _has_goods_to_invoice_later(self):
        """Whether something is invoiced as it is delivered, and is not delivered as a whole yet."""
        return any(
            line.product_id.invoice_policy == "delivery" and not line.is_downpayment
            and line.product_uom_id.compare(line.qty_delivered, line.product_uom_qty) < 0 for line in self.order_line)

    def _make_payment_invoice(self, advance):
        """Draft invoice by core's wizard: an advance of that amount, or without one the final invoice.

        :raise UserError: there is nothing to invoice, or less than what the down payments have to be deducted from
        """
        self.ensure_one()
        wizard = self.env["sale.advance.payment.inv"].create({
            "sale_order_ids": [Command.set(self.ids)],
            "advance_payment_method": "fixed" if advance else "delivered",
            "fixed_amount": advance,
        })
        invoice = wizard._create_invoices(self)
        if invoice.move_type != "out_invoice":
            raise UserError(self.env._(
                "%(order)s: what was delivered up to now is worth less than its down payments. Wait for the rest, or "
                "make the invoice by hand.", order=self.name))
        return invoice
