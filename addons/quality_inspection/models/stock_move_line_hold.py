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
                line._shrink_inspections(inspections, reason)
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
        left = self.quantity_product_uom
        for inspection in inspections:
            if self.lot_id and inspection.held_lot_ids and self.lot_id not in inspection.held_lot_ids:
                continue
            part = min(left, inspection.quantity_open)
            if self.product_id.uom_id.compare(part, 0.0) > 0:
                inspection._shrink(part, reason, self.lot_id & inspection.lot_ids)
                left -= part

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
            inspections = line.move_id.sudo().quality_inspection_ids.filtered(
                lambda one: one.state != "cancelled")
            if not inspections:
                continue
            if line._is_other_goods(vals) or inspections.filtered(lambda one: one.state == "done"):
                raise UserError(self.env._(
                    "These goods are under inspection (%(inspections)s): lot, unit and place of their receipt cannot "
                    "be changed, nor its quantity after the verdict. Return the goods, or cancel the inspection.",
                    inspections=", ".join(inspections.mapped("name"))))
            before[line] = (line.quantity_product_uom, inspections)
        return before

    def _is_other_goods(self, vals):
        for name in ("location_dest_id", "location_id", "lot_id", "product_id", "product_uom_id", "move_id"):
            if name in vals and (vals[name] or False) != self[name].id:
                return True
        return False

    def _follow_corrected_receipts(self, before):
        """The lot under inspection follows the corrected quantity of its receipt."""
        for line, (quantity, inspections) in before.items():
            change = line.quantity_product_uom - quantity
            compare = line.product_id.uom_id.compare
            mine = inspections.filtered(
                lambda one, line=line: not line.lot_id or line.lot_id in one.held_lot_ids)[:1]
            reason = self.env._("The receipt was corrected by %(change)s %(uom)s by %(user)s.", change=f"{change:+g}",
                                uom=line.product_id.uom_id.name, user=self.env.user.name)
            if compare(change, 0.0) < 0:
                if not mine or compare(-change, mine.quantity_open) > 0:
                    raise UserError(self.env._(
                        "The receipt cannot be reduced by more than its inspection has open."))
                mine._shrink(-change, reason)
            elif mine and compare(change, 0.0) > 0:
                mine._grow(change, reason)
