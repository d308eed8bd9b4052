from odoo import fields, models

from .order_payment_terms import EVENTS


class OrderPaymentKind(models.Model):
    """What a line of a payment plan is: 预付款, 进度款, 提货款, 验收款, 质保金."""

    _name = "order.payment.kind"
    _inherit = ["document.number.mixin"]
    _description = "Kind of Payment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    event = fields.Selection(EVENTS, string="Usually due with", required=True, default="delivered")
    holds = fields.Selection(
        [("contract", "Contract and delivery"), ("delivery", "Delivery")],
        help="What waits for this payment. A down payment holds the contract, and with it all that follows; the goods "
        "do not leave before what is due before delivery is paid.")
    is_retention = fields.Boolean(
        string="Retention", help="Kept back by the customer from the final invoice: it has no invoice of its own.")
