from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare, formatLang

EVENTS = [
    ("signed", "Contract signed"), ("effective", "Contract in effect"), ("date", "Fixed date"),
    ("ready", "Ready for delivery"), ("delivered", "Delivered"), ("accepted", "Accepted or commissioned"),
    ("warranty", "End of the warranty")]
TERMS = ("sequence", "kind_id", "basis", "percent", "amount_given", "event", "months", "days", "date", "note")
LATEST = 120  # months: what is due later is a slip of the pen


class OrderPaymentTerms(models.AbstractModel):
    """What is agreed of one payment: how much, and when; of a plan's line and of the line that is to replace it."""

    _name = "order.payment.terms"
    _inherit = ["document.number.mixin"]
    _description = "Terms of a Payment"

    sequence = fields.Integer(default=10)
    kind_id = fields.Many2one("order.payment.kind", string="Payment", required=True, ondelete="restrict")
    basis = fields.Selection([("percent", "Percent"), ("amount", "Amount")], required=True, default="percent")
    percent = fields.Float(string="Share (%)", digits="Payment Terms", help="Of the order's total, taxes included.")
    amount_given = fields.Monetary(string="Fixed Amount", help="In the order's currency, taxes included.")
    event = fields.Selection(
        EVENTS, string="Due with", compute="_compute_event", store=True, readonly=False, precompute=True, required=True)
    months = fields.Integer(help="Months from the event to the day on which the payment is due.")
    days = fields.Integer(help="Days from the event, after the months, to the day on which the payment is due.")
    date = fields.Date(string="Fixed Date")
    note = fields.Char(string="Remark", help="Words of the contract; printed with the plan.")
    currency_id = fields.Many2one("res.currency")

    @api.depends("kind_id")
    def _compute_event(self):
        for terms in self:  # an empty row has no proposal yet: it would stay when the kind is chosen
            terms.event = terms.kind_id.event or terms.event

    @api.constrains("basis", "percent", "amount_given", "event", "date", "months", "days")
    def _check_terms(self):
        for terms in self:
            if problem := terms._get_terms_problem():
                raise ValidationError(self.env._(
                    "Payment plan, %(kind)s: %(problem)s", kind=terms.kind_id.name, problem=problem))

    def _get_terms_problem(self):
        """What is wrong with the line by itself; empty if nothing is."""
        self.ensure_one()
        if self.basis == "percent" and not (
                float_compare(self.percent, 0, precision_digits=6) > 0
                and float_compare(self.percent, 100, precision_digits=6) <= 0):
            return self.env._(
                "the share is %(percent)s %%. Give one above 0 and up to 100.", percent=f"{self.percent:g}")
        if self.basis == "amount" and self.amount_given <= 0:
            return self.env._("give an amount above zero.")
        if self.kind_id.holds == "contract" and self.event not in ("signed", "date"):
            return self.env._(
                "the contract waits for it, so it cannot wait for the contract. Let it be due when the contract is "
                "signed, or on a fixed date.")
        if self.event == "date" and not self.date:
            return self.env._("it is due on a fixed date. Give the date.")
        if self.months < 0 or self.days < 0 or self.months + self.days / 30 > LATEST:
            return self.env._("give the months and days after the event, from 0 to ten years.")
        return ""

    def _get_share_text(self):
        """How much, in words: a percentage or an amount."""
        self.ensure_one()
        if self.basis == "percent":
            return self.env._("%(percent)s %%", percent=f"{self.percent:g}")
        return formatLang(self.env, self.amount_given, currency_obj=self.currency_id)

    def _get_due_text(self):
        """When, in words; without a day that is not known yet."""
        self.ensure_one()
        event = self.env._("on the agreed day") if self.event == "date" else self._get_selection_label("event")
        delay = " ".join(text for text in (
            self.months and self.env._("%(number)s months", number=self.months),
            self.days and self.env._("%(number)s days", number=self.days)) if text)
        return self.env._("%(delay)s after: %(event)s", delay=delay, event=event) if delay else event

    def _get_terms_text(self):
        """The line of the plan in one sentence: kind, how much, when."""
        self.ensure_one()
        return self.env._("%(kind)s: %(share)s, %(due)s", kind=self.kind_id.name, share=self._get_share_text(),
                          due=self._get_due_text())

    def _prepare_terms(self):
        """The terms as values for another line."""
        self.ensure_one()
        return {name: self._fields[name].convert_to_write(self[name], self) for name in TERMS}
