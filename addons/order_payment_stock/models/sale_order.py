from odoo import fields, models


class SaleOrder(models.Model):
    """What the transfers of an order say of its payments (PAY-1)."""

    _inherit = "sale.order"

    def _get_told_events(self):
        """Of goods the transfers tell when they are ready and delivered."""
        told = super()._get_told_events()
        if self._get_goods_lines():
            return tuple(event for event in told if event not in ("ready", "delivered"))
        return told

    def _get_goods_lines(self):
        return self.order_line.filtered(
            lambda line: line.product_id.type == "consu" and not line.is_downpayment and not line.display_type)

    def _get_outgoing_moves(self):
        """Moves to the customer that count; of a kit its components', of a made article not its production. What had
        come to be repaired was delivered before, and is not delivered by being sent back."""
        return self.picking_ids.move_ids.filtered(
            lambda move: move.location_dest_id.usage == "customer" and move.state != "cancel"
            and (not move.origin_returned_move_id or move.to_refund))

    def _tell_delivered(self):
        """The order is delivered with its last transfer; a return takes it back, and so does a line that grows."""
        for order in self.sudo().filtered(lambda order: order.state == "sale" and order.payment_line_ids):
            goods, moves = order._get_goods_lines(), order._get_outgoing_moves()
            whole = goods and moves and all(move.state == "done" for move in moves) and all(
                line.product_uom_id.compare(line.qty_delivered, line.product_uom_qty) >= 0 for line in goods)
            last = moves.picking_id.sorted("date_done")[-1:] if whole else moves.picking_id.browse()
            known = order.payment_event_ids.filtered(lambda event: event.event == "delivered")
            if whole or known:
                order._payment_event("delivered", last.date_done, last.name or "")

    def _tell_ready(self):
        """The goods are ready once all of them are reserved for the customer; the day stays when one is taken back."""
        for order in self.sudo().filtered(lambda order: order.state == "sale" and order.payment_line_ids):
            moves = order._get_outgoing_moves()
            if moves and not order._get_event_date("ready") and all(
                    move.state in ("assigned", "done") for move in moves):
                order._payment_event("ready", fields.Datetime.now(), moves.picking_id[:1].name)
