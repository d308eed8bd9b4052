from odoo import api, fields, models

from .stock_quant import INCLUDE_HELD


class StockMove(models.Model):
    """Moves that may take held goods: under a disposition, within the inspection area, back to the supplier (REC-7)."""
    _name = "stock.move"
    _inherit = ["stock.move", "document.fence.mixin"]

    quality_disposition_id = fields.Many2one(
        "quality.disposition", readonly=True, copy=False, index="btree_not_null",
        help="Decision of quality under which held goods leave their location.")
    quality_inspection_ids = fields.One2many("quality.inspection", "move_id", string="Inspections")

    @api.model
    def _get_guarded_fields(self):
        """A disposition is given by quality's own actions, not by a call, nor by a default in its context."""
        return super()._get_guarded_fields() | {"quality_disposition_id", "quality_release_location_id"}

    def _is_hold_lifted(self, location=None):
        """Whether this move may reserve held goods of a location: see :meth:`stock.move.line._is_hold_passed`."""
        self.ensure_one()
        if self.quality_disposition_id:
            return True
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        source = location or self.location_id
        if source.id not in hold_ids:
            return False
        if self.location_dest_id.id in hold_ids:
            return bool(source.warehouse_id) and source.warehouse_id == self.location_dest_id.warehouse_id
        return bool(self._get_returned_inspections())

    def _get_returned_inspections(self):
        """Open inspections of the receipt that this move gives back to the supplier, or to who made it outside."""
        receipt = self.origin_returned_move_id
        if not receipt or not (self.location_dest_id.usage == "supplier" or (
                self.location_dest_id == receipt.location_id and not receipt.location_id.warehouse_id)):
            return self.env["quality.inspection"]
        # sudo: a storekeeper may return goods without rights on their inspection
        return self.origin_returned_move_id.sudo().quality_inspection_ids.filtered(
            lambda inspection: inspection.state in ("pending", "in_progress"))

    def _get_available_quantity(self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False,
                                allow_negative=False):
        return super(StockMove, self._with_hold_lifted(location_id))._get_available_quantity(
            location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict,
            allow_negative=allow_negative)

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None, owner_id=None,
                                       strict=True):
        """A disposition reserves its own held goods; lots that are conceded for other orders are passed over."""
        move = self._with_hold_lifted(location_id)
        if refused := self._get_refused_lots() if not lot_id else set():
            move = move.with_context(quality_refused_lots=tuple(sorted(refused)))
        return super(StockMove, move)._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict)

    def _with_hold_lifted(self, location):
        """The move in a context that lets it reserve held goods, when its rule allows that; a disposition its own."""
        if not location._has_quality_hold() or not self._is_hold_lifted(location):
            return self
        # sudo: a storekeeper reserves for a disposition without rights on it
        own = self.sudo().quality_disposition_id._get_own_lots()
        return self.with_context(quality_hold=INCLUDE_HELD, quality_own_lots=tuple(own.ids) if own else None)
