from odoo import models
from odoo.exceptions import UserError

from .sampling_words import plain


class StockMoveLine(models.Model):
    """What follows when held goods left, or when their receipt is corrected (REC-7)."""
    _inherit = "stock.move.line"

    def _follow_left_goods(self):
        """Inspections whose goods went back to the supplier, or were found missing by a count, have less to inspect."""
        for move, lines in self.grouped("move_id").items():
            if move.quality_disposition_id:
                continue
            lost = lines.filtered(lambda line: line.location_dest_id.usage == "inventory")
            words = {"uom": move.product_id.uom_id.name, "user": self.env.user.name}
            if inspections := move._get_returned_inspections():
                words["document"] = move.reference or move.picking_id.name or "–"
                left = lines._shrink_inspections(inspections, lambda quantity, move=move, words=words: self.env._(
                    "%(quantity)s %(uom)s went back to the customer before the verdict (%(document)s).",
                    quantity=quantity, **words) if move.location_dest_id.usage == "customer" else self.env._(
                    "%(quantity)s %(uom)s went back to the supplier before the verdict (%(document)s).",
                    quantity=quantity, **words))
                if any(left.values()):
                    raise UserError(self.env._(
                        "%(goods)s: not so many of this receipt are left in %(location)s. What left by urgent release "
                        "is recalled first, or goes back from where it is now.",
                        goods=self._describe_goods(move.product_id, lines.lot_id[:1]),
                        location=move.location_id.display_name))
            elif move.is_inventory and lost:
                lost._shrink_inspections(lost._get_open_inspections(), lambda quantity, words=words: self.env._(
                    "%(quantity)s %(uom)s were counted out by %(user)s.", quantity=quantity, **words))

    def _get_open_inspections(self):
        """Inspections that still wait for a verdict on the goods of these lines."""
        # sudo: who counts need not see the inspection
        return self.env["quality.inspection"].sudo().search([
            ("product_id", "in", self.product_id.ids), ("quantity_held", ">", 0),
            ("state", "in", ("pending", "in_progress")), ("company_id", "in", self.company_id.ids),
            "|", ("held_lot_ids", "=", False), ("held_lot_ids", "in", self.lot_id.ids)], order="id")

    def _shrink_inspections(self, inspections, describe):
        """Take the goods of these lines, of one product, out of inspections: each once, whatever the number of lots.

        :param describe: gives the sentence for the chatter of a quantity
        :return: what is in none of them, by lot
        """
        compare = self.product_id.uom_id.compare
        left = {lot: sum(lines.mapped("quantity_product_uom")) for lot, lines in self.grouped("lot_id").items()}
        for inspection in inspections:
            room, lots = inspection.quantity_open, set(inspection.held_lot_ids.ids)
            taken = self.lot_id.browse()
            for lot in [lot for lot in left if not lot or not lots or lot.id in lots]:
                part = min(left[lot], room)
                if compare(part, 0.0) > 0:
                    left[lot], room, taken = left[lot] - part, room - part, taken | lot
            if compare(room, inspection.quantity_open) < 0:
                quantity = inspection.quantity_open - room
                inspection._shrink(quantity, describe(plain(quantity)), taken & inspection.lot_ids)
        return {lot: self.product_id.uom_id.round(quantity) for lot, quantity in left.items()}

    # ---- a receipt that is corrected after it was done

    def _get_held_receipts(self, vals):
        """``{line: (quantity, inspections)}`` of done receipts whose goods wait for a verdict.

        :raise UserError: the correction would change which goods these are, or where they went
        """
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        before = {}
        for line in self:
            if line.location_dest_id.id not in hold_ids or line.location_id.id in hold_ids:
                continue
            # sudo: a storekeeper corrects a receipt without rights on its inspection
            inspections = line.move_id.sudo().quality_inspection_ids
            if not inspections:
                continue
            held = inspections.filtered(lambda one: one.state != "cancelled")
            if held and line._is_other_goods(vals) or held.filtered(lambda one: one.state == "done"):
                raise UserError(self.env._(
                    "These goods are under inspection (%(inspections)s): lot, unit and place of their receipt cannot "
                    "be changed, nor its quantity after the verdict. Return the goods, or cancel the inspection.",
                    inspections=", ".join(held.mapped("name"))))
            before[line] = (line.quantity_product_uom, inspections)
        return before

    def _is_other_goods(self, vals):
        for name in ("location_dest_id", "location_id", "lot_id", "product_id", "product_uom_id", "move_id"):
            if name in vals and (vals[name] or False) != self[name].id:
                return True
        return False

    def _follow_added_receipts(self):
        """A line that is added to a done receipt brings goods to its inspection, as a corrected one does."""
        before = self._get_held_receipts({})
        self._follow_corrected_receipts({line: (0.0, inspections) for line, (_all, inspections) in before.items()})

    def _follow_corrected_receipts(self, before):
        """The lot under inspection follows the corrected quantity of its receipt."""
        for line, (quantity, inspections) in before.items():
            change = line.quantity_product_uom - quantity
            reason = self.env._("The receipt was corrected by %(change)s %(uom)s by %(user)s.", change=f"{change:+g}",
                                uom=line.product_id.uom_id.name, user=self.env.user.name)
            if line.product_id.uom_id.compare(change, 0.0) < 0:
                line._take_from_inspection(inspections, -change, reason)
            elif line.product_id.uom_id.compare(change, 0.0) > 0:
                line._add_to_inspection(inspections, change, reason)

    def _get_lot_inspections(self, inspections):
        """Those of the inspections that are of this line's lot, also when all of it is out or has left."""
        return inspections.filtered(lambda one: not self.lot_id or self.lot_id in one.lot_id | one.lot_ids)

    def _take_from_inspection(self, inspections, quantity, reason):
        """Out of the inspections of their lot, what came last first."""
        held = inspections.filtered(lambda one: one.state != "cancelled")
        mine, compare = self._get_lot_inspections(held).sorted("id", reverse=True), self.product_id.uom_id.compare
        if held and compare(quantity, sum(mine.mapped("quantity_open"))) > 0:
            raise UserError(self.env._("The receipt cannot be reduced by more than its inspection has open."))
        for inspection in mine:
            part = min(quantity, inspection.quantity_open)
            if compare(part, 0.0) > 0:
                inspection._shrink(part, reason, self.lot_id & inspection.lot_ids)
                quantity -= part

    def _add_to_inspection(self, inspections, quantity, reason):
        """To the inspection of their lot, serial numbers to that of the receipt; else inspected on their own, as what
        comes after the sample was drawn: it was taken from a smaller lot, and does not speak for them.
        """
        held = inspections.filtered(lambda one: one.state != "cancelled")
        serial = self.product_id.tracking == "serial"
        if serial and self.product_id.uom_id.compare(self.quantity_product_uom, 1.0) > 0:
            raise UserError(self.env._(
                "%(goods)s is one unit. Add a line for each further serial number.",
                goods=self._describe_goods(self.product_id, self.lot_id)))
        mine = (held if serial else self._get_lot_inspections(held)).sorted("id", reverse=True)
        if growing := mine.filtered(lambda one: not one._is_sample_drawn())[:1]:
            growing._grow(quantity, reason, self.lot_id if serial else None)
        else:
            (mine or self._get_lot_inspections(inspections) or inspections)[:1]._inspect_more(
                quantity, self.lot_id, reason)
