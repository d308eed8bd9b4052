from collections import defaultdict

from odoo import api, fields, models


class StockMove(models.Model):
    """Finished goods go to the inspection area when a plan for final inspection applies (FQC-4, FQC-5)."""

    _inherit = "stock.move"

    material_return_line_id = fields.Many2one("material.return.line", ondelete="set null", index="btree_not_null")

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"material_return_line_id"}

    def _action_done(self, cancel_backorder=False):
        finished = self.filtered(lambda move: move.production_id and move.state not in ("done", "cancel"))
        if not finished:
            done = super()._action_done(cancel_backorder=cancel_backorder)
            done.material_return_line_id._on_returned()
            return done
        finished.production_id._check_process_card()
        plans = finished._hold_finished_goods()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        if plans:
            done._create_final_inspections(plans)
        return done

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """Each line of a return slip keeps its own move, as each lot on it."""
        return [*super()._prepare_merge_moves_distinct_fields(), "material_return_line_id"]

    def _action_cancel(self):
        result = super()._action_cancel()
        self.material_return_line_id._on_returned()
        return result

    def _push_apply(self):
        """Finished goods under inspection are pushed on by their release."""
        made = self.filtered("production_id")
        if not made:
            return super()._push_apply()
        held_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        return super(StockMove, self - made.filtered(
            lambda move: move.location_dest_id.id in held_ids))._push_apply()

    def _get_final_plans(self):
        """Plan for final inspection of each move of finished goods that has one: ``{move id: plan}``.

        What a subcontractor makes is with him until its receipt, which is inspected as any other.
        """
        groups = defaultdict(self.browse)
        for move in self:
            production = move.production_id
            if (move.product_id.is_storable and production.location_dest_id.usage == "internal"
                    and production.bom_id.type != "subcontract"):
                groups[move.company_id, production.picking_type_id] |= move
        plans = {}
        for (company, picking_type), moves in groups.items():
            # sudo: a plan applies whoever finishes the order
            found = self.env["quality.inspection.plan"].sudo()._find_plans(
                "final", moves.product_id, picking_type=picking_type, company=company)
            plans.update({move.id: found[move.product_id.id] for move in moves if move.product_id.id in found})
        return plans

    def _hold_finished_goods(self):
        """Turn finished goods with a plan to the inspection area of their warehouse (FQC-4).

        :return: what :meth:`_get_final_plans` gives
        """
        plans = self._get_final_plans()
        if plans:
            held_ids = self.env["stock.location"]._get_quality_hold_location_ids()
            for move in self.filtered(lambda move: move.id in plans):
                location = move._get_final_hold_location()
                if location and move.location_dest_id.id not in held_ids:
                    move.location_dest_id = location
                    move.move_line_ids.location_dest_id = location
        return plans

    def _get_final_hold_location(self):
        """Inspection area (待检区) of the warehouse that makes the goods."""
        self.ensure_one()
        production = self.production_id
        warehouse = production.location_dest_id.warehouse_id or production.picking_type_id.warehouse_id
        return warehouse._get_inspection_area()

    def _create_final_inspections(self, plans):
        """Requests for final inspection (产品送检单) of all orders finished together, one per lot (FQC-4).

        Serial numbers of one order are one request.
        """
        vals_list = [vals for move in self if move.state == "done" and move.id in plans
                     for vals in move._prepare_final_inspections(plans[move.id])]
        return self.env["quality.inspection"]._create_batch(vals_list)

    def _prepare_final_inspections(self, plan):
        """Values of the requests of one move of finished goods."""
        by_lot = defaultdict(self.env["stock.move.line"].browse)
        for line in self.move_line_ids:
            by_lot[line.lot_id if self.has_tracking == "lot" else line.lot_id.browse()] |= line
        return [self._prepare_final_inspection_vals(plan, lot, lines) for lot, lines in by_lot.items()
                if self.product_id.uom_id.compare(sum(lines.mapped("quantity_product_uom")), 0) > 0]

    def _prepare_final_inspection_vals(self, plan, lot, lines):
        """Values of the request for the move lines of one lot."""
        production = self.production_id
        vals = self.env["quality.inspection"]._prepare_inspection_vals(
            plan, self.product_id, sum(lines.mapped("quantity_product_uom")), move_id=self.id,
            location_id=lines[:1].location_dest_id.id, company_id=self.company_id.id, lot_id=lot.id,
            production_id=production.id, process_card_id=production.process_card_id.id)
        if self.has_tracking == "serial":
            vals["lot_ids"] = [(6, 0, lines.lot_id.ids)]
        return vals

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
