from odoo import fields, models


class ServiceRequest(models.Model):
    """The customer is asked once whether he is content with what was done (AFT-6)."""

    _inherit = "service.request"

    satisfaction_ids = fields.One2many("service.satisfaction", "request_id", readonly=True)
    satisfaction_state = fields.Selection(related="satisfaction_ids.state", string="Satisfaction Status")
    satisfaction_score = fields.Float(related="satisfaction_ids.score", string="Score", aggregator=None)

    def action_solve(self):
        result = super().action_solve()
        self._ask_satisfaction("solved")
        return result

    def action_close(self):
        result = super().action_close()
        self._ask_satisfaction("closed")
        return result

    def action_view_satisfaction(self):
        """Open what the customer said."""
        self.ensure_one()
        return self.satisfaction_ids._get_records_action(name=self.env._("Satisfaction"))

    def _ask_satisfaction(self, moment):
        for request in self.sudo():  # sudo: nobody asks by hand
            if request.desk_id.ask_when == moment and not request.satisfaction_ids:
                self.env["service.satisfaction"]._ask(
                    request.email, request.desk_id, "service", name=request.display_name, request_id=request.id,
                    order_id=request.order_id.id, product_id=request.product_id.id, partner_id=request.partner_id.id,
                    user_id=request.user_id.id)

    def _get_living_fields(self):
        return super()._get_living_fields() | {"satisfaction_ids", "satisfaction_state", "satisfaction_score"}
