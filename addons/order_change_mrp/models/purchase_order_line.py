from odoo import models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _describe_change_of_supply(self, supply):
        """What happens to the line, for the impact of a change; a confirmed order is a contract: its buyer is asked."""
        unit, number = self.product_id.uom_id, self.env["order.change"]._format_number
        before = self.product_uom_qty
        after = before - supply.fall + supply.growth
        received = self.product_uom_id._compute_quantity(self.qty_received, unit, round=False)
        values = {"record": self.order_id, "name": f"{self.order_id.name}, {self.product_id.display_name}"}
        figures = {"before": number(before), "after": number(after), "unit": unit.name}
        if self.state != "purchase":
            return {**values, "what": self._describe_open_change(after, supply, figures)}
        surplus = max(0.0, supply.fall - max(0.0, before - received))
        proposed = before - supply.fall + surplus
        what = []
        if supply.fall > surplus:
            what.append(self.env._(
                "becomes a proposal for the buyer: %(proposed)s instead of %(before)s %(unit)s",
                proposed=number(proposed), **figures))
        if surplus:
            values |= {
                "obstacle": self.env._("%(quantity)s %(unit)s are received", quantity=number(received), unit=unit.name),
                "is_blocking": False, "surplus_cost": surplus * self._get_cost_of_unit()}
            what.append(self.env._("%(surplus)s %(unit)s become surplus", surplus=number(surplus), unit=unit.name))
        return {**values, "what": "; ".join(what)}

    def _describe_open_change(self, after, supply, figures):
        if self.product_id.uom_id.is_zero(after):
            return self.env._("is taken off the request for quotation (%(before)s %(unit)s)", **figures)
        if supply.fall > supply.growth:
            return self.env._("falls from %(before)s to %(after)s %(unit)s", **figures)
        return self.env._("grows from %(before)s to %(after)s %(unit)s", **figures)

    def _get_cost_of_unit(self):
        """What a unit of the product costs by the order, in the company's currency."""
        if not self.product_uom_qty:
            return 0.0
        return self.price_subtotal / (self.order_id.currency_rate or 1.0) / self.product_uom_qty

    def _is_left(self):
        """Whether a cancelled sales order leaves something to settle: requests for quotation bind nobody."""
        return self.state == "purchase"

    def _get_settler(self):
        return self.order_id.user_id.filtered(lambda user: user.active and not user.share)
