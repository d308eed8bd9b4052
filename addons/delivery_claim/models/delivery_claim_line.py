from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.order_delivery.models.delivery_notice import LOGISTICS


class DeliveryClaimLine(models.Model):
    """Goods of a claim: which of what was shipped is damaged, missing or lost, and what it is worth."""

    _name = "delivery.claim.line"
    _inherit = ["document.control.mixin", "document.quantity.mixin"]
    _description = "Goods of a Carriage Claim"
    _order = "claim_id, sequence, id"
    _check_company_auto = True
    _quantity_unit = "uom_id"

    claim_id = fields.Many2one("delivery.claim", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="claim_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="claim_id.currency_id")
    sequence = fields.Integer(default=10, readonly=True)
    crate_id = fields.Many2one("delivery.crate", readonly=True, index="btree_not_null", ondelete="restrict")
    notice_line_id = fields.Many2one(
        "delivery.notice.line", string="Line of the Notice", readonly=True, index="btree_not_null", ondelete="set null")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    lot_name = fields.Char(string="Lot / Serial", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", required=True, readonly=True, ondelete="restrict")
    condition = fields.Selection(
        [("damaged", "Damaged"), ("missing", "Missing"), ("lost", "Lost")], required=True, default="damaged")
    quantity_shipped = fields.Float(
        string="Shipped", digits="Product Unit", readonly=True, help="What has left in this crate.")
    quantity = fields.Float(digits="Product Unit", help="How much of it is damaged, missing or lost.")
    unit_value = fields.Monetary(
        compute="_compute_unit_value", store=True, readonly=False, precompute=True, aggregator=None,
        help="What one unit is worth: the price of the order. A repair costs less: write its cost.")
    amount = fields.Monetary(string="Claimed", compute="_compute_amount", store=True, aggregator=None)
    note = fields.Char(string="Remark", help="What exactly is damaged.")

    @api.depends("claim_id.currency_id", "notice_line_id", "product_id")
    def _compute_unit_value(self):
        for line in self.sudo():  # sudo: logistics reads no order; what goods are worth is on its claim
            line.unit_value = line._get_unit_value()

    @api.depends("quantity", "unit_value", "claim_id.currency_id")
    def _compute_amount(self):
        for line in self:
            line.amount = line.currency_id.round(line.quantity * line.unit_value) if line.currency_id else 0.0

    @api.depends("product_id", "quantity", "uom_id")
    def _compute_display_name(self):
        for line in self:
            goods = line.product_id.display_name or ""
            line.display_name = f"{goods} {line.quantity:g} {line.uom_id.name or ''}".strip()

    @api.constrains("quantity", "unit_value")
    def _check_quantity(self):
        for line in self:
            if line.quantity < 0 or line.uom_id.compare(line.quantity, line.quantity_shipped) > 0:
                raise UserError(self.env._(
                    "%(claim)s: of %(goods)s only %(shipped)s %(unit)s have left, not %(quantity)s.",
                    claim=line.claim_id.display_name, goods=line.product_id.display_name,
                    shipped=f"{line.quantity_shipped:g}", unit=line.uom_id.name, quantity=f"{line.quantity:g}"))
            if line.unit_value < 0:
                raise UserError(self.env._("%(goods)s is not worth less than nothing.",
                                           goods=line.product_id.display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        for line in self:
            line._check_groups(LOGISTICS)
            line.claim_id._check_state("draft")

    def _get_unit_value(self):
        """The price of the order, in the unit and the currency of the claim; parts of a set have their own price."""
        claim, sold, product = self.claim_id, self.notice_line_id.sale_line_id, self.product_id
        if sold.product_id == product:
            price, unit, currency = sold.price_reduce_taxexcl, sold.product_uom_id, sold.currency_id
        else:
            price, unit, currency = product.lst_price, product.uom_id, product.currency_id
        if not (claim.currency_id and self.uom_id and unit):
            return 0.0
        return currency._convert(
            unit._compute_price(price, self.uom_id), claim.currency_id, claim.company_id,
            claim.received_on or claim.company_id._get_today())

    def _find_lost(self):
        """The move by which these goods left, and their lot or serial number; as superuser."""
        self.ensure_one()
        moves = self.sudo().claim_id.notice_id.picking_ids.move_ids.filtered(  # sudo: transfers, whoever claims
            lambda move: move.state == "done" and move.product_id == self.product_id)
        lots = moves.lot_ids.filtered(lambda lot: lot.name == self.lot_name) if self.lot_name else moves.lot_ids[:0]
        if lots:
            moves = moves.filtered(lambda move: lots in move.lot_ids)
        return (moves & self.notice_line_id.move_id or moves)[:1], lots

    def _prepare_loss(self, move, lost):
        return {
            "product_id": self.product_id.id, "product_uom": self.uom_id.id, "product_uom_qty": self.quantity,
            "location_id": move.location_dest_id.id, "location_dest_id": lost.id, "company_id": self.company_id.id,
            "origin": self.claim_id.name, "origin_returned_move_id": move.id, "to_refund": True,
            "sale_line_id": move.sale_line_id.id, "procure_method": "make_to_stock",
            "delivery_claim_id": self.claim_id.id,
            # of a kit: by it the order counts how many whole ones are delivered
            **({"bom_line_id": move.bom_line_id.id} if "bom_line_id" in move._fields else {})}

    def _get_open_fields(self):
        if self.claim_id.state == "draft" and self.env.user.has_group(LOGISTICS):
            return {"quantity", "unit_value", "condition", "note"}
        return set()

    def _get_frozen_fields(self):
        return set(self._fields) - {"notice_line_id"} if self._is_frozen() else set()

    def _is_frozen(self):
        return self.claim_id.state not in ("draft", False)
