from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleOrder(models.Model):
    """Price of special designs (QUO-1)."""

    _inherit = "sale.order"

    def action_apply_surcharges(self):
        """Add or refresh one line for each surcharge rule of the order's lines; remove those no more due.

        :raise UserError: the order is regular, or no more a quotation
        """
        for order in self:
            if order.state not in ("draft", "sent"):
                raise UserError(self.env._("%(order)s is not a quotation.", order=order.name))
            if order._get_order_class() == "regular":
                raise UserError(self.env._(
                    "%(order)s is a regular order: it is quoted from the price list, without surcharges.",
                    order=order.name))
            order._apply_surcharges()
        return True

    def _apply_surcharges(self):
        self.ensure_one()
        former = {(line.surcharge_source_id, line.surcharge_rule_id): line
                  for line in self.order_line.filtered("surcharge_rule_id")}
        commands = []
        for source in self.order_line.filtered(lambda line: not line.surcharge_rule_id):
            for rule in source.surcharge_rule_ids:
                line = former.pop((source, rule), None)
                values = self._prepare_surcharge(source, rule)
                commands.append(Command.update(line.id, values) if line else Command.create({
                    **values, "surcharge_source_id": source.id, "surcharge_rule_id": rule.id,
                    "product_id": rule.product_id.id, "product_uom_qty": 1.0, "sequence": source.sequence}))
        commands += [Command.delete(line.id) for line in former.values()]
        if commands:
            self.check_access("write")
            self.sudo().write({"order_line": commands})  # what a line is the surcharge of is not given by hand

    def _prepare_surcharge(self, source, rule):
        words = self.with_context(lang=self._get_lang())  # the customer's, as core does: content, whoever refreshes it
        source, rule = source.with_env(words.env), rule.with_env(words.env)
        return {
            "name": words.env._("%(rule)s: %(product)s", rule=rule.name, product=source.product_id.display_name),
            "price_unit": rule._get_price(source),
            "discount": 0.0,
        }

    def _get_update_prices_lines(self):
        return super()._get_update_prices_lines().filtered(lambda line: not line.surcharge_rule_id)

    def _recompute_prices(self):
        result = super()._recompute_prices()
        for order in self.filtered(lambda order: order.order_line.surcharge_rule_id):
            order._apply_surcharges()
        return result
