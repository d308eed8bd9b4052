from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountPaymentTerm(models.Model):
    """A payment term whose lines name payments is the template of payment plans: of a company, of a customer."""

    _inherit = "account.payment.term"

    is_payment_plan = fields.Boolean(
        string="Makes a Payment Plan", compute="_compute_is_payment_plan",
        help="Orders with this term get a payment plan from its lines.")

    @api.depends("line_ids.plan_kind_id")
    def _compute_is_payment_plan(self):
        for term in self:
            term.is_payment_plan = bool(term.line_ids.plan_kind_id)

    @api.constrains("line_ids")
    def _check_payment_plan(self):
        for term in self:
            if 0 < len(term.line_ids.filtered("plan_kind_id")) < len(term.line_ids):
                raise ValidationError(self.env._(
                    "Payment term %(term)s: name the payment of each line, or of none.", term=term.name))

    def _prepare_payment_plan(self):
        """Values of the lines of an order's payment plan; none where the term is no plan."""
        return [{
            "sequence": number * 10,
            "kind_id": line.plan_kind_id.id,
            "basis": "percent",
            "percent": line.value_amount,
            "event": line.plan_event,
            "months": line.plan_months,
            "days": line.nb_days,
        } for number, line in enumerate(self.line_ids if self.is_payment_plan else (), 1)]
