from odoo import api, fields, models
from odoo.fields import Command


class QualityDisposition(models.Model):
    """Dispositions move the purchase as well: return, replacement, waiting demands (NCR-4, PUR-9, MAT-6)."""

    _inherit = "quality.disposition"

    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Purchase Order Line", compute="_compute_purchase_line_id", store=True,
        precompute=True, index="btree_not_null", ondelete="restrict")
    replacement_move_ids = fields.One2many(
        "stock.move", "quality_replaced_disposition_id", string="Replacement Moves", readonly=True)
    replacement_picking_id = fields.Many2one(
        "stock.picking", string="Replacement", compute="_compute_replacement_picking_id")

    @api.depends("inspection_id")
    def _compute_purchase_line_id(self):
        for row in self:
            row.purchase_line_id = row.inspection_id.purchase_line_id

    @api.depends("replacement_move_ids.picking_id")
    def _compute_replacement_picking_id(self):
        for row in self:
            row.replacement_picking_id = row.replacement_move_ids.picking_id[-1:]

    def action_view_replacement(self):
        """Open the receipt of the replacement."""
        self.ensure_one()
        return self.replacement_move_ids.picking_id._get_records_action(name=self.env._("Replacement"))

    def _get_receipt_move(self):
        """Move that received the goods; empty for goods that came otherwise."""
        self.ensure_one()
        return self.inspection_id._get_root().move_id if self.inspection_id else self.env["stock.move"]

    def _prepare_chain_vals(self, location_dest):
        """In a warehouse that stores in steps, who waits at the end of the way waits for the release as well."""
        vals = super()._prepare_chain_vals(location_dest)
        receipt, final = self._get_receipt_move(), vals.get("location_final_id")
        if final:
            further = receipt._get_waiting_moves().filtered(
                lambda move: move.location_id._child_of(self.env["stock.location"].browse(final)))
            vals["move_dest_ids"] = [*vals.get("move_dest_ids", []), *(Command.link(move.id) for move in further)]
        return vals

    # Return and replacement

    def _prepare_return_picking_vals(self, vals):
        """The transfer is the return of the receipt."""
        vals = super()._prepare_return_picking_vals(vals)
        if receipt := self._get_receipt_move():
            vals |= {"return_id": receipt.picking_id.id, "partner_id": receipt.picking_id.partner_id.id}
        return vals

    def _prepare_return_vals(self, vals):
        """The returned goods are taken off the received quantity of the order (PUR-9)."""
        vals = super()._prepare_return_vals(vals)
        if self.purchase_line_id:
            vals |= {"purchase_line_id": self.purchase_line_id.id, "to_refund": True}
        return vals

    def _apply_return(self):
        result = super()._apply_return()
        if self.settlement == "replacement":
            self._create_replacement()
        return result

    def _create_replacement(self):
        """Receipt of the goods that the supplier sends instead; they are inspected like any other (NCR-4).

        Whoever waited for the rejected goods waits for it, with its expected date (MAT-6).
        """
        receipt = self._get_receipt_move()
        if not receipt or self.replacement_move_ids.filtered(lambda move: move.state != "cancel"):
            return
        picking = self.env["stock.picking"].create(self._prepare_replacement_picking_vals(receipt))
        move = receipt.copy({**self._prepare_replacement_vals(receipt), "picking_id": picking.id})
        move._action_confirm(merge=False)
        move._action_assign()

    def _prepare_replacement_picking_vals(self, receipt):
        return {
            "picking_type_id": receipt.picking_type_id.id,
            "partner_id": receipt.picking_id.partner_id.id,
            "owner_id": receipt.picking_id.owner_id.id,
            "company_id": self.company_id.id,
            "origin": self.nonconformity_id.name,
            "location_id": receipt.location_id.id,
            "location_dest_id": receipt._get_quality_release_location().id,
            "scheduled_date": self._get_replacement_date(),
        }

    def _prepare_replacement_vals(self, receipt):
        return {
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": self._get_open_quantity(),
            "location_id": receipt.location_id.id,
            "location_dest_id": receipt._get_quality_release_location().id,
            "location_final_id": receipt.location_final_id.id,
            "date": self._get_replacement_date(),
            "date_deadline": self._get_replacement_date(),
            "origin": self.nonconformity_id.name,
            "purchase_line_id": self.purchase_line_id.id,
            "origin_returned_move_id": False,
            "move_orig_ids": False,
            "move_dest_ids": [Command.link(move.id) for move in receipt._get_waiting_moves()],
            "procure_method": "make_to_stock",
            "quality_replaced_disposition_id": self.id,
            "state": "draft",
        }

    def _get_replacement_date(self):
        return fields.Datetime.to_datetime(self.expected_return) or fields.Datetime.now()

    def action_set_expected_return(self, date, reason=None):
        result = super().action_set_expected_return(date, reason=reason)
        for row in self.sudo():  # sudo: the right to set the date is checked above
            moves = row.replacement_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            moves.write({"date": row._get_replacement_date(), "date_deadline": row._get_replacement_date()})
        return result

    def _give_up(self):
        """Without the return there is no replacement either."""
        result = super()._give_up()
        open_moves = self.replacement_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        if self.product_uom_id.is_zero(self.quantity_done):
            open_moves._action_cancel()
        else:
            open_moves.write({"product_uom_qty": self.quantity_done})
        return result

    def _update_settled(self):
        """A replacement is settled when all of it has come."""
        for row in self.filtered(lambda row: row.settlement == "replacement" and not row.settled_on):
            come = sum(move.product_uom._compute_quantity(move.quantity, row.product_uom_id)
                       for move in row.replacement_move_ids if move.state == "done")
            if row.product_uom_id.compare(come, row.quantity - row.quantity_cut) >= 0:
                row.settled_on = fields.Datetime.now()
