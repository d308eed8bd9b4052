from odoo import models

from odoo.addons.order_delivery.tools.problem import Problem


class DeliveryNotice(models.Model):
    """The contract of the order is in effect, and is what the customer has signed (DLV-1, QUO-2)."""

    _inherit = "delivery.notice"

    def _get_release_problems(self):
        found = super()._get_release_problems()
        for notice in self.filtered(lambda notice: notice.company_id.delivery_needs_contract):
            order = notice.order_id
            if order.contract_effective:
                continue
            text = self.env._("%(order)s was changed since its contract was signed.", order=order.name) \
                if order.contract_outdated else self.env._(
                    "The contract of %(order)s is not in effect.", order=order.name)
            found[notice].append(Problem(
                f"contract:{order.id}", text, self.env._("order desk, with the customer's signature or down payment")))
        return found
