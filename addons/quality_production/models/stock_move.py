from odoo import api, fields, models


class StockMove(models.Model):
    """Finished goods are inspected when a plan for final inspection applies; returns of material (FQC-4, MAT-11)."""

    _inherit = "stock.move"

    material_return_line_id = fields.Many2one("material.return.line", ondelete="set null", index="btree_not_null")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"material_return_line_id"}

    def _action_done(self, cancel_backorder=False):
        finished = self.filtered(lambda move: move.production_id and move.state not in ("done", "cancel"))
        finished.production_id._check_process_card()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        done.material_return_line_id._on_returned()
        return done

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """Each line of a return slip keeps its own move, as each lot on it."""
        return [*super()._prepare_merge_moves_distinct_fields(), "material_return_line_id"]

    def _action_cancel(self):
        result = super()._action_cancel()
        self.material_return_line_id._on_returned()
        return result

    def _get_quality_trigger(self):
        """Finished goods have their final inspection (FQC-4).

        What a subcontractor makes is with him until its receipt, which is inspected as any other.
        """
        if not self.production_id:
            return super()._get_quality_trigger()
        return "final" if self.production_id.bom_id.type != "subcontract" else False

    def _get_quality_partner(self):
        """What we made ourselves has no supplier."""
        partner = super()._get_quality_partner()
        return partner.browse() if self.production_id else partner

    def _prepare_quality_source_vals(self):
        vals = super()._prepare_quality_source_vals()
        if production := self.production_id:
            vals |= {"production_id": production.id, "process_card_id": production.process_card_id.id}
        return vals

    def _is_turned_early(self):
        """Finished goods are turned when they are done: until then their order says where they go."""
        return not self.production_id and super()._is_turned_early()

    def _get_component_supply(self):
        """What can really be consumed by each of these moves now.

        :return: ``{move id: quantity in the product's unit}``: reserved or picked for it, as far as it is on hand,
            and what is free at its source; one query per source location
        """
        supply = {}
        for location, moves in self.grouped("location_id").items():
            # sudo: the operator need not see quants
            rows = self.env["stock.quant"].sudo()._read_group(
                [("location_id", "child_of", location.id), ("product_id", "in", moves.product_id.ids)],
                ["product_id"], ["quantity:sum", "reserved_quantity:sum"])
            on_hand = {product.id: (quantity, max(0, quantity - reserved)) for product, quantity, reserved in rows}
            for move in moves:
                quantity, free = on_hand.get(move.product_id.id, (0, 0))
                own = sum(move.move_line_ids.mapped("quantity_product_uom"))
                supply[move.id] = max(0, min(own, quantity)) + free
        return supply

    def _get_process_card_shortages(self):
        """What components are short, now or with the quantities picked (MAT-10).

        :return: ``{product: quantity in the product's unit}``, only products that are short
        """
        moves = self.filtered(lambda m: m.state not in ("done", "cancel") and m.product_id.is_storable)
        supply, short = moves._get_component_supply(), {}
        for move in moves:
            uom = move.product_id.uom_id
            need = move.product_uom._compute_quantity(
                move.should_consume_qty or move.product_uom_qty, uom, rounding_method="HALF-UP")
            have = supply[move.id]
            if move.picked:
                have = min(have, sum(move.move_line_ids.mapped("quantity_product_uom")))
            if uom.compare(need, have) > 0:
                short[move.product_id] = short.get(move.product_id, 0) + need - have
        return short
