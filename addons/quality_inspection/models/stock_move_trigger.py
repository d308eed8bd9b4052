from collections import defaultdict

from odoo import fields, models
from odoo.fields import Command

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockMove(models.Model):
    """Goods that a plan wants inspected land in the inspection area, with their inspections (REC-1, REC-2, REC-7).

    The move is turned to the hold location when it is confirmed and once more when it is done, so that a plan made
    or changed meanwhile counts. Where it would have gone is kept, and so are its links to the moves that wait for
    the goods: the release serves them.

    Other addons say on which occasion their moves are inspected (:meth:`_get_quality_trigger`), whose plan applies
    (:meth:`_get_quality_partner`) and what the goods come from (:meth:`_prepare_quality_source_vals`).
    """

    _inherit = "stock.move"

    quality_release_location_id = fields.Many2one(
        "stock.location", string="Destination after Inspection", copy=False, readonly=True, index=False,
        help="Where the goods go when they are released; set while the move is turned to the inspection area.")

    def _compute_location_dest_id(self):
        """A turned move stays turned when its transfer changes."""
        result = super()._compute_location_dest_id()
        for move in self:
            if move.quality_release_location_id and move.location_dest_id:
                move.location_dest_id = move._get_quality_hold_location()
        return result

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        self.filtered(lambda move: move.state == "draft" and move._is_turned_early())._turn_to_inspection()
        return super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)

    def _push_apply(self):
        """Goods under inspection are pushed on by their release, not by what brought them."""
        held = self.filtered("quality_release_location_id")
        return super(StockMove, self - held)._push_apply()

    # What the addons say of their moves

    def _get_quality_trigger(self):
        """Code of the occasion on which these goods are inspected, see ``quality.inspection.trigger``; else False."""
        self.ensure_one()
        return "customer_return" if self.location_id.usage == "customer" else False

    def _get_quality_partner(self):
        """Whose goods they are: a plan may be for him only."""
        self.ensure_one()
        return self.picking_id.partner_id or self.partner_id

    def _prepare_quality_source_vals(self):
        """What the goods come from, as values of their inspection."""
        self.ensure_one()
        return {}

    def _is_held_without_plan(self):
        """Whether its goods are held although no plan says how they are inspected: good and bad are counted then."""
        self.ensure_one()
        return False

    def _is_turned_early(self):
        """Whether the move says already when it is confirmed that its goods go to the inspection area."""
        self.ensure_one()
        return True

    # Which plan, which place

    def _get_inspection_plans(self):
        """Inspection plan of each of these moves whose goods are inspected.

        :return: dict of move id to quality.inspection.plan, empty where goods are held all the same (see
            :meth:`_is_held_without_plan`); without the moves that no plan applies to
        """
        groups = defaultdict(self.browse)
        for move in self:
            if (move.state not in ("done", "cancel") and move.location_dest_id.usage == "internal"
                    and move.product_id.is_storable and (trigger := move._get_quality_trigger())):
                groups[trigger, move._get_quality_partner(), move.picking_type_id, move.company_id] |= move
        plans = {}
        # sudo: as below
        trigger_plans = self.env["quality.inspection.plan"].sudo()
        for (trigger, partner, picking_type, company), moves in groups.items():
            # sudo: whoever moves the goods need not read inspection plans
            found = self.env["quality.inspection.trigger"].sudo()._find_plans(
                trigger, moves.product_id, partner=partner, picking_type=picking_type, company=company)
            for move in moves:
                plan = found.get(move.product_id.id) or trigger_plans.browse()
                if (plan or move._is_held_without_plan()) and move._get_quality_hold_location():
                    plans[move.id] = plan
        return plans

    def _get_quality_hold_location(self):
        """Inspection area of the warehouse that gets the goods; empty for a place outside of all warehouses."""
        self.ensure_one()
        warehouse = self.location_dest_id.warehouse_id or self.picking_type_id.warehouse_id
        return warehouse._get_inspection_area()

    def _get_quality_release_location(self):
        """Where the goods go after the inspection: where they would have gone.

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

    # Turning

    def _turn_to_inspection(self):
        """Turn moves with a plan to the inspection area, and those without one back.

        :return: plans of the moves, see :meth:`_get_inspection_plans`
        """
        plans = self._get_inspection_plans()
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
            inspected = self.filtered(lambda move: move.id in plans)
            inspected._turn_lines_to_hold(held_ids)
            inspected._take_off_packages(self.move_line_ids)
        return plans

    def _turn_lines_to_hold(self, held_ids):
        """A line of such a move cannot have another destination than the inspection area or a part of it."""
        stray = defaultdict(self.env["stock.move.line"].browse)
        for move in self:
            for line in move.move_line_ids:
                if line.location_dest_id.id not in held_ids:
                    stray[move.location_dest_id] |= line
        for destination, lines in stray.items():
            lines.write({"location_dest_id": destination.id})

    def _take_off_packages(self, together):
        """A package stands in one place: goods to be inspected leave one whose other goods go elsewhere.

        :param together: stock.move.line that are done together with these
        """
        for package, lines in self.move_line_ids.filtered("result_package_id").grouped("result_package_id").items():
            areas = lines.location_dest_id
            others = (together - lines).filtered(
                lambda line, package=package: line.result_package_id == package and line.picked)
            standing = package.quant_ids.filtered(lambda quant: quant.quantity > 0)
            if (others.location_dest_id | standing.location_id) - areas:
                lines.result_package_id = False
                for picking in lines.picking_id:
                    picking.message_post(body=self.env._(
                        "%(goods)s go to the inspection area and were taken off %(package)s, whose other goods do not.",
                        goods=", ".join(lines.product_id.mapped("display_name")), package=package.display_name))

    # Inspections

    def _create_inspections(self, plans):
        """One inspection request for each lot of each done move, for all moves done together (REC-2).

        Serial numbers of one move are inspected as one lot of goods.

        :param dict plans: move id to plan
        """
        vals_list = [vals for move in self if move.state == "done" and move.id in plans
                     for vals in move._prepare_inspections(plans[move.id])]
        if vals_list:
            self.env["quality.inspection"]._create_batch(vals_list)

    def _prepare_inspections(self, plan):
        """Values of the inspections of one done move."""
        self.ensure_one()
        by_lot = self.move_line_ids.grouped(
            lambda line: line.lot_id if self.has_tracking == "lot" else line.lot_id.browse())
        return [self._prepare_inspection_vals(plan, lot, lines) for lot, lines in by_lot.items()
                if self.product_id.uom_id.compare(sum(lines.mapped("quantity_product_uom")), 0) > 0]

    def _prepare_inspection_vals(self, plan, lot, lines):
        """Values of the inspection of the move lines of one lot."""
        return self.env["quality.inspection"]._prepare_inspection_vals(
            plan, self.product_id, sum(lines.mapped("quantity_product_uom")),
            trigger=self._get_quality_trigger(),
            partner_id=self._get_quality_partner().commercial_partner_id.id,
            picking_id=self.picking_id.id,
            move_id=self.id,
            location_id=lines[:1].location_dest_id.id,
            company_id=self.company_id.id,
            lot_id=lot.id,
            lot_ids=[Command.link(serial.id) for serial in lines.lot_id] if self.has_tracking == "serial" else [],
            **self._prepare_quality_source_vals(),
        )
