from odoo import fields, models


class SaleOrder(models.Model):
    """What the delivery notices of an order say of its payments, and the payments of its notices."""

    _inherit = "sale.order"

    def _tell_ready_by_notice(self):
        """Goods that are ordered to leave are ready, once that is all of the order; a day that is known stays.

        A truck of several does not make due what the contract asks for all goods.
        """
        for order in self.filtered("payment_line_ids"):
            moves = order.picking_ids.move_ids.filtered(
                lambda move: move.location_dest_id.usage == "customer" and move.state != "cancel")
            notices = moves.picking_id.delivery_notice_id
            if moves and not order._get_event_date("ready") and all(
                    move.state == "done" or move.picking_id.delivery_notice_id.state == "released" for move in moves):
                order._payment_event("ready", fields.Datetime.now(), ", ".join(notices.mapped("name")))

    def _get_payment_reliers(self):
        """Also who has released goods because the money was there."""
        notices = self.env["delivery.notice"].sudo().search([  # sudo: whoever cancels an invoice may not see them
            ("order_id", "in", self.ids), ("state", "in", ("released", "shipped", "signed"))])
        return super()._get_payment_reliers() | notices.released_by
