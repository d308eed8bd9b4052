from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .quality_disposition import TASK_KINDS
from .sampling_words import plain


class QualityDisposition(models.Model):
    """Which goods a tranche moves, where they stand, and what of them has gone (NCR-4, REC-7)."""

    _inherit = "quality.disposition"

    def _get_goods(self, quantity, place=None, lots=None):
        """The held quants that a transfer takes, first in first out, those at the hold location itself first.

        :param quantity: in the product's unit
        :param place: take them from here only; default anywhere in the hold locations
        :param lots: take only these; default those of the tranche, of its report, of its inspection
        :return: ``{location: [(quant, quantity)]}``
        :raise UserError: not so many are there
        """
        self.ensure_one()
        goods, missing = {}, quantity
        outside = quantity if place else self._get_given_up_quantity()
        for quant in self._get_goods_quants(place, lots):
            taken = min(missing, quant.quantity - quant.reserved_quantity)
            if not quant.location_id.warehouse_id:  # at the supplier for repair: others of it come back
                taken = min(taken, outside)
                outside -= max(taken, 0.0)
            if self.product_uom_id.compare(taken, 0) > 0:
                goods.setdefault(quant.location_id, []).append((quant, taken))
                missing -= taken
            if self.product_uom_id.compare(missing, 0) <= 0:
                return goods
        raise UserError(self.env._(
            "%(row)s: only %(found)s of %(quantity)s %(unit)s are in %(location)s. Another transfer has them, or they "
            "were moved or counted away.", row=self.display_name, found=plain(quantity - missing),
            quantity=plain(quantity), unit=self.product_uom_id.name,
            location=(place or self._get_hold_location()).display_name))

    def _get_goods_quants(self, place=None, lots=None):
        own = self._get_standing_location()
        places = Domain("location_id", "child_of", place.id) if place else Domain(
            "location_id", "in", list(self.env["stock.location"]._get_quality_hold_location_ids()))
        domain = places & Domain("product_id", "=", self.product_id.id) & Domain("quantity", ">", 0) & Domain(
            "company_id", "=", self.company_id.id)
        if lots := lots or self._get_own_lots():
            domain &= Domain("lot_id", "in", lots.ids)
        return self.env["stock.quant"].search(domain).sorted(
            lambda quant: (not quant.location_id._child_of(own), quant.in_date, quant.id))

    def _get_own_lots(self):
        """Lots that the tranche may move: its own, else those of its report or inspection; empty: any that is held."""
        return self.lot_ids or self.nonconformity_id.lot_ids or self.inspection_id.lot_id

    def _get_taken_quantity(self, at_supplier):
        """What this tranche's transfers take, or have taken, from the supplier's place or else from inspection areas;
        in the product's unit.
        """
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        return sum(self.move_ids.move_line_ids.filtered(
            lambda line: line.location_id.id in hold_ids and line.state != "cancel"
            and (not line.location_id.warehouse_id) == at_supplier).mapped("quantity_product_uom"))

    def _get_gone_lots(self):
        """Serial numbers that these tranches hold no more: they left by a transfer, also out of a repair, were
        handed to a re-inspection, or had left before.
        """
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        moved = self.move_ids.move_line_ids.filtered(lambda line: line.state == "done" and (
            line.location_dest_id.id not in hold_ids or not line.location_id.warehouse_id)).lot_id
        whole = self.filtered(lambda row: row.without_move or row.kind in TASK_KINDS and row.quantity_done)
        return moved | whole.lot_ids

    def _is_destination(self, location):
        """Whether goods under this tranche may go there."""
        self.ensure_one()
        if self.kind == "repair":
            return location.id in self.env["stock.location"]._get_quality_hold_location_ids()
        usage = {"return": "supplier", "scrap": "inventory"}.get(self.kind)
        return not usage or location.usage == usage

    def _get_pending_moves(self):
        return self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _get_moved_quantity(self):
        """What left hold under this tranche, in the product's unit."""
        holds = self.env["stock.location"]._get_quality_hold_location_ids()
        return sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom_id, rounding_method="HALF-UP")
            for move in self.move_ids if move.state == "done" and move.location_dest_id.id not in holds)

    def _get_outside_quantity(self):
        """What is at the supplier for repair under this tranche, in the product's unit."""
        place = self.company_id._get_quality_repair_location()
        quantity = 0.0
        for move in self.move_ids.filtered(lambda move: move.state == "done"):
            sign = (move.location_dest_id == place) - (move.location_id == place)
            quantity += sign * move.product_uom._compute_quantity(
                move.quantity, self.product_uom_id, rounding_method="HALF-UP")
        return quantity
