from odoo import models

from .quality_disposition import TASK_KINDS


class QualityDisposition(models.Model):
    """Goods that a supplier keeps after a repair: given up, decided anew, in his place in the books (NCR-4, NCR-5)."""
    _inherit = "quality.disposition"

    def _give_up_outside(self, quantity):
        """Goods of a repair that do not come back: their part is decided anew, from where they stand in the books.

        What has not gone out yet, or is out on another pass, stays to be repaired.

        :param quantity: in the product's unit
        """
        for row in self.filtered(lambda row: row.kind == "repair" and row.state == "in_progress"):
            row._lock_documents()
            cut = row.quantity_cut + min(quantity, row._get_expected_quantity())
            if row.product_uom_id.compare(cut, row.quantity) >= 0:
                row._write_transition("give_up", quantity_cut=0.0)
            else:
                row.quantity_cut = cut
            row._after_change()
            row.nonconformity_id._reopen_undecided()

    def _get_expected_quantity(self):
        """What of this repair is at the supplier and comes back, in the product's unit."""
        if self.kind != "repair" or self.state not in ("decided", "in_progress"):
            return 0.0
        pending = sum(move.product_uom._compute_quantity(
            move.product_uom_qty, self.product_uom_id, rounding_method="HALF-UP") for move in self._get_pending_moves())
        return max(self._get_open_quantity() - pending, 0.0)

    def _get_given_up_quantity(self):
        """What of the report's goods is at the supplier and does not come back: other tranches may take it there."""
        rows = self.nonconformity_id.disposition_ids
        outside = sum(row._get_outside_quantity() - row._get_expected_quantity() for row in rows)
        return max(self.product_uom_id.round(outside), 0.0) if rows else 0.0

    def _get_standing_location(self):
        """Where the goods to be decided stand: in the hold location, or at the supplier when a repair was given up."""
        if self._get_given_up_quantity():
            return self.company_id._get_quality_repair_location()
        return self._get_hold_location()

    def _bring_in(self):
        """Goods that were given up came after all, for they are sorted or reworked here: into the hold location."""
        place = self.company_id._get_quality_repair_location()
        quantity = self._get_missing_here(place)
        if self.product_uom_id.compare(quantity, 0.0) > 0:
            warehouse = self._get_hold_location().warehouse_id
            self._create_transfer(self._get_hold_location(), warehouse.int_type_id, quantity,
                                  goods=self._get_goods(quantity, place))

    def _get_missing_here(self, place):
        """What of this task's goods is still at the supplier in the books."""
        given_up = self._get_given_up_quantity()
        if not given_up:
            return 0.0
        if self.tracking == "serial":
            return sum(self._get_goods_quants(place).mapped("quantity"))
        rows = self.nonconformity_id.disposition_ids
        left = self.nonconformity_id.quantity - sum(
            rows.filtered(lambda row: row.state != "cancelled").mapped("quantity_done"))
        others = rows.filtered(lambda row: row != self and row.state in ("decided", "in_progress"))
        spoken_for = sum(row._get_open_quantity() - row._get_expected_quantity() for row in others)
        here = left - sum(row._get_outside_quantity() for row in rows) - spoken_for
        return min(given_up, max(self._get_open_quantity() - here, 0.0))

    def _reinspect(self, quantity, lots):
        if self.kind in TASK_KINDS:
            self._bring_in()
        return super()._reinspect(quantity, lots)
