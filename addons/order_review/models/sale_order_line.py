from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "order.fence.mixin"]

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

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"surcharge_rule_id", "surcharge_source_id"}
