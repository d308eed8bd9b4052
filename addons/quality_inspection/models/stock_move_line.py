from odoo import api, models
from odoo.exceptions import UserError

#: Fields whose change may take goods out of a hold location, or change which goods were.
GUARDED = {"location_id", "location_dest_id", "lot_id", "quantity", "product_uom_id", "product_id", "quant_id",
           "move_id", "package_id", "owner_id"}


#: Fields whose change may use a conceded lot for another order than it was conceded for.
CONCEDED = {"lot_id", "quantity", "move_id", "location_dest_id", "quant_id"}


class StockMoveLine(models.Model):
    """The door of the hold location: every movement of goods passes here, and all its gates are called here (REC-7)."""
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_quality_gates()
        if done := lines.filtered(lambda line: line.state == "done"):
            done._check_hold_not_bypassed()
            done._follow_added_receipts()
        return lines

    def write(self, vals):
        if not (GUARDED | CONCEDED).intersection(vals):
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        before, bookings = done._get_held_receipts(vals), done._get_bookings()
        result = super().write(vals)
        if vals.keys() & {"location_dest_id", "move_id"}:
            self._check_disposition_destination()
        if CONCEDED.intersection(vals):
            self._check_concession()
        self._get_lines_touched(vals)._check_quality_hold()
        if done:
            done._check_hold_not_bypassed(bookings)
            done._follow_corrected_receipts(before)
        return result

    def _action_done(self):
        self._check_quality_gates()
        self._turn_held_lots()
        leaving = self._get_lines_leaving_hold()
        is_to_clean = not all(
            line.picked and line.product_uom_id.compare(line.quantity, 0) > 0 for line in self)
        result = super()._action_done()
        # Odoo deletes lines of which nothing moves; where all do, nobody has to ask which are left
        lines = self.exists() if is_to_clean else self
        lines._check_hold_not_bypassed()
        (leaving & lines)._follow_left_goods()
        return result

    def _check_quality_gates(self):
        """:raise UserError: held goods, conceded ones for others, or goods of a tranche that go astray"""
        self._check_disposition_destination()
        self._check_concession()
        self._check_quality_hold()

    def _check_quality_hold(self):
        """:raise UserError: a line takes held goods, and none of the exceptions of the rule applies"""
        for line in self._get_lines_refused_by_hold():
            raise UserError(self._describe_hold(line.product_id, line.lot_id, line.location_id))

    def _get_lines_leaving_hold(self):
        """Lines with a quantity that take goods out of a hold location; no query."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        if not hold_ids:
            return self.browse()
        return self.filtered(lambda line: line.location_id.id in hold_ids and line.product_id.is_storable
                             and line.state != "cancel" and line.quantity)

    def _get_lines_touched(self, vals):
        """Lines that a write may have turned to held goods; another destination alone leaves a tranche what it is."""
        if GUARDED.intersection(vals) == {"location_dest_id"}:
            return self.filtered(lambda line: not line.move_id.quality_disposition_id)
        return self

    def _get_lines_refused_by_hold(self):
        """Lines that take held goods without an exception; one query when a line leaves a hold location, else none."""
        leaving = self._get_lines_leaving_hold()
        leaving -= self.browse().union(*(
            lines._filter_hold_passed(move) for move, lines in leaving.grouped("move_id").items()))
        if not leaving:
            return leaving
        Hold = self.env["quality.hold.mixin"]
        held = Hold._get_held(leaving.product_id.ids)
        return leaving.filtered(lambda line: Hold._is_held(
            held, line.location_id.company_id.id, line.product_id.id, line._get_hold_lot_id()))

    def _get_hold_lot_id(self):
        """Lot that the line takes; a line of tracked goods without lot may take any."""
        return self.lot_id.id

    def _filter_hold_passed(self, move):
        """Lines of a move to which one of the exceptions applies (REC-7): a disposition's own transfer, within the
        same inspection area, a count by the head of quality, back to the supplier of the very receipt under
        inspection.
        """
        if move.quality_disposition_id:
            return self._filter_within_disposition()
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        passed = self.filtered(lambda line: line.location_dest_id.id in hold_ids and line.location_id.warehouse_id
                               and line.location_id.warehouse_id == line.location_dest_id.warehouse_id)
        rest = self.filtered(lambda line: line.location_dest_id.id not in hold_ids)
        if not rest:
            return passed
        if move.is_inventory:
            return passed | rest.filtered(
                lambda line: line.location_dest_id.usage == "inventory" and line._is_count_passed())
        if inspections := move._get_returned_inspections():
            return passed | rest._filter_within_open(inspections)
        return passed

    def _is_count_passed(self):
        """Whether the head of quality counts out goods that still wait for their verdict; what is missing of rejected
        goods is decided in their nonconformity, as scrap.
        """
        if not self.env.user.has_group("quality_inspection.group_quality_manager"):
            return False
        waiting = sum(self._get_open_inspections().mapped("quantity_open"))
        return self.product_id.uom_id.compare(self.quantity_product_uom, waiting) <= 0

    def _filter_within_disposition(self):
        """Lines that take goods of their tranche: its product, its lots, no more in all than its quantity."""
        # sudo: a storekeeper validates the transfer of a disposition without rights on it
        tranche = self.move_id.quality_disposition_id.sudo()
        if tranche.state == "cancelled":
            return self.browse()
        lot_ids = set(tranche._get_own_lots().ids)
        mine = self.filtered(lambda line: line.product_id == tranche.product_id
                             and (not lot_ids or line.lot_id.id in lot_ids))
        # Goods under repair leave twice: the inspection area to the supplier, and his place back to it.
        return self.browse().union(*(
            lines for at_supplier, lines in mine.grouped(lambda line: not line.location_id.warehouse_id).items()
            if tranche.product_uom_id.compare(tranche._get_taken_quantity(at_supplier), tranche.quantity) <= 0))

    def _filter_within_open(self, inspections):
        """Lines that give back no more than the inspections of their receipt have open, of their lots."""
        tracked = self.product_id.tracking != "none"
        pending = self.move_id.move_line_ids.filtered(lambda line: line.state != "done").grouped("lot_id")

        def is_open(lot, lines):
            mine = inspections.filtered(
                lambda one: not tracked or not one.held_lot_ids or lot in one.held_lot_ids)
            wanted = lines | pending.get(lot, lines.browse())
            return self.product_id.uom_id.compare(
                sum(wanted.mapped("quantity_product_uom")), sum(mine.mapped("quantity_open"))) <= 0

        return self.browse().union(*(lines for lot, lines in self.grouped("lot_id").items() if is_open(lot, lines)))

    @api.model
    def _describe_hold(self, product, lot, location):
        """What is held, by which document, and what to do."""
        documents = self.env["quality.hold.mixin"]._get_hold_documents(product, lot, location.company_id)
        names = ", ".join(document.display_name for document in documents) or "–"
        return self.env._(
            "%(goods)s in %(location)s is not released by quality (%(documents)s). Have it inspected and accepted, "
            "decide the nonconformity, or ask for an urgent release.", goods=self._describe_goods(product, lot),
            location=location.display_name, documents=names)

    @api.model
    def _describe_goods(self, product, lot):
        return f"{product.display_name} ({lot.name})" if lot else product.display_name
