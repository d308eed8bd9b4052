from odoo import api, fields, models


class OrderReviewItem(models.Model):
    """Snapshot of one order line, as it was reviewed."""

    _name = "order.review.item"
    _inherit = ["document.control.mixin"]
    _description = "Reviewed Order Line"
    _order = "sequence, id"
    _rec_name = "description"

    review_id = fields.Many2one("order.review", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    order_line_id = fields.Integer(readonly=True, help="Id of the order line, which may be gone since.")
    sequence = fields.Integer(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict", index="btree_not_null")
    description = fields.Text(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit of measure", readonly=True, ondelete="restrict")
    unit_name = fields.Char(
        string="Unit", compute="_compute_unit_name", store=True, help="As it was then, for the form.")
    currency_id = fields.Many2one(related="review_id.currency_id")
    price_unit = fields.Monetary(readonly=True, groups="sales_team.group_sale_salesman")
    discount = fields.Float(
        string="Discount (%)", digits="Discount", readonly=True, groups="sales_team.group_sale_salesman")
    price_subtotal = fields.Monetary(
        string="Subtotal", readonly=True, groups="sales_team.group_sale_salesman")
    delivery_date = fields.Date(readonly=True)
    design_class = fields.Selection(
        selection=lambda self: self.env["product.template"]._fields["design_class"]._description_selection(self.env),
        string="Design", readonly=True)
    supply_origin = fields.Selection(
        selection=lambda self: self.env["product.template"]._fields["supply_origin"]._description_selection(self.env),
        readonly=True)

    @api.depends("uom_id")  # not its name: the words stay those of the day
    def _compute_unit_name(self):
        for item in self:
            item.unit_name = item.uom_id.name

    def _is_frozen(self):
        return self.review_id.state != "draft"
