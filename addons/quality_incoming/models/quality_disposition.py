from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class QualityDisposition(models.Model):
    """Dispositions move the purchase as well: return, replacement, waiting demands (NCR-4, PUR-9, MAT-6)."""

    _inherit = "quality.disposition"

    purchase_line_id = fields.Many2one(
        "purchase.order.line", string="Purchase Order Line", compute="_compute_purchase_line_id", store=True,
        readonly=False, precompute=True, index="btree_not_null", ondelete="restrict",
        help="The order that brought the goods: of their inspection or their lots, else the supplier's last one.")
    replacement_move_ids = fields.One2many(
        "stock.move", "quality_replaced_disposition_id", string="Replacement Moves", readonly=True)
    replacement_picking_id = fields.Many2one(
        "stock.picking", string="Replacement", compute="_compute_replacement_picking_id", compute_sudo=True)

    @api.depends("inspection_id", "nonconformity_id", "partner_id", "lot_ids")
    def _compute_purchase_line_id(self):
        for row in self:
            row.purchase_line_id = row.inspection_id.purchase_line_id or row._find_purchase_line()

    @api.constrains("purchase_line_id", "partner_id")
    def _check_purchase_line(self):
        """Goods found bad in stock are taken off an order of theirs; those of a receipt know their order."""
        for row in self.filtered(lambda row: row.purchase_line_id and not row.inspection_id):
            line = row.sudo().purchase_line_id  # sudo: the inspector need not read purchase orders
            if line.product_id != row.product_id or line.company_id != row.company_id \
                    or line.partner_id.commercial_partner_id != row.partner_id.commercial_partner_id:
                raise ValidationError(self.env._(
                    "%(row)s: order %(order)s is not one of %(product)s from %(supplier)s.", row=row.display_name,
                    order=line.order_id.name, product=row.product_id.display_name,
                    supplier=row.partner_id.display_name or "–"))

    @api.depends("replacement_move_ids.picking_id")
    def _compute_replacement_picking_id(self):
        for row in self:
            row.replacement_picking_id = row.replacement_move_ids.picking_id[-1:]

    def _get_open_fields(self):
        """Which order brought goods that were found in stock may be known better than the system guesses."""
        names = super()._get_open_fields()
        return names | {"purchase_line_id"} if names and not self.inspection_id else names

    def action_view_replacement(self):
        """Open the receipt of the replacement."""
        self.ensure_one()
        return self.replacement_move_ids.picking_id._get_records_action(name=self.env._("Replacement"))

    def _find_purchase_line(self):
        """The order line that brought goods which were found bad in stock (PUR-9).

        That of their lots where all came by one; goods without lots: the supplier's last one that received as many.
        """
        self.ensure_one()
        # sudo: the inspector need not read purchase orders
        row, lines = self.sudo(), self.env["purchase.order.line"].sudo()
        if not row.nonconformity_id or row.inspection_id or not row.partner_id:
            return lines
        if lots := (row.lot_ids or row.nonconformity_id.lot_ids)._origin:
            found = row.env["stock.move.line"].search([
                ("lot_id", "in", lots.ids), ("state", "=", "done"), ("location_id.usage", "=", "supplier"),
                ("company_id", "=", row.company_id.id), ("move_id.purchase_line_id", "!=", False)])
            brought = found.move_id.purchase_line_id.filtered(lambda line: line.product_id == row.product_id)
            return brought if len(brought) == 1 and not lots - found.lot_id else lines
        found = lines.search([
            ("product_id", "=", row.product_id.id), ("company_id", "=", row.company_id.id),
            ("partner_id", "child_of", row.partner_id.commercial_partner_id.id), ("qty_received", ">", 0)],
            order="id desc", limit=20)
        return found.filtered(lambda line: line.product_uom_id._compute_quantity(
            line.qty_received, row.product_uom_id, round=False) >= row.quantity)[:1]

    def _get_receipt_move(self):
        """Move that received the goods; empty for goods that came otherwise."""
        self.ensure_one()
        if self.inspection_id:
            return self._get_supply_move()
        return self.purchase_line_id.move_ids.filtered(
            lambda move: move.state == "done" and move.location_id.usage == "supplier")[-1:]

    def _prepare_chain_vals(self, location_dest):
        """In a warehouse that stores in steps, who waits at the end of the way waits for the release as well."""
        vals = super()._prepare_chain_vals(location_dest)
        receipt = self.inspection_id._get_root().move_id or self._get_receipt_move()
        final = vals.get("location_final_id")
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
        if not self.move_ids:
            self._tell_buyer()
        result = super()._apply_return()
        if self.settlement == "replacement":
            self._create_replacement()
        return result

    def _tell_buyer(self):
        """Who bought goods that were found bad in stock learns that they go back; of a receipt the verdict told him."""
        buyer, order = self._get_buyer(), self.purchase_line_id.order_id
        if self.inspection_id or not buyer:
            return
        settlement = self._get_selection_label("settlement")
        text = self.env._(
            "%(document)s: %(quantity)s %(unit)s of %(product)s, found bad in stock, go back to %(supplier)s "
            "(%(settlement)s).", document=self.nonconformity_id.name, quantity=f"{self.quantity:g}",
            unit=self.product_uom_id.name, product=self.product_id.display_name, settlement=settlement,
            supplier=self.partner_id.display_name)
        if order:
            order.message_post(body=text, partner_ids=buyer.partner_id.ids)
        self.nonconformity_id.activity_schedule("mail.mail_activity_data_todo", user_id=buyer.id, summary=text)

    def _create_replacement(self):
        """Receipt of the goods that the supplier sends instead; they are inspected like any other (NCR-4).

        Whoever waited for the rejected goods waits for it, with its expected date (MAT-6).
        """
        if self.product_uom_id.compare(self._get_replacement_quantity(), 0) <= 0:
            return
        receipt = self._get_receipt_move()
        picking = self.env["stock.picking"].create(self._prepare_replacement_picking_vals(receipt))
        vals = {**self._prepare_replacement_vals(receipt), "picking_id": picking.id}
        move = receipt.copy(vals) if receipt else self.env["stock.move"].create(
            {**vals, "product_id": self.product_id.id, "company_id": self.company_id.id})
        move._action_confirm(merge=False)
        move._action_assign()

    def _get_replacement_quantity(self):
        """What of the returned goods is neither replaced nor expected: nothing when the supplier credits it instead."""
        if self.settled_on or self._get_open_credit_notes():
            return 0.0
        moves = self.replacement_move_ids.filtered(lambda move: move.state != "cancel")
        return self.quantity - self.quantity_cut - sum(move.product_uom._compute_quantity(
            move.quantity if move.state == "done" else move.product_uom_qty, self.product_uom_id) for move in moves)

    def _prepare_replacement_picking_vals(self, receipt):
        picking_type = receipt.picking_type_id or self._get_hold_location().warehouse_id.in_type_id
        return {
            "picking_type_id": picking_type.id,
            "partner_id": receipt.picking_id.partner_id.id or self.partner_id.id,
            "owner_id": receipt.picking_id.owner_id.id,
            "company_id": self.company_id.id,
            "origin": self.nonconformity_id.name,
            "user_id": False,  # the store's, not whoever decided's
            **self._prepare_replacement_places(receipt),
            "scheduled_date": self._get_replacement_date(),
        }

    def _prepare_replacement_places(self, receipt):
        """From where to where the replacement comes: as the receipt did, else from the supplier into stock."""
        if receipt:
            # of a subcontractor's receipt the transfer still says that it comes from the supplier: it is made anew
            source = receipt.picking_id.location_id if receipt._is_made_outside() else receipt.location_id
            return {"location_id": source.id,
                    "location_dest_id": receipt._get_quality_release_location().id}
        warehouse = self._get_hold_location().warehouse_id
        supplier = self.partner_id.with_company(self.company_id).property_stock_supplier
        return {"location_id": supplier.id, "location_dest_id": warehouse.in_type_id.default_location_dest_id.id}

    def _prepare_replacement_vals(self, receipt):
        return {
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": self._get_replacement_quantity(),
            **self._prepare_replacement_places(receipt),
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
        if self.product_uom_id.is_zero(self.quantity_done):
            self._get_open_replacement()._action_cancel()
        else:
            self._get_open_replacement().write({"product_uom_qty": self.quantity_done})
        return result

    def _get_open_replacement(self):
        return self.replacement_move_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _update_settled(self):
        """A replacement is settled when all of it has come."""
        for row in self.filtered(lambda row: row.settlement == "replacement" and not row.settled_on):
            if row.product_uom_id.compare(row._get_replaced_quantity(), row.quantity - row.quantity_cut) >= 0:
                row._on_settled()
