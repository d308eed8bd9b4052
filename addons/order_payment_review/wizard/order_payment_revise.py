from odoo import fields, models


class OrderPaymentRevise(models.TransientModel):
    _inherit = "order.payment.revise"

    customer_agreed = fields.Boolean(
        string="The customer has agreed in writing",
        help="What he has signed then holds for the revised plan. Left empty: he signs the order again.")

    def action_confirm(self):
        result = super().action_confirm()
        if self.customer_agreed:
            self.order_id._renew_contract()
        return result
