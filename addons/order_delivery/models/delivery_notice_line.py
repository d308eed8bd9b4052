from odoo import api, fields, models


class DeliveryNoticeLine(models.Model):
    """Goods of a delivery notice, as its transfers said when it was released; and what has left of them."""

    _name = "delivery.notice.line"
    _inherit = ["document.control.mixin", "document.quantity.mixin"]
    _description = "Goods of a Delivery Notice"
    _order = "notice_id, sequence, id"
    _check_company_auto = True
    _quantity_unit = "uom_id"

    notice_id = fields.Many2one("delivery.notice", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10, readonly=True)
    move_id = fields.Many2one(
        "stock.move", string="Stock Move", readonly=True, index="btree_not_null", ondelete="set null")
    sale_line_id = fields.Many2one(
        "sale.order.line", string="Order Line", readonly=True, index="btree_not_null", ondelete="set null")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    name = fields.Char(string="Description", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", required=True, readonly=True, ondelete="restrict")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="What leaves by this notice.")
    quantity_agreed = fields.Float(
        string="Agreed Missing", digits="Product Unit", readonly=True,
        help="What may be missing: the customer has agreed.")
    quantity_shipped = fields.Float(
        string="Shipped", digits="Product Unit", compute="_compute_quantity_shipped", compute_sudo=True,
        help="What the store has booked out.")
    quantity_missing = fields.Float(
        string="Missing", digits="Product Unit", compute="_compute_quantity_missing",
        help="Of what was to leave; nothing before it has left.")

    @api.depends("move_id.state", "move_id.quantity", "move_id.product_id", "product_id", "uom_id")
    def _compute_quantity_shipped(self):
        for line in self:
            line.quantity_shipped = line._get_shipped()

    def _get_shipped(self):
        """What has left of it, in its unit."""
        move = self.move_id
        if move.state != "done" or move.product_id != self.product_id:
            return 0.0
        return move.product_uom._compute_quantity(move.quantity, self.uom_id)

    @api.depends("quantity", "quantity_shipped", "notice_id.state")
    def _compute_quantity_missing(self):
        for line in self:
            is_out = line.notice_id.state in ("shipped", "signed", "closed")
            line.quantity_missing = max(line.quantity - line.quantity_shipped, 0.0) if is_out else 0.0

    @api.depends("product_id", "quantity", "uom_id")
    def _compute_display_name(self):
        for line in self:
            goods = line.product_id.display_name or ""
            line.display_name = f"{goods} {line.quantity:g} {line.uom_id.name or ''}".strip()

    def _get_frozen_fields(self):
        if self.notice_id.state == "draft":
            return set()
        living = {"move_id", "quantity_missing", "quantity_shipped", "sale_line_id"}
        if self.notice_id.state in ("released", "shipped"):
            living |= {"quantity_agreed"}
        return set(self._fields) - living

    def _is_frozen(self):
        return self.notice_id.state not in ("draft", False)
