from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .order_payment_terms import EVENTS


class AccountPaymentTermLine(models.Model):
    """A line of a payment term that says which payment of an order it is, and what makes it due."""

    _name = "account.payment.term.line"
    _inherit = ["account.payment.term.line", "document.number.mixin"]

    plan_kind_id = fields.Many2one(
        "order.payment.kind", string="Payment", ondelete="restrict", index="btree_not_null",
        help="Which payment of an order's plan the line becomes. Left empty: the term is no payment plan.")
    plan_event = fields.Selection(
        EVENTS, string="Due with", compute="_compute_plan_event", store=True, readonly=False)
    plan_months = fields.Integer(string="Months", help="Months after the event, before the days.")

    @api.depends("plan_kind_id")
    def _compute_plan_event(self):
        for line in self:
            line.plan_event = line.plan_kind_id and (line.plan_event or line.plan_kind_id.event)

    @api.constrains("plan_kind_id", "plan_event", "plan_months", "value", "delay_type")
    def _check_plan(self):
        for line in self.filtered("plan_kind_id"):
            if line.value != "percent" or line.delay_type != "days_after" or line.plan_event == "date":
                raise ValidationError(self.env._(
                    "Payment term %(term)s: a line that makes a payment of an order is a percentage, counts \"days "
                    "after\", and is due with an event.", term=line.payment_id.name))
            if not 0 <= line.plan_months <= 120:
                raise ValidationError(self.env._(
                    "Payment term %(term)s: give months from 0 to 120.", term=line.payment_id.name))
