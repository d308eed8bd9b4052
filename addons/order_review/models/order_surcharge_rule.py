from odoo import api, fields, models


class OrderSurchargeRule(models.Model):
    """Surcharge for a special design (异型更改标准, QUO-1)."""

    _name = "order.surcharge.rule"
    _inherit = ["document.number.mixin"]
    _description = "Surcharge Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    category_ids = fields.Many2many(
        "product.category", string="Product categories", help="Empty: any product.")
    kind = fields.Selection(
        [("percent", "Percentage of the line"), ("fixed", "Amount for each unit")], required=True, default="percent")
    value = fields.Float(required=True, help="Percent, or an amount in the company's currency.")
    product_id = fields.Many2one(
        "product.product", string="Invoiced as", required=True, check_company=True,
        domain="[('type', '=', 'service'), ('sale_ok', '=', True)]")

    _value_positive = models.Constraint("CHECK(value > 0)", "A surcharge must be more than zero.")

    @api.model
    def _applies_to(self, product):
        return not self.category_ids or bool(
            product.categ_id.filtered_domain([("id", "child_of", self.category_ids.ids)]))

    def _get_price(self, line):
        """Unit price of the surcharge, in the order's currency, for the whole quantity of a line."""
        self.ensure_one()
        if self.kind == "percent":
            return line.currency_id.round(line.price_subtotal * self.value / 100)
        order = line.order_id
        amount = order.company_id.currency_id._convert(
            self.value, order.currency_id, order.company_id, order.date_order)
        return line.currency_id.round(amount * line.product_uom_qty)
