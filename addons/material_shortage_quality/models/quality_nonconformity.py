from odoo import models

#: Dispositions after which the orders miss the goods, for good or for now.
LOST = ("return", "scrap", "sort", "rework", "repair")


class QualityNonconformity(models.Model):
    _inherit = "quality.nonconformity"

    def _on_quantity_rejected(self, demands):
        """A quantity rejected is a shortage of the orders that it was meant for (NCR-8, MAT-6).

        The head of quality answers for it, until the replacement comes or the pegging finds another supply.
        """
        result = super()._on_quantity_rejected(demands)
        rows = self.disposition_ids.filtered(lambda row: row.kind in LOST and row.state != "cancelled")
        if not rows:
            return result
        lost, orders = sum(rows.mapped("quantity")), {}
        for demand in demands:
            quantity = min(lost, demand["quantity"])
            lost -= quantity
            order = self._get_waiting_order(demand["move"])
            if order and quantity > 0:
                orders[order] = orders.get(order, 0) + quantity
        dates = [date for date in rows.mapped("expected_return") if date] if "expected_return" in rows else []
        for order, quantity in orders.items():
            is_production = order._name == "mrp.production"
            self.env["material.shortage"]._report(
                self.product_id, quantity, order if is_production else None, "quality",
                self.env._("Rejected: %(report)s", report=self.name), picking=None if is_production else order,
                is_seen=False, expected=max(dates) if dates else None)
        self.env["material.pegging"]._request_refresh(self.product_id)
        return result

    def _get_waiting_order(self, move):
        """The open manufacturing order or delivery that waits at the end of a move's chain."""
        # sudo: which order misses the goods, whoever decides about them
        moves = move.sudo()
        for one in moves.browse(moves._rollup_move_dests()):  # the nearest first
            order = one.raw_material_production_id or (
                one.picking_id if one.location_dest_id.usage == "customer" else None)
            if order and order.state not in ("done", "cancel"):
                return order
        return None
