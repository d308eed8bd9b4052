from odoo import fields, models


class SaleOrder(models.Model):
    """The notices by which an order is delivered (DLV-1)."""

    _inherit = "sale.order"

    delivery_notice_count = fields.Integer(compute="_compute_delivery_notice_count")

    def _compute_delivery_notice_count(self):
        # sudo: how many there are is shown to whoever reads the order
        counts = dict(self.env["delivery.notice"].sudo()._read_group(
            [("order_id", "in", self.ids), ("state", "!=", "cancelled")], ["order_id"], ["__count"]))
        for order in self:
            order.delivery_notice_count = counts.get(order._origin, 0)

    def action_make_delivery_notice(self):
        """One click: a notice for all that is still to leave for this order (DLV-1).

        :raise AccessError: not the order desk
        :raise UserError: nothing is to leave, or all of it has its notice
        """
        self.check_access("read")
        pickings = self.picking_ids.filtered("needs_delivery_notice")
        return pickings.action_make_delivery_notice()

    def action_view_delivery_notices(self):
        """Open the notices of this order."""
        self.ensure_one()
        notices = self.env["delivery.notice"].search([("order_id", "=", self.id)])
        return notices._get_records_action(name=self.env._("Delivery Notices"))
