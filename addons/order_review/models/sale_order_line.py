from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "document.fence.mixin"]

    surcharge_rule_ids = fields.Many2many(
        "order.surcharge.rule", string="Surcharges", check_company=True,
        help="Special designs of this line that are charged in addition.")
    surcharge_rule_id = fields.Many2one(
        "order.surcharge.rule", string="Surcharge", readonly=True, copy=False, ondelete="restrict",
        index="btree_not_null")
    surcharge_source_id = fields.Many2one(
        "sale.order.line", string="Surcharge of", readonly=True, copy=False, ondelete="cascade", index="btree_not_null")

    @api.constrains("surcharge_rule_ids", "product_id")
    def _check_surcharge_rules(self):
        for line in self:
            wrong = line.surcharge_rule_ids.filtered(lambda rule, line=line: not rule._applies_to(line.product_id))
            if wrong:
                raise ValidationError(self.env._(
                    "%(rules)s: not meant for %(product)s.", rules=", ".join(wrong.mapped("name")),
                    product=line.product_id.display_name))

    def write(self, vals):
        result = super().write(vals)
        if self.env["order.intake.check"]._asks_for(vals):
            self.order_id._look_at_intake_anew()
        return result

    def _is_entered_by_system(self):
        """Whether the line only states what an invoice, an expense or a delivery of the order has brought about.

        Each is tied to its document: a flag that a hand has set makes no line the system's.
        """
        self.ensure_one()
        if self.is_downpayment:
            return self._is_invoiced_down_payment()
        if self.is_expense:
            return bool(self.analytic_line_ids)
        delivered_beyond = self.product_id and not self.product_uom_qty and "move_ids" in self._fields  # sale_stock's
        return bool(delivered_beyond and self.move_ids)

    def _is_invoiced_down_payment(self):
        """Whether a down payment's invoice made the line: it orders nothing, and deducts no more than was invoiced."""
        if self.display_type:
            return any(line._is_invoiced_down_payment() for line in self.order_id.order_line
                       if line.is_downpayment and not line.display_type)
        invoiced = self.invoice_lines.filtered("is_downpayment")
        return bool(invoiced) and not (self.product_id or self.product_uom_qty) and self.currency_id.compare_amounts(
            abs(self.price_unit), sum(abs(line.price_unit) for line in invoiced)) <= 0

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"surcharge_rule_id", "surcharge_source_id"}
