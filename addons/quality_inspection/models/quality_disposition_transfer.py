from odoo import models
from odoo.fields import Command


class QualityDisposition(models.Model):
    """The transfers of a tranche, made as Odoo makes its own: whole packages, putaway, links of the receipt (NCR-4)."""

    _inherit = "quality.disposition"

    def _release(self, quantity):
        """Move goods out of hold to where they would have gone; who waits for them by a chain gets them."""
        destination = self._get_release_location()
        warehouse = self._get_hold_location().warehouse_id
        self._create_transfer(destination, warehouse.int_type_id, quantity, chained=True)

    def _get_hold_location(self):
        """The hold location in which the goods stand."""
        self.ensure_one()
        isolated = self.nonconformity_id if self.nonconformity_id.quantity_isolated else False
        return isolated.location_id if isolated else self.inspection_id.location_id

    def _get_release_location(self):
        """Where released goods go: where the receipt would have gone, or back where they were found."""
        self.ensure_one()
        if self.inspection_id:
            return self.inspection_id._get_release_location()
        return self.nonconformity_id.origin_location_id or self._get_hold_location().warehouse_id.lot_stock_id

    def _create_transfer(self, location_dest, picking_type, quantity, done=True, chained=False, goods=None):
        """A transfer of held goods under this tranche, the only door out of a hold location.

        :param quantity: in the product's unit
        :param done: moved at once; else reserved and waiting for the gate or the storekeeper
        :param chained: moves made to order that waited for the receipt wait for this transfer
        :param goods: see :meth:`_get_goods`
        :raise UserError: not so many are held
        """
        goods = goods or self._get_goods(quantity)
        # What comes back from repair is not held yet: it leaves another place.
        hold, place = self._get_hold_location(), next(iter(goods))
        picking = self.env["stock.picking"].create({
            **self._prepare_transfer_vals(location_dest, picking_type),
            "location_id": (hold if hold and place._child_of(hold) else place).id})
        self.env["stock.move"].create([
            {**self._prepare_transfer_move_vals(place, location_dest, lines, chained), "picking_id": picking.id}
            for place, lines in goods.items()])
        picking._complete_chosen_lines()
        if done:
            picking.move_ids.picked = True
            picking._action_done()
        return picking

    def _prepare_transfer_vals(self, location_dest, picking_type):
        return {
            "picking_type_id": picking_type.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "origin": self.nonconformity_id.name or self.inspection_id.name,
            "location_id": self._get_hold_location().id,
            "location_dest_id": location_dest.id,
            "move_type": "direct",
            "user_id": False,  # nobody's yet: "To Do" of the store hides the transfers of whoever decided
        }

    def _prepare_transfer_move_vals(self, place, location_dest, lines, chained=False):
        vals = {
            "origin": self.nonconformity_id.name or self.inspection_id.name,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": sum(quantity for _quant, quantity in lines),
            "location_id": place.id,
            "location_dest_id": location_dest.id,
            "partner_id": self.partner_id.id,
            "procure_method": "make_to_stock",
            "quality_disposition_id": self.id,
            "move_line_ids": [Command.create(self._prepare_transfer_line_vals(place, location_dest, quant, quantity))
                              for quant, quantity in lines],
        }
        if chained:
            vals |= self._prepare_chain_vals(location_dest)
        return vals

    def _prepare_transfer_line_vals(self, place, location_dest, quant, quantity):
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "quantity": quantity,
            "location_id": place.id,
            "location_dest_id": location_dest.id,
            "lot_id": quant.lot_id.id,
            "package_id": quant.package_id.id,
            "owner_id": quant.owner_id.id,
        }

    def _prepare_chain_vals(self, location_dest):
        """Put the release between the receipt and who waits for it, so that his goods are reserved for him."""
        receipt = self.inspection_id._get_root().move_id if self.inspection_id else self.env["stock.move"]
        waiting = receipt.move_dest_ids.filtered(
            lambda move: move.state in ("waiting", "confirmed", "partially_available")
            and not move.quality_disposition_id and move.location_id._child_of(location_dest))
        vals = {"move_orig_ids": [Command.link(receipt.id)],
                "reference_ids": [Command.set(receipt.reference_ids.ids)]} if receipt else {}
        if receipt.location_final_id and not location_dest._child_of(receipt.location_final_id):
            vals["location_final_id"] = receipt.location_final_id.id
        if waiting:
            vals["move_dest_ids"] = [Command.link(move.id) for move in waiting]
        return vals

    def _get_supply_move(self):
        """Move that brought the goods under inspection from their supplier; empty for those that came otherwise."""
        receipt = self.inspection_id._get_root().move_id
        return receipt.filtered(lambda move: move.location_id.usage != "customer")

    def _create_return(self):
        """Transfer back to the supplier, reserved; it is done when the guard lets it out (REC-6)."""
        receipt = self._get_supply_move()
        warehouse = self._get_hold_location().warehouse_id
        picking_type = receipt.picking_id.picking_type_id.return_picking_type_id or warehouse.out_type_id
        destination = receipt.location_id if receipt.location_id.usage == "supplier" \
            else self.partner_id.with_company(self.company_id).property_stock_supplier
        goods = self._get_goods(self._get_open_quantity())
        picking = self.env["stock.picking"].create(
            self._prepare_return_picking_vals(self._prepare_transfer_vals(destination, picking_type)))
        origin = self._prepare_origin_vals(receipt, picking)
        self.env["stock.move"].create([
            self._prepare_return_vals({
                **origin, **self._prepare_transfer_move_vals(place, destination, lines), "picking_id": picking.id})
            for place, lines in goods.items()])
        picking._complete_chosen_lines()
        return picking

    def _prepare_origin_vals(self, receipt, picking):
        """What Odoo's own return hands on of the receipt: order, kit, owner, references, whatever other addons add."""
        if receipt.picking_id.picking_type_code != "incoming":
            return {"origin_returned_move_id": receipt.id}
        wizard = self.env["stock.return.picking"].create({"picking_id": receipt.picking_id.id})
        line = wizard.product_return_moves.filtered(lambda line: line.move_id == receipt)
        return receipt.copy_data(line._prepare_move_default_values(picking))[0]

    def _prepare_return_picking_vals(self, vals):
        """Values of the return's transfer; addons with purchases add their links."""
        return vals

    def _prepare_return_vals(self, vals):
        """Values of one of the return's moves; addons with purchases link the order's line and the refund."""
        return vals

    def _create_scrap(self):
        """Scrap by Odoo's own scrap order, with its valuation."""
        goods = self._get_goods(self._get_open_quantity())
        for place, lines in goods.items():
            for quant, quantity in lines:
                scrap = self.env["stock.scrap"].create(self._prepare_scrap_vals(place, quant, quantity))
                scrap.do_scrap()
                scrap.flush_recordset(["scrap_qty"])  # one by one: of several mrp computes the first, the others get 1

    def _prepare_scrap_vals(self, place, quant, quantity):
        return {
            "company_id": self.company_id.id,
            "origin": self.nonconformity_id.name,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "scrap_qty": quantity,
            "location_id": place.id,
            "lot_id": quant.lot_id.id,
            "package_id": quant.package_id.id,
            "owner_id": quant.owner_id.id,
            "quality_disposition_id": self.id,
        }

    def _receive_back(self, quantity, lots):
        """Repaired goods are back at the gate: into the hold location and to their re-inspection (NCR-4, NCR-5)."""
        self.ensure_one()
        self._lock_documents()
        place = self.company_id._get_quality_repair_location()
        goods = self._get_goods(quantity, place, lots)
        warehouse = self._get_hold_location().warehouse_id
        picking = self._create_transfer(self._get_hold_location(), warehouse.int_type_id, quantity, goods=goods)
        self._reinspect(quantity, lots)
        self._after_change()
        return picking

    def _create_gate_pass(self, picking, reason, must_return):
        """The paper with which the guard lets the goods out (NCR-5)."""
        return self.env["stock.gate.pass"].create(self._prepare_gate_pass_vals(picking, reason, must_return))

    def _prepare_gate_pass_vals(self, picking, reason, must_return):
        return {
            "company_id": self.company_id.id,
            "reason": reason,
            "must_return": must_return,
            "partner_id": self.partner_id.id,
            "picking_id": picking.id,
            "disposition_id": self.id,
            "expected_return": self.expected_return if must_return else False,
            "requested_by": self.decided_by.id or self.env.uid,
            "line_ids": [Command.create({
                "product_id": line.product_id.id, "lot_id": line.lot_id.id, "uom_id": line.product_uom_id.id,
                "quantity": line.quantity,
            }) for line in picking.move_line_ids],
        }

    def _free_chained_demands(self):
        """Nothing of the receipt is left to come: orders chained to it may take the product from stock (MAT-6)."""
        if not self.inspection_id:
            return
        root = self.inspection_id._get_root()
        if any(inspection.quantity_open > 0 for inspection in root._get_family()):
            return
        for move in root.move_id.move_dest_ids:
            if move.state in ("waiting", "confirmed", "partially_available") and not move.quality_disposition_id \
                    and all(origin.state in ("done", "cancel") for origin in move.move_orig_ids):
                for origin in move.move_orig_ids:
                    move._break_mto_link(origin)

    def _on_moves_done(self, moves):
        """Moves under these tranches are done: by the guard, by the storekeeper, by themselves."""
        self._after_change()
        for row in self.filtered(lambda row: row.state == "in_progress" and row.kind in ("return", "repair")):
            rest = row._get_pending_moves().picking_id - row.gate_pass_ids.filtered(
                lambda gate: not gate.is_cancelled).picking_id
            for picking in rest:  # backorder of a part that left: it needs a pass of its own
                row._create_gate_pass(picking, row.kind, must_return=row.kind == "repair")

    def _on_moves_cancelled(self, moves):
        """Somebody cancelled a transfer: its gate pass goes too, and the head of quality is told."""
        for row in self.filtered(lambda row: row.state == "in_progress" and row.kind in ("return", "repair")):
            row.gate_pass_ids.filtered(
                lambda gate: gate.state in ("draft", "approved") and gate.picking_id in moves.picking_id)._cancel()
            if not row._get_pending_moves():
                row.nonconformity_id._ask_decider(row.env._(
                    "The transfer of %(row)s was cancelled: make it again or give it up.", row=row.display_name))
