from odoo import models


class OrderIntakeRule(models.AbstractModel):
    """Configuration on which the intake of orders depends: when it changes, what was handed over is looked at anew."""

    _name = "order.intake.rule"
    _inherit = ["document.cached.mixin"]
    _description = "Rule of the Intake"

    def _forget_cached(self):
        """What was handed over may be incomplete now, or complete."""
        result = super()._forget_cached()
        self.env["sale.order"].sudo().search([  # whoever sets up the rules need not see all orders
            ("handed_over_on", "!=", False)])._look_at_intake_anew()
        return result
