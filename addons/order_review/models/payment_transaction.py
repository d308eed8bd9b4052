from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """A payment does not open the gate (REV-11): it is kept, the order waits for its review."""
        held = self.browse()
        for transaction in self:
            order = transaction.sale_order_ids
            if len(order) == 1 and order.state in ("draft", "sent") and (error := order._get_gate_error()):
                held |= transaction
                transaction._report_held(order, error)
        return super(PaymentTransaction, self - held)._check_amount_and_confirm_order()

    def _report_held(self, order, error):
        body = self.env._("Payment %(reference)s received, but %(reason)s", reference=self.reference, reason=error)
        order.message_post(body=body)
        if order.user_id.active:
            order.activity_schedule(
                "order_review.mail_activity_type_review_result", user_id=order.user_id.id, note=body)
