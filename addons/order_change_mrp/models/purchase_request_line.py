from odoo import models


class PurchaseRequestLine(models.Model):
    _inherit = "purchase.request.line"

    def _describe_change_of_supply(self, supply):
        """What happens to the line, for the impact of a change: as ``_on_demand_fallen`` does it."""
        unit, number = self.product_id.uom_id, self.env["order.change"]._format_number
        before = self.product_uom_id._compute_quantity(self.product_qty, unit, round=False)
        figures = {"before": number(before), "after": number(before - supply.fall), "unit": unit.name}
        if self.request_state in ("draft", "to_approve"):
            what = self.env._("is taken off the requisition (%(before)s %(unit)s)", **figures) if unit.is_zero(
                before - supply.fall) else self.env._("falls from %(before)s to %(after)s %(unit)s", **figures)
        else:
            what = self.env._(
                "becomes a proposal to its planner: %(after)s instead of %(before)s %(unit)s", **figures)
        return {"record": self.request_id, "name": f"{self.request_id.name}, {self.product_id.display_name}",
                "what": what}

    def _is_left(self):
        """A requisition binds nobody: its planner is asked by the reduction."""
        return False
