from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class MaterialReturnLine(models.Model):
    """One material on a return slip (MAT-11)."""

    _name = "material.return.line"
    _inherit = ["quality.quantity.mixin"]
    _description = "Line of a Return of Material"
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
        # sudo: what the order consumed, whoever returns it
        production = self.sudo().production_id
        consumed = production.move_raw_ids.filtered(lambda move: move.state == "done").move_line_ids.filtered(
            lambda line: line.product_id == product and (not lot or line.lot_id == lot))
        slips = production.material_return_ids.filtered(lambda slip: slip.state in ("submitted", "done"))
        back = slips.line_ids.filtered(
            lambda line: line.product_id == product and line.lot_id == lot and line.source == "consumed")
        return sum(consumed.mapped("quantity_product_uom")) - sum(back.mapped("quantity"))

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
        return {
            "product_id": self.product_id.id, "product_uom_qty": self.quantity, "product_uom": self.product_uom_id.id,
            "location_id": self._get_source_location().id, "location_dest_id": warehouse.lot_stock_id.id,
            "company_id": self.company_id.id, "origin": self.return_id.name, "material_return_line_id": self.id,
            "procure_method": "make_to_stock", "description_picking": self.note or False}

    def _fill_transfer(self):
        """Put the lots into the transfer; the storekeeper still counts before he validates."""
        for line in self:
            move = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            move._do_unreserve()
            move.move_line_ids = [Command.clear(), Command.create({
                "product_id": line.product_id.id, "product_uom_id": line.product_uom_id.id,
                "quantity": line.quantity, "lot_id": line.lot_id.id, "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id, "company_id": line.company_id.id,
                "picking_id": move.picking_id.id})]

    def _on_returned(self):
        """Called when stock moves of these lines are done: slips of which nothing is under way are closed."""
        if not self:
            return
        slips = self.sudo().return_id  # the storekeeper validates the transfer, the slip follows
        slips.filtered(lambda slip: all(
            move.state in ("done", "cancel") for move in slip.line_ids.move_ids))._on_received()

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
            report._isolate()
