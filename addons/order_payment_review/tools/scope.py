"""The payment plan as a review and a signature look at it."""
from odoo.addons.order_payment.models.order_payment_terms import TERMS
from odoo.addons.order_review.tools.scope import Reviewed

AGREED = tuple(name for name in TERMS if name not in ("sequence", "note"))


class PaymentPlan(Reviewed):
    """What is agreed of each payment, in the order of the plan; amounts follow the order and are no part of it."""

    def __init__(self):
        super().__init__("payment_line_ids")
        self.key = "payment_plan"

    def to_plain(self, record):
        plain = {name: Reviewed(name).to_plain for name in AGREED}
        return [{name: to_plain(line) for name, to_plain in plain.items()}
                for line in record.payment_line_ids.sorted("sequence")]

    def _describe(self, record, value):
        return "; ".join(self._describe_line(record.env, row) for row in value or ()) or "-"

    def _describe_line(self, env, row):
        terms = env["order.payment.line"].new({
            name: float(given) if name in ("percent", "amount_given") else given for name, given in row.items()})
        return terms._get_terms_text()
