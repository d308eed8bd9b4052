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
        # sudo: nobody asks by hand; logistics reads neither desks nor orders
        signed = self.sudo().filtered(lambda notice: notice.state in ("signed", "closed"))._filter_last()
        desks = self.env["service.desk"].sudo().search([("company_id", "in", signed.company_id.ids)])  # sudo: as above
        for order, notices in signed.grouped("order_id").items():
            notice = notices[0]
            desk = desks.filtered(lambda desk, company=notice.company_id: desk.company_id == company)[:1]
            if desk.ask_delivery:
                whom = (order.partner_id | notice.partner_id).filtered("email")[:1]
                self.env["service.satisfaction"]._ask(
                    whom.email, desk, "delivery", order_id=order.id, partner_id=order.partner_id.id,
                    user_id=order.user_id.id, name=self.env._("Delivery of %(order)s", order=order.name))

    def _filter_last(self):
        """Those of orders that are delivered and signed for whole, and about which nobody was asked yet."""
        orders = self.order_id.filtered(lambda order: order.delivery_status == "full")
        if not orders:
            return self.browse()
        orders -= self.search([("order_id", "in", orders.ids), ("state", "in", ("released", "shipped"))]).order_id
        orders -= self.env["service.satisfaction"].search(
            [("order_id", "in", orders.ids), ("occasion", "=", "delivery")]).order_id
        return self.filtered(lambda notice: notice.order_id in orders)
