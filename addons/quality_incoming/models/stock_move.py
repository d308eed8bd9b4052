from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockMove(models.Model):
    """Receipts from suppliers that are to be inspected land in the inspection area (REC-1, REC-2, REC-7).

    The move is turned to the hold location when it is confirmed and once more when it is done, so that a plan made
    or changed meanwhile counts. Where it would have gone is kept, and so are its links to the moves that wait for
    the goods: the release serves them.
    """

    _inherit = "stock.move"

    quality_release_location_id = fields.Many2one(
        "stock.location", string="Destination after Inspection", copy=False, readonly=True, index=False,
        help="Where the goods go when they are released; set while the move is turned to the inspection area.")

    quality_replaced_disposition_id = fields.Many2one(
        "quality.disposition", string="Replaces", copy=False, readonly=True, index="btree_not_null",
        ondelete="set null", help="The returned goods that this receipt replaces.")

    def _compute_location_dest_id(self):
        """A turned move stays turned when its transfer changes."""
        result = super()._compute_location_dest_id()
        for move in self:
            if move.quality_release_location_id and move.location_dest_id:
                move.location_dest_id = move._get_quality_hold_location()
        return result

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"quality_release_location_id", "quality_replaced_disposition_id"}

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        self.filtered(lambda move: move.state == "draft")._redirect_incoming()
        return super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)

    def _action_done(self, cancel_backorder=False):
        plans = self._redirect_incoming()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        if plans:
            done._create_incoming_inspections(plans)
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

    def _push_apply(self):
        """Goods under inspection are pushed on by their release, not by their receipt."""
        held = self.filtered("quality_release_location_id")
        return super(StockMove, self - held)._push_apply()

    def _get_waiting_moves(self):
        """Moves that wait for these goods by a chain."""
        return self.move_dest_ids.filtered(
            lambda move: move.state in ("waiting", "confirmed", "partially_available")
            and not move.quality_disposition_id)

    # Redirection

    def _is_quality_receipt(self):
        """Whether the move brings stored goods of a supplier, subcontractor or sister company into a warehouse."""
        self.ensure_one()
        return (self.location_dest_id.usage == "internal" and self.location_id.usage != "customer"
                and (self._is_incoming() or self._is_made_outside()) and self.product_id.is_storable)

    def _is_made_outside(self):
        """Whether a receipt brings what a subcontractor made: its goods come from a place of ours that is no warehouse.

        mrp_subcontracting turns the source of such a receipt, when it is confirmed, from the supplier to that place.
        """
        self.ensure_one()
        return (self.picking_type_id.code == "incoming" and self.location_id.usage == "internal"
                and not self.location_id.warehouse_id)

    def _get_incoming_plans(self):
        """Inspection plan of each receipt among the moves.

        :return: dict of move id to quality.inspection.plan, without the moves that no plan applies to
        """
        groups = defaultdict(self.browse)
        for move in self:
            if move.state not in ("done", "cancel") and move._is_quality_receipt():
                groups[move._get_quality_supplier(), move.picking_type_id, move.company_id] |= move
        plans = {}
        for (partner, picking_type, company), moves in groups.items():
            # sudo: the storekeeper need not read inspection plans
            Plan = self.env["quality.inspection.plan"].sudo().with_company(company)
            found = Plan._find_plans("incoming", moves.product_id, partner=partner, picking_type=picking_type)
            if outside := moves.filtered(lambda move, found=found: move.product_id.id not in found
                                         and move._is_made_outside()):
                # finished goods with no plan but for their final inspection are not less inspected if others make them
                found |= Plan._find_plans("final", outside.product_id, partner=partner)
            plans.update({move.id: found[move.product_id.id] for move in moves
                          if found.get(move.product_id.id) and move._get_quality_hold_location()})
        return plans

    def _get_quality_supplier(self):
        """Supplier of the receipt, as its order names him, else its transfer."""
        self.ensure_one()
        return self.picking_id.partner_id or self.purchase_line_id.order_id.partner_id or self.partner_id

    def _redirect_incoming(self):
        """Turn receipts with a plan to the inspection area, and those without one back.

        :return: plans of the moves, see :meth:`_get_incoming_plans`
        """
        plans = self._get_incoming_plans()
        held_ids = self.env["stock.location"]._get_quality_hold_location_ids() if plans else ()
        to_turn = defaultdict(self.browse)
        for move in self:
            if move.id in plans:
                if move.location_dest_id.id not in held_ids:
                    to_turn[move._get_quality_hold_location(), move._get_quality_release_location()] |= move
            elif move.quality_release_location_id and move.state not in ("done", "cancel"):
                to_turn[move.quality_release_location_id, move.env["stock.location"]] |= move
        for (destination, release), moves in to_turn.items():
            moves.write({"location_dest_id": destination.id, "quality_release_location_id": Vouched(release.id)})
        if plans:
            self._turn_lines_to_hold(plans, held_ids)
            self._take_off_packages(plans)
        return plans

    def _turn_lines_to_hold(self, plans, held_ids):
        """A line of such a receipt cannot have another destination than the inspection area or a part of it."""
        stray = defaultdict(self.env["stock.move.line"].browse)
        for move in self:
            if move.id in plans:
                for line in move.move_line_ids:
                    if line.location_dest_id.id not in held_ids:
                        stray[move.location_dest_id] |= line
        for destination, lines in stray.items():
            lines.write({"location_dest_id": destination.id})

    def _take_off_packages(self, plans):
        """A package stands in one place: goods to be inspected leave one whose other goods go elsewhere."""
        inspected = self.filtered(lambda move: move.id in plans).move_line_ids
        for package, lines in inspected.filtered("result_package_id").grouped("result_package_id").items():
            areas = lines.location_dest_id
            others = (self.move_line_ids - lines).filtered(
                lambda line, package=package: line.result_package_id == package and line.picked)
            standing = package.quant_ids.filtered(lambda quant: quant.quantity > 0)
            if (others.location_dest_id | standing.location_id) - areas:
                lines.result_package_id = False
                for picking in lines.picking_id:
                    picking.message_post(body=self.env._(
                        "%(goods)s go to the inspection area and were taken off %(package)s, whose other goods do not.",
                        goods=", ".join(lines.product_id.mapped("display_name")), package=package.display_name))

    def _get_quality_hold_location(self):
        """Inspection area of the warehouse that receives; empty for a place outside of all warehouses."""
        self.ensure_one()
        warehouse = self.location_dest_id.warehouse_id or self.picking_type_id.warehouse_id
        return warehouse._get_inspection_area()

    def _get_quality_release_location(self):
        """Where the goods go after the inspection: where the receipt would have gone.

        In a warehouse with a quality step of its own (three steps) the inspection takes the place of input and
        quality control, so that the goods go on to the stock.
        """
        self.ensure_one()
        if self.quality_release_location_id:
            return self.quality_release_location_id
        warehouse = self.location_dest_id.warehouse_id
        if (warehouse.reception_steps == "three_steps"
                and self.location_dest_id._child_of(warehouse.wh_input_stock_loc_id)):
            return self.location_final_id or warehouse.lot_stock_id
        return self.location_dest_id

    # Inspections

    def _create_incoming_inspections(self, plans):
        """One inspection request for each lot of each receipt, for all receipts validated together (REC-2).

        Serial numbers of one receipt line are inspected as one lot of goods.

        :param dict plans: move id to plan
        """
        vals_list = [vals for move in self if move.state == "done" and move.id in plans
                     for vals in move._prepare_incoming_inspections(plans[move.id])]
        if vals_list:
            self.env["quality.inspection"]._create_batch(vals_list)

    def _prepare_incoming_inspections(self, plan):
        """Values of the inspections of one done receipt line."""
        self.ensure_one()
        by_lot = defaultdict(self.env["stock.move.line"].browse)
        for line in self.move_line_ids:
            by_lot[line.lot_id if self.has_tracking == "lot" else line.lot_id.browse()] |= line
        return [self._prepare_incoming_inspection_vals(plan, lot, lines) for lot, lines in by_lot.items()
                if self.product_id.uom_id.compare(sum(lines.mapped("quantity_product_uom")), 0) > 0]

    def _prepare_incoming_inspection_vals(self, plan, lot, lines):
        """Values of the inspection of the move lines of one lot."""
        return self.env["quality.inspection"]._prepare_inspection_vals(
            plan, self.product_id, sum(lines.mapped("quantity_product_uom")),
            trigger="incoming",
            partner_id=self._get_quality_supplier().commercial_partner_id.id,
            picking_id=self.picking_id.id,
            move_id=self.id,
            purchase_line_id=self.purchase_line_id.id,
            root_id=False,
            finding_quantity=self._differs_from_delivery_note(),
            location_id=lines[:1].location_dest_id.id,
            company_id=self.company_id.id,
            lot_id=lot.id,
            lot_ids=[Command.link(serial.id) for serial in lines.lot_id] if self.has_tracking == "serial" else [],
        )

    def _differs_from_delivery_note(self):
        """Whether the quantity was not as on the delivery note, a serious finding (REC-5)."""
        self.ensure_one()
        # sudo: whoever receives the goods need not see the count
        lines = self.sudo().picking_id.delivery_note_line_ids.filtered(lambda line: line.move_id == self)
        return any(line.uom_id.compare(line.difference, 0.0) for line in lines)
