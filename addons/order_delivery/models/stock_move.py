from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """The gate of deliveries: every way of validating a transfer ends here (DLV-1)."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        leaving, goods = self._check_delivery_gate()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        leaving._note_shipped(goods)
        return done

    def _action_cancel(self):
        """What is left of a notice is cancelled after a part of it has left: the notice is shipped."""
        notices = self.sudo().picking_id.delivery_notice_id.filtered(lambda notice: notice.state == "released")
        result = super()._action_cancel()
        over = notices.filtered(lambda notice: "done" in notice.picking_ids.mapped("state") and all(
            picking.state in ("done", "cancel") for picking in notice.picking_ids))
        over._note_shipped(over._read_goods())
        self.sudo().picking_id._end_asking_for_rest()  # sudo: the to-do is on the notice
        return result

    def write(self, vals):
        if "sale_line_id" in vals and not self.env.su:
            self._check_order_line_stays(vals["sale_line_id"])
        if vals.get("state") == "done":  # also where somebody writes it by hand instead of moving the goods
            self._get_bound_by_notice()._check_notices_released()
        return super().write(vals)

    def _check_order_line_stays(self, line_id):
        """What was sold stays so: a move without its order line would pass the gate."""
        for move in self.filtered("company_id.delivery_notice_required").sudo():  # sudo: the store need not read orders
            if move.sale_line_id and move.sale_line_id.id != line_id:
                raise UserError(self.env._(
                    "%(picking)s delivers %(order)s: this stays so.", picking=move.picking_id.name or move.display_name,
                    order=move.sale_line_id.order_id.name))

    def _check_delivery_gate(self):
        """Whether what leaves for customers may leave.

        :raise UserError: no released notice, more or less than it says, or something stands against it
        :return: the notices by which it leaves, and the lines of goods of all notices that were asked; as superuser
        """
        moves = self._get_open()
        bound = self._get_bound_by_notice()
        bound._check_notices_released()
        notices = moves.picking_id.delivery_notice_id
        goods = notices._read_goods()
        if held := bound.picking_id.delivery_notice_id:
            held._check_goods({move: move._get_leaving_quantity() for move in bound}, goods)
            held._check_problems()
        return notices.filtered(lambda notice: notice.state == "released"), goods

    def _get_open(self):
        # sudo: the store sees what stands against it, nothing else
        return self.filtered(lambda move: move.state not in ("done", "cancel")).sudo()

    def _get_bound_by_notice(self):
        """Those of the open moves that leave by a notice only, as superuser."""
        return self._get_open().filtered(lambda move: move._is_bound_by_notice())

    def _check_notices_released(self):
        """:raise UserError: one of the moves has no released notice"""
        for picking in self.picking_id:
            picking._check_notice_released()
        if loose := self.filtered(lambda move: not move.picking_id):
            raise UserError(self.env._(
                "%(goods)s of %(order)s leaves by a transfer with its delivery notice only.",
                goods=loose[0].product_id.display_name, order=loose[0].sale_line_id.order_id.name))

    def _is_bound_by_notice(self):
        """Whether it takes goods of ours that were sold to a customer, of a company that delivers by notice.

        Move and lines say where it goes, whatever the head of the transfer says: what is scrapped of a delivery, or
        goes from the supplier straight to the customer, is none.
        """
        self.ensure_one()
        if not self.company_id.delivery_notice_required or not any(
                row.location_id.usage not in ("supplier", "customer") and row.location_dest_id._is_outgoing()
                for row in (self, *self.move_line_ids)):
            return False
        picking = self.picking_id
        return bool(self.sale_line_id or picking and (picking.delivery_notice_id or picking._get_sold_order()))

    def _get_leaving_quantity(self):
        """What Odoo is about to move, in the unit of the move: only what is picked."""
        if not self.picked:
            return 0.0
        return sum(line.product_uom_id._compute_quantity(line.quantity, self.product_uom, round=False)
                   for line in self.move_line_ids if line.picked)
