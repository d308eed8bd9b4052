from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..kernel import payment_plan
from .order_payment_line import STATES

INVOICES = "order_id.order_line.invoice_lines.move_id"
SETTLED = ("invoiced", "partly_paid", "paid")


class OrderPaymentLine(models.Model):
    """What was invoiced and paid of the plan's lines; all lines of an order at once."""

    _inherit = "order.payment.line"

    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True, default="open")
    amount_invoiced = fields.Monetary(string="Invoiced", compute="_compute_settled", store=True)
    amount_paid = fields.Monetary(string="Paid", compute="_compute_settled", store=True)
    amount_open = fields.Monetary(
        string="Unpaid", compute="_compute_state", store=True, help="Of a confirmed order; in the order's currency.")
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    amount_open_company = fields.Monetary(
        string="Unpaid in Company Currency", compute="_compute_state", store=True, currency_field="company_currency_id",
        help="At the order's rate.")
    age = fields.Selection(
        [("later", "Not due yet"), ("30", "Up to 30 days"), ("60", "31 to 60 days"), ("90", "61 to 90 days"),
         ("older", "More than 90 days")], string="Due since", compute="_compute_state", store=True,
        help="How long it has been due; brought up to date each hour.")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue",
        help="The day on which it was due is over, and money is missing.")

    @api.depends(
        "amount", "invoice_ids", "order_id.payment_line_ids.amount", "order_id.payment_line_ids.invoice_ids",
        "order_id.transaction_ids.state",
        *(f"{INVOICES}.{name}" for name in ("state", "amount_total", "amount_residual")))
    def _compute_settled(self):
        self.amount_invoiced = self.amount_paid = 0.0
        for order in self.order_id:
            lines = order.payment_line_ids.sorted(lambda line: (line.sequence, line._origin.id or 0))
            invoiced, paid = lines._settle(order)
            for line in lines & self:
                line.amount_invoiced, line.amount_paid = invoiced[line], paid[line]

    def _settle(self, order):
        """Lay the order's invoices and money over its lines: linked ones over theirs, all others over what is left.

        Credit notes of no invoice of the plan are taken back from the end.

        :return: ({line: invoiced}, {line: paid})
        """
        invoiced, paid = defaultdict(float), defaultdict(float)
        linked, loose = defaultdict(lambda: [0.0, 0.0]), [0.0, order._get_uninvoiced_payments()]
        for move, total, received in order._get_invoiced_amounts():
            lines = self.filtered(lambda line, move=move: (move.reversed_entry_id or move) in line.invoice_ids)
            sums = linked[lines] if lines else loose
            sums[0], sums[1] = sums[0] + total, sums[1] + received
        for number, result in enumerate((invoiced, paid)):
            rest = loose[number]
            for lines, sums in linked.items():  # what an invoice has beyond its lines, or lacks, counts for the others
                rest += lines._pour(sums[number], result) + min(sums[number], 0.0)
            left = self._pour(rest, result)
            if left:
                result[self[-1]] += left  # more than the whole order
            if rest < 0:
                back = payment_plan.take_back(-rest, [result[line] for line in self])
                result.update(zip(self, back, strict=True))
        return invoiced, paid

    def _pour(self, amount, result):
        """Lay an amount over the lines, in their order, on top of what they have; what is left over is returned."""
        taken, left = payment_plan.pour(amount, [line.amount - result[line] for line in self])
        for line, part in zip(self, taken, strict=True):
            result[line] += part
        return left

    @api.depends("amount", "amount_invoiced", "amount_paid", "date_due", "order_id.state", "order_id.currency_rate")
    def _compute_state(self):
        for line in self:
            order = line.order_id
            # what has no day yet asks for no day: that costs a query for the company's time zone
            today = line.date_due and order.company_id._get_today()
            line.state = line._get_state(today)
            asked = order.state == "sale" and line.state != "paid"
            missing = max(order.currency_id.round(line.amount - line.amount_paid), 0.0) if asked else 0.0
            line.amount_open = missing
            line.amount_open_company = missing / (order.currency_rate or 1.0)
            line.age = missing and line.date_due and payment_plan.age(line.date_due, today)

    def _get_state(self, today):
        currency = self.currency_id or self.env.company.currency_id  # a new line has no order yet
        compare = currency.compare_amounts
        agreed = self.order_id.state == "sale"
        if compare(self.amount_paid, 0) > 0 or agreed and compare(self.amount, 0) <= 0:
            return "paid" if compare(self.amount_paid, self.amount) >= 0 else "partly_paid"
        if compare(self.amount_invoiced, 0) > 0 and compare(self.amount_invoiced, self.amount) >= 0:
            return "invoiced"
        if self.order_id.state == "cancel":
            return "cancelled"
        return "due" if self.date_due and self.date_due <= today else "open"

    @api.depends("date_due", "amount_open")
    def _compute_is_overdue(self):
        for line in self:
            line.is_overdue = bool(
                line.date_due and line.amount_open and line.date_due < line.company_id._get_today())

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("date_due", "<", self.env.company._get_today()) & Domain("amount_open", ">", 0)
        return (overdue if True in value else Domain.FALSE) | (~overdue if False in value else Domain.FALSE)

    # A payment that was there and is gone

    def _compute_field_value(self, field):
        if field.name != "state" or not any(self._ids):
            return super()._compute_field_value(field)
        before = {line: line.state for line in self.filtered("id") if line.state in SETTLED}
        result = super()._compute_field_value(field)
        reopened = [line.id for line, state in before.items()
                    if line.state in ("open", "due") or state == "paid" and line.state != "paid"]
        if reopened:
            hooks = self.env.cr.precommit
            hooks.data.setdefault("order_payment.reopened", set()).update(reopened)
            hooks.add(self.env["order.payment.line"]._tell_reopened)
        return result

    @api.model
    def _tell_reopened(self):
        """Who relied on a payment that was taken back is told: an invoice was cancelled or credited, money returned."""
        ids = self.env.cr.precommit.data.pop("order_payment.reopened", ())
        # sudo: whoever cancels the invoice may not see the order
        for line in self.sudo().browse(sorted(ids)).exists():
            if line.order_id.state != "sale" or line.state in ("paid", "cancelled"):
                continue
            body = self.env._(
                "%(payment)s is no longer settled: its invoice was cancelled or credited, the money went back, or the "
                "order has grown. Look at what was released because of it.", payment=line.display_name)
            line.order_id.message_post(body=f"{body} " + self.env._(
                "Unpaid: %(amount)s.", amount=formatLang(self.env, line.amount_open, currency_obj=line.currency_id)))
            for user in line.order_id._get_payment_reliers().filtered("active"):
                line.activity_schedule(
                    "order_payment.mail_activity_type_reopened", user_id=user.id, note=body)

    # Time passes

    @api.model
    def _cron_fall_due(self):
        """Bring states and ages up to date with the day: what nobody touches falls due all the same."""
        today = fields.Date.today()
        lines = self.search([("amount_open", ">", 0), ("date_due", "<=", fields.Date.add(today, days=1))])
        for company, mine in lines.grouped("company_id").items():
            day = company._get_today()
            stale = mine.filtered(lambda line, day=day: line.age != payment_plan.age(line.date_due, day)
                                  or line.state == "open" and line.date_due <= day)
            self.env.add_to_compute(self._fields["state"], stale)
            self.env.flush_all()
            self.env["ir.cron"]._commit_progress(len(mine))
