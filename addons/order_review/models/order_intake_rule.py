from odoo import api, models


class OrderIntakeRule(models.AbstractModel):
    """Configuration on which the intake of orders depends: when it changes, what was handed over is looked at anew."""

    _name = "order.intake.rule"
    _description = "Rule of the Intake"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self._look_at_orders_anew()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._look_at_orders_anew()
        return result

    def unlink(self):
        result = super().unlink()
        self._look_at_orders_anew()
        return result

    @api.model
    def _look_at_orders_anew(self):
        """What was handed over may be incomplete now, or complete."""
        self.env.registry.clear_cache()
        self.env["sale.order"].sudo().search([  # whoever sets up the rules need not see all orders
            ("handed_over_on", "!=", False)])._look_at_intake_anew()
