from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class MaterialReturnLine(models.Model):
    """One material on a return slip (MAT-11)."""

    _name = "material.return.line"
    _description = "Line of a Return of Material"
    _rec_name = "product_id"
    _inherit = ["document.quantity.mixin", "document.fence.mixin"]
    _check_company_auto = True

    return_id = fields.Many2one("material.return", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="return_id.company_id", store=True)
    production_id = fields.Many2one(related="return_id.production_id")
    product_id = fields.Many2one(
        "product.product", required=True, check_company=True, domain="[('is_storable', '=', True)]")
    tracking = fields.Selection(related="product_id.tracking")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial Number", check_company=True, domain="[('product_id', '=', product_id)]")
    quantity = fields.Float(digits="Product Unit", required=True, default=1, help="In the product's unit.")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    condition = fields.Selection(
        [("good", "Good"), ("doubtful", "Doubtful")], default="good", required=True,
        help="Doubtful material is isolated for quality when it arrives.")
    note = fields.Char()
    source = fields.Selection(
        [("line", "Not consumed yet"), ("consumed", "Consumed by the order")], compute="_compute_source")
    move_ids = fields.One2many("stock.move", "material_return_line_id", string="Stock Moves")
    returned_quantity = fields.Float(compute="_compute_returned_quantity", digits="Product Unit")

    @api.depends("production_id.state", "production_id.location_src_id")
    def _compute_source(self):
        for line in self:
            line.source = "consumed" if line.production_id.state == "done" else "line"

    @api.depends("move_ids.state", "move_ids.quantity")
    def _compute_returned_quantity(self):
        for line in self:
            line.returned_quantity = sum(
                move.product_uom._compute_quantity(move.quantity, line.product_uom_id)
                for move in line.move_ids if move.state == "done")

    @api.constrains("quantity", "product_id", "lot_id")
    def _check_quantity(self):
        for line in self:
            uom = line.product_id.uom_id
            if uom.compare(line.quantity, 0) <= 0:
                raise ValidationError(self.env._(
                    "%(product)s: the returned quantity must be above 0.", product=line.product_id.display_name))
            if line.tracking == "serial" and uom.compare(line.quantity, 1):
                raise ValidationError(self.env._(
                    "%(product)s: a serial number is returned once, quantity 1.",
                    product=line.product_id.display_name))
            if line.lot_id and line.lot_id.product_id != line.product_id:
                raise ValidationError(self.env._(
                    "%(lot)s is no lot of %(product)s.", lot=line.lot_id.name, product=line.product_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"move_ids", "company_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_draft()

    def _check_draft(self):
        for line in self:
            if line.return_id.state != "draft":
                raise UserError(self.env._(
                    "Return of material %(name)s is submitted; its lines cannot be changed.",
                    name=line.return_id.name))

    def _get_source_location(self):
        """Where the material comes from: the place at the line, or out of the product it was built into."""
        production = self.production_id
        if self.source == "consumed":
            return self.product_id.with_company(self.company_id).property_stock_production
        return production.location_src_id

    def _check_returnable(self):
        """Not more than was issued comes back: consumed by the order, or on hand at its line.

        :raise UserError: says how much can come back
        """
        for key, lines in self.grouped(lambda line: (line.product_id, line.lot_id, line.source)).items():
            product, lot, source = key
            if product.tracking != "none" and not lot:
                raise UserError(self.env._("%(product)s is tracked: say which lot or serial number comes back.",
                                           product=product.display_name))
            issued = (lines[0]._get_consumed(product, lot) if source == "consumed"
                      else lines[0]._get_at_line(product, lot))
            if product.uom_id.compare(sum(lines.mapped("quantity")), issued) > 0:
                raise UserError(self.env._(
                    "%(product)s %(lot)s: at most %(quantity)s %(uom)s can come back from %(order)s.",
                    product=product.display_name, lot=lot.name or "", quantity=f"{max(0, issued):g}",
                    uom=product.uom_id.name, order=lines[0].production_id.name))

    def _get_consumed(self, product, lot):
        """Consumed by the order and not returned yet, in the product's unit."""
        slips = self.sudo().production_id.material_return_ids.filtered(lambda slip: slip.state in ("submitted", "done"))
        back = slips.line_ids.filtered(
            lambda line: line.product_id == product and line.lot_id == lot and line.source == "consumed")
        return sum(self._get_consumed_lines(product, lot).mapped("quantity_product_uom")) - sum(back.mapped("quantity"))

    def _get_consumed_lines(self, product, lot):
        # sudo: what the order consumed, whoever returns it
        return self.sudo().production_id.move_raw_ids.move_line_ids.filtered(
            lambda line: line.state == "done" and line.product_id == product and (not lot or line.lot_id == lot))

    def _get_owner_shares(self):
        """Whose the consumed goods are that come back: ``{owner: quantity}``, in the order in which they were taken."""
        consumed = self._get_consumed_lines(self.product_id, self.lot_id)
        returned = self.production_id.material_return_ids.line_ids.move_ids.move_line_ids.filtered(
            lambda line: line.state != "cancel" and line.product_id == self.product_id
            and (not self.lot_id or line.lot_id == self.lot_id) and line.location_id.usage == "production")
        shares, left = {}, self.quantity
        for owner, lines in consumed.grouped("owner_id").items():
            back = returned.filtered(lambda line, owner=owner: line.owner_id == owner)
            share = min(left, sum(lines.mapped("quantity_product_uom")) - sum(back.mapped("quantity_product_uom")))
            if self.product_uom_id.compare(share, 0) > 0:
                shares[owner] = share
                left -= share
        return shares

    def _get_at_line(self, product, lot):
        """On hand at the order's source location, not reserved for other orders; in the product's unit.

        Where components are consumed from the stock itself nothing was issued that could come back.
        """
        # sudo: people of production need not see quants
        production = self.sudo().production_id
        if production.location_src_id == production.picking_type_id.warehouse_id.lot_stock_id:
            return 0
        free = self.env["stock.quant"].sudo()._get_available_quantity(
            product, production.location_src_id, lot_id=lot or None, strict=False)
        own = production.move_raw_ids.filtered(
            lambda move: move.product_id == product and move.state not in ("done", "cancel")
            and not move.picked).move_line_ids.filtered(lambda line: not lot or line.lot_id == lot)
        return free + sum(own.mapped("quantity_product_uom"))

    def _prepare_move_vals(self, warehouse):
        consumed = self._get_consumed_lines(self.product_id, self.lot_id).move_id if self.source == "consumed" else None
        return {
            "product_id": self.product_id.id, "product_uom_qty": self.quantity, "product_uom": self.product_uom_id.id,
            "location_id": self._get_source_location().id, "location_dest_id": warehouse.lot_stock_id.id,
            "company_id": self.company_id.id, "origin": self.return_id.name, "material_return_line_id": self.id,
            "procure_method": "make_to_stock", "description_picking": self.note or False,
            "reference_ids": [Command.set(self.production_id.reference_ids.ids)],
            "origin_returned_move_id": consumed[:1].id if consumed else False}

    def _fill_transfer(self):
        """Put the lots into the transfer, as Odoo reserves; the storekeeper still counts before he validates."""
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        moves._do_unreserve()
        for line in self:
            move = moves.filtered(lambda move, line=line: move.material_return_line_id == line)
            if line.source == "line":
                move._update_reserved_quantity(line.quantity, move.location_id, lot_id=line.lot_id, strict=False)
            else:
                move.move_line_ids = [Command.create({
                    **move._prepare_move_line_vals(quantity=share), "lot_id": line.lot_id.id, "owner_id": owner.id,
                }) for owner, share in line._get_owner_shares().items()]
        moves._recompute_state()
        moves.picking_id._check_entire_pack()
        moves.move_line_ids._apply_putaway_strategy()

    def _on_returned(self):
        """Called when stock moves of these lines are done or cancelled: slips of which nothing is under way end.

        What came back, came back; a slip of which nothing did is cancelled.
        """
        if not self:
            return
        # sudo: the storekeeper validates the transfer, the slip follows
        slips = self.sudo().return_id.filtered(lambda slip: slip.state == "submitted")
        received = slips.filtered(lambda slip: "done" in slip.line_ids.move_ids.mapped("state"))
        received._note_receiver()
        ended = slips.filtered(lambda slip: not slip._get_pending_moves())
        (received & ended)._on_received()
        (ended - received)._on_nothing_came()

    def _adjust_requirement(self):
        """By a design change, or if not needed, the open order's requirement falls by what came back (MAT-11)."""
        for line in self.filtered(lambda line: line.return_id.reason in ("change", "unused")):
            production = line.production_id
            if production.state in ("done", "cancel"):
                continue
            move = production.move_raw_ids.filtered(
                lambda move, line=line: move.product_id == line.product_id
                and move.state not in ("done", "cancel"))[:1]
            returned = line.product_uom_id._compute_quantity(line.returned_quantity, move.product_uom) if move else 0
            if move and returned:
                # what came back was issued already: the transfers that issued it are not to be corrected
                move.with_context(no_procurement=True).product_uom_qty = max(0, move.product_uom_qty - returned)

    def _report_doubtful(self):
        """Doubtful material is reported and isolated, so that nobody takes it from stock (REC-7, NCR-1)."""
        for line in self.filtered(lambda line: line.condition == "doubtful" and line.returned_quantity):
            report = self.env["quality.nonconformity"].create({
                "source": "process", "severity": "minor", "product_id": line.product_id.id,
                "quantity": line.returned_quantity, "company_id": line.company_id.id,
                "lot_ids": [Command.set(line.lot_id.ids)], "production_id": line.production_id.id,
                "location_id": line.move_ids.filtered(lambda move: move.state == "done").location_dest_id[:1].id,
                "own_process": False, "reported_by": line.return_id.requested_by.id,
                "description": self.env._("%(slip)s: %(note)s", slip=line.return_id.name,
                                          note=line.note or self.env._("Doubtful material came back"))})
            report._open()
            if out := report._get_releases_out():
                out._ask_recall()  # their inspection answers for these goods: the recall has them held with it
            else:
                report._isolate()
