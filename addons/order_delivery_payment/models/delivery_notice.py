from odoo import models

from odoo.addons.order_delivery.tools.problem import Problem


class DeliveryNotice(models.Model):
    """Goods do not leave with a payment due; what is allowed all the same is due from then on (DLV-1, PAY-2)."""

    _inherit = "delivery.notice"

    def _get_release_problems(self):
        found = super()._get_release_problems()
        for notice in self:
            order, cure = notice.order_id, self.env._("sales, with the customer")
            found[notice].extend(  # one for each payment: what was allowed of one holds for no other
                Problem(f"payment:{line.id}", order._describe_payments_due(line), cure)
                for line in order._get_payments_due(at="delivery"))
        return found

    def action_release(self):
        result = super().action_release()
        self.sudo().order_id._tell_ready_by_notice()  # sudo: the desk need not read the order's payments
        return result
