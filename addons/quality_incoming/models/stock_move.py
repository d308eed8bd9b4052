from odoo import api, fields, models


class StockMove(models.Model):
    """Receipts from suppliers and subcontractors are inspected; the replacement of returned goods (REC-2, NCR-4)."""

    _inherit = "stock.move"

    quality_replaced_disposition_id = fields.Many2one(
        "quality.disposition", string="Replaces", copy=False, readonly=True, index="btree_not_null",
        ondelete="set null", help="The returned goods that this receipt replaces.")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"quality_replaced_disposition_id"}

    def _action_done(self, cancel_backorder=False):
        done = super()._action_done(cancel_backorder=cancel_backorder)
        if replaced := done.filtered("quality_replaced_disposition_id"):
            # sudo: the storekeeper who receives the replacement settles its disposition
            replaced.sudo().quality_replaced_disposition_id._update_settled()
        return done

    def _action_cancel(self):
        replacing = self.filtered(
            lambda move: move.quality_replaced_disposition_id and move.state not in ("done", "cancel"))
        result = super()._action_cancel()
        if replacing:
            # sudo: the storekeeper who cancels the replacement has no rights on dispositions
            replacing.sudo().quality_replaced_disposition_id._on_replacement_cancelled()
        return result

    def _get_waiting_moves(self):
        """Moves that wait for these goods by a chain."""
        return self.move_dest_ids.filtered(
            lambda move: move.state in ("waiting", "confirmed", "partially_available")
            and not move.quality_disposition_id)

    def _is_made_outside(self):
        """Whether a receipt brings what a subcontractor made: its goods come from a place of ours that is no warehouse.

        mrp_subcontracting turns the source of such a receipt, when it is confirmed, from the supplier to that place.
        """
        self.ensure_one()
        return (self.picking_type_id.code == "incoming" and self.location_id.usage == "internal"
                and not self.location_id.warehouse_id)

    def _get_quality_trigger(self):
        """Goods of a supplier or sister company, and what a subcontractor made, are inspected when they come."""
        if self._is_made_outside():
            return "subcontract"
        return super()._get_quality_trigger() or ("incoming" if self._is_incoming() else False)

    def _get_quality_partner(self):
        """Supplier of a receipt, as its transfer names him, else its order."""
        return self.picking_id.partner_id or self.purchase_line_id.order_id.partner_id or super()._get_quality_partner()

    def _prepare_quality_source_vals(self):
        return {
            **super()._prepare_quality_source_vals(),
            "purchase_line_id": self.purchase_line_id.id,
            "finding_quantity": self._differs_from_delivery_note(),
        }

    def _differs_from_delivery_note(self):
        """Whether the quantity was not as on the delivery note, a serious finding (REC-5)."""
        self.ensure_one()
        # sudo: whoever receives the goods need not see the count
        lines = self.sudo().picking_id.delivery_note_line_ids.filtered(lambda line: line.move_id == self)
        return any(line.uom_id.compare(line.difference, 0.0) for line in lines)
