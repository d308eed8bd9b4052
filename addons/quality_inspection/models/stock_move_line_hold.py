from odoo import models
from odoo.exceptions import UserError

from .sampling_words import plain


class StockMoveLine(models.Model):
    """What follows when held goods left, or when their receipt is corrected (REC-7)."""
    _inherit = "stock.move.line"

    def _follow_left_goods(self):
        """Inspections whose goods went back to the supplier, or were found missing by a count, have less to inspect."""
        for line in self:
            move = line.move_id
            if move.quality_disposition_id:
                continue
            words = {"quantity": plain(line.quantity_product_uom), "uom": line.product_id.uom_id.name,
                     "user": self.env.user.name}
            if inspections := move._get_returned_inspections():
                reason = self.env._("%(quantity)s %(uom)s went back to the supplier before the verdict (%(document)s).",
                                    document=move.reference or move.picking_id.name or "–", **words)
                if line._shrink_inspections(inspections, reason):
                    raise UserError(self.env._(
                        "%(goods)s: not so many of this receipt are left in %(location)s. What left by urgent release "
                        "is recalled first, or goes back from where it is now.",
                        goods=self._describe_goods(line.product_id, line.lot_id),
                        location=line.location_id.display_name))
            elif move.is_inventory and line.location_dest_id.usage == "inventory":
                reason = self.env._("%(quantity)s %(uom)s were counted out by %(user)s.", **words)
                line._shrink_inspections(line._get_open_inspections(), reason)

    def _get_open_inspections(self):
        """Inspections that still wait for a verdict on the goods of this line."""
        # sudo: who counts need not see the inspection
        return self.env["quality.inspection"].sudo().search([
            ("product_id", "=", self.product_id.id), ("quantity_held", ">", 0),
            ("state", "in", ("pending", "in_progress")), ("company_id", "=", self.company_id.id),
            "|", ("held_lot_ids", "=", False), ("held_lot_ids", "in", self.lot_id.ids)], order="id")

    def _shrink_inspections(self, inspections, reason):
        """Take the goods of this line out of the lots of inspections.

        :return: quantity that is in none of them
        """
        left = self.quantity_product_uom
        for inspection in inspections:
            if self.lot_id and inspection.held_lot_ids and self.lot_id not in inspection.held_lot_ids:
                continue
            part = min(left, inspection.quantity_open)
            if self.product_id.uom_id.compare(part, 0.0) > 0:
                inspection._shrink(part, reason, self.lot_id & inspection.lot_ids)
                left -= part
        return self.product_id.uom_id.round(left)

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
        held = inspections.filtered(lambda one: one.state != "cancelled")
        mine = self._get_lot_inspections(held)[:1]
        if held and (not mine or mine.product_uom_id.compare(quantity, mine.quantity_open) > 0):
            raise UserError(self.env._("The receipt cannot be reduced by more than its inspection has open."))
        if mine:
            mine._shrink(quantity, reason, self.lot_id & mine.lot_ids)

    def _add_to_inspection(self, inspections, quantity, reason):
        """To the inspection of their lot, serial numbers to that of the receipt; else inspected on their own."""
        held = inspections.filtered(lambda one: one.state != "cancelled")
        serial = self.product_id.tracking == "serial"
        if serial and self.product_id.uom_id.compare(self.quantity_product_uom, 1.0) > 0:
            raise UserError(self.env._(
                "%(goods)s is one unit. Add a line for each further serial number.",
                goods=self._describe_goods(self.product_id, self.lot_id)))
        if mine := (held if serial else self._get_lot_inspections(held))[:1]:
            mine._grow(quantity, reason, self.lot_id if serial else None)
        else:
            (self._get_lot_inspections(inspections) or inspections)[:1]._inspect_more(quantity, self.lot_id, reason)
