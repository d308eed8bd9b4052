from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class ServiceVisitPart(models.Model):
    """A part used on site; it leaves the technician's own stock when the visit is signed (AFT-3)."""

    _name = "service.visit.part"
    _inherit = ["service.visit.line.mixin"]
    _description = "Part Used on a Visit"
    _rec_name = "product_id"
    _order = "visit_id, id"

    user_id = fields.Many2one(
        "res.users", string="From the Stock of", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user, domain="[('share', '=', False)]")
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('type', '=', 'consu')]")
    tracking = fields.Selection(related="product_id.tracking", export_string_translation=False)
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", index="btree_not_null", ondelete="restrict", check_company=True,
        domain="[('product_id', '=', product_id)]")
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0, aggregator=None)
    uom_id = fields.Many2one(
        "uom.uom", string="Unit", compute="_compute_uom_id", store=True, readonly=False, precompute=True,
        ondelete="restrict")
    move_id = fields.Many2one("stock.move", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A part that was used has a quantity.")

    @api.depends("product_id")
    def _compute_uom_id(self):
        for part in self:
            unit = part.product_id.uom_id
            if not part.uom_id or unit and not part.uom_id._has_common_reference(unit):
                part.uom_id = unit

    @api.constrains("product_id", "uom_id", "lot_id")
    def _check_product(self):
        for part in self:
            if part.uom_id and not part.uom_id._has_common_reference(part.product_id.uom_id):
                raise ValidationError(self.env._(
                    "%(part)s is not counted in %(unit)s but in %(needed)s.", part=part.product_id.display_name,
                    unit=part.uom_id.name, needed=part.product_id.uom_id.name))
            if part.lot_id and part.lot_id.product_id != part.product_id:
                raise ValidationError(self.env._(
                    "%(lot)s is no number of %(part)s.", lot=part.lot_id.name, part=part.product_id.display_name))

    def _hand_over(self):
        """The parts go from the technicians' stock to the customer, now.

        :raise UserError: a technician has no stock, or not what was used; nothing has moved then
        """
        moves = self.env["stock.move"].sudo()  # sudo: technicians book no stock by hand; the visit was checked
        for part in self.sudo():
            part._check_there()
            move = moves.create(part._prepare_move_vals())
            if move._action_confirm(merge=False) != move:
                raise UserError(self.env._(
                    "%(part)s is a kit: name the parts of it that were used.", part=part.product_id.display_name))
            part.move_id = move
            part._take()
            move._action_done()

    def _take(self):
        """Choose what leaves: of the lot that is named; which place, package and owner is for Odoo to know."""
        move = self.move_id
        move._do_unreserve()  # what the confirmation has reserved may be of another lot
        if self.product_id.is_storable:
            needed = self.uom_id._compute_quantity(self.quantity, self.product_id.uom_id)
            move._update_reserved_quantity(needed, move.location_id, lot_id=self.lot_id, strict=False)
        else:
            move.move_line_ids = [Command.create(self._prepare_line_vals())]
        move.picked = True

    def _check_there(self):
        """:raise UserError: the technician does not have it"""
        location = self._get_location()
        if not location:
            raise UserError(self.env._(
                "%(person)s has no stock of his own. A location of the warehouse says whose it is: Technician.",
                person=self.user_id.name))
        if self.tracking != "none" and not self.lot_id:
            raise UserError(self.env._(
                "%(part)s: name the lot or serial number.", part=self.product_id.display_name))
        if not self.product_id.is_storable:
            return
        needed = self.uom_id._compute_quantity(self.quantity, self.product_id.uom_id)
        there = self.env["stock.quant"]._get_available_quantity(self.product_id, location, lot_id=self.lot_id or None)
        if self.product_id.uom_id.compare(there, needed) < 0:
            raise UserError(self.env._(
                "%(person)s does not have %(quantity)s %(unit)s of %(part)s: %(there)s are in %(location)s. Correct "
                "the part, or have it transferred to him.", person=self.user_id.name, quantity=f"{needed:g}",
                unit=self.product_id.uom_id.name, part=self.lot_id.display_name or self.product_id.display_name,
                there=f"{there:g}", location=location.display_name))

    def _get_location(self):
        return self.env["stock.location"]._get_technician_stock(self.user_id, self.company_id)

    def _prepare_move_vals(self):
        visit = self.visit_id
        return {
            "product_id": self.product_id.id, "product_uom": self.uom_id.id, "product_uom_qty": self.quantity,
            "location_id": self._get_location().id, "location_dest_id": visit._get_customer_location().id,
            "company_id": visit.company_id.id, "partner_id": visit.partner_id.id, "origin": visit.name,
            "reference": visit.name}

    def _prepare_line_vals(self):
        move = self.move_id
        return {
            "product_id": self.product_id.id, "product_uom_id": self.uom_id.id, "quantity": self.quantity,
            "lot_id": self.lot_id.id, "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            "company_id": self.company_id.id, "picked": True}

    @api.model
    def _get_line_fields(self):
        return {"user_id", "product_id", "lot_id", "quantity", "uom_id"}
