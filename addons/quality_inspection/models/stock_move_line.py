from odoo import api, models
from odoo.exceptions import UserError

#: Fields whose change may take goods out of a hold location, or change which goods were.
GUARDED = {"location_id", "location_dest_id", "lot_id", "quantity", "product_uom_id", "product_id", "quant_id",
           "move_id", "package_id", "owner_id"}


class StockMoveLine(models.Model):
    """The door of the hold location: every movement of goods passes here (REC-7)."""
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_quality_hold()
        lines.filtered(lambda line: line.state == "done")._check_hold_not_bypassed()
        return lines

    def write(self, vals):
        if not GUARDED.intersection(vals):
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        before = done._get_held_receipts(vals)
        result = super().write(vals)
        self._check_quality_hold()
        if done:
            done._check_hold_not_bypassed()
            done._follow_corrected_receipts(before)
        return result

    def _action_done(self):
        self._check_quality_hold()
        leaving = self._get_lines_leaving_hold()
        result = super()._action_done()
        lines = self.exists()
        lines._check_hold_not_bypassed()
        (leaving & lines)._follow_left_goods()
        return result

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

    def _get_lines_refused_by_hold(self):
        """Lines that take held goods without an exception; one query when a line leaves a hold location, else none."""
        leaving = self._get_lines_leaving_hold()
        leaving = leaving.filtered(lambda line: not line._is_hold_passed())
        if not leaving:
            return leaving
        Hold = self.env["quality.hold.mixin"]
        held = Hold._get_held(leaving.product_id.ids)
        return leaving.filtered(lambda line: Hold._is_held(
            held, line.location_id.company_id.id, line.product_id.id, line._get_hold_lot_id()))

    def _get_hold_lot_id(self):
        """Lot that the line takes; a line of tracked goods without lot may take any."""
        return self.lot_id.id

    def _is_hold_passed(self):
        """The exceptions (REC-7): a disposition's own transfer, within the same inspection area, back to the supplier
        of the very receipt under inspection, a count by the head of quality.
        """
        self.ensure_one()
        move = self.move_id
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        source, target = self.location_id, self.location_dest_id
        if move.quality_disposition_id:
            return self._is_within_disposition()
        if target.id in hold_ids:
            return bool(source.warehouse_id) and source.warehouse_id == target.warehouse_id
        if move.is_inventory and target.usage == "inventory":
            return self._is_count_passed()
        if inspections := move._get_returned_inspections():
            return self._is_within_open(inspections)
        return False

    def _is_count_passed(self):
        """Whether the head of quality counts out goods that still wait for their verdict; what is missing of rejected
        goods is decided in their nonconformity, as scrap.
        """
        if not self.env.user.has_group("quality_inspection.group_quality_manager"):
            return False
        waiting = sum(self._get_open_inspections().mapped("quantity_open"))
        return self.product_id.uom_id.compare(self.quantity_product_uom, waiting) <= 0

    def _is_within_disposition(self):
        """Whether the goods are those of the tranche: its product, its lots, no more than its quantity."""
        # sudo: a storekeeper validates the transfer of a disposition without rights on it
        tranche = self.move_id.quality_disposition_id.sudo()
        if tranche.product_id != self.product_id or tranche.state == "cancelled":
            return False
        if tranche.lot_ids and self.lot_id and self.lot_id not in tranche.lot_ids:
            return False
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        # Goods under repair leave twice: the inspection area to the supplier, and his place back to it.
        at_supplier = not self.location_id.warehouse_id
        lines = tranche.move_ids.move_line_ids.filtered(
            lambda line: line.location_id.id in hold_ids and line.state != "cancel"
            and (not line.location_id.warehouse_id) == at_supplier)
        moved = sum(lines.mapped("quantity_product_uom"))
        return self.product_id.uom_id.compare(moved, tranche.quantity) <= 0

    def _is_within_open(self, inspections):
        """Whether no more goes back than the inspections of the receipt have open, of their lots."""
        if self.product_id.tracking != "none":
            inspections = inspections.filtered(
                lambda one: not one.held_lot_ids or self.lot_id in one.held_lot_ids)
        lines = self.move_id.move_line_ids.filtered(
            lambda line: line.state != "done" and (self.product_id.tracking == "none" or line.lot_id == self.lot_id))
        wanted = sum((lines | self).mapped("quantity_product_uom"))
        return self.product_id.uom_id.compare(wanted, sum(inspections.mapped("quantity_open"))) <= 0

    @api.model
    def _describe_hold(self, product, lot, location):
        """What is held, by which document, and what to do."""
        documents = self.env["quality.hold.mixin"]._get_hold_documents(product, lot, location.company_id)
        names = ", ".join(document.display_name for document in documents) or "–"
        goods = f"{product.display_name} ({lot.name})" if lot else product.display_name
        return self.env._(
            "%(goods)s in %(location)s is not released by quality (%(documents)s). Have it inspected and accepted, "
            "decide the nonconformity, or ask for an urgent release.", goods=goods,
            location=location.display_name, documents=names)
