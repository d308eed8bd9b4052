from odoo import models


class DeliveryNotice(models.Model):
    """The receipt is signed: the customer is asked whether he is content with the delivery (AFT-6)."""

    _inherit = "delivery.notice"

    def action_register_receipt(self, attachments=None, signed_by=None, signed_on=None):
        result = super().action_register_receipt(attachments, signed_by, signed_on)
        self._ask_satisfaction()
        return result

    def _follow(self):
        result = super()._follow()
        self._ask_satisfaction()  # signed on the crates' pages: nobody on site waits for a mail of ours
        return result

    def _ask_satisfaction(self):
        """Ask once for each order: when nothing of it is left to deliver, or to be signed for."""
        asked = self.env["service.satisfaction"]
        for notice in self.sudo():  # sudo: nobody asks by hand; logistics reads neither desks nor orders
            order = notice.order_id
            desk = self.env["service.desk"].sudo().search([("company_id", "=", notice.company_id.id)], limit=1)
            if not desk.ask_delivery or not notice._is_last_signed() or asked.sudo().search_count(
                    [("order_id", "=", order.id), ("occasion", "=", "delivery")], limit=1):
                continue
            whom = (order.partner_id | notice.partner_id).filtered("email")[:1]
            asked._ask(
                whom.email, desk, "delivery", order_id=order.id, partner_id=order.partner_id.id,
                user_id=order.user_id.id, name=self.env._("Delivery of %(order)s", order=order.name))

    def _is_last_signed(self):
        self.ensure_one()
        others = self.search_count([
            ("order_id", "=", self.order_id.id), ("id", "!=", self.id), ("state", "in", ("released", "shipped"))],
            limit=1)
        return self.state in ("signed", "closed") and self.order_id.delivery_status == "full" and not others
