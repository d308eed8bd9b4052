from odoo import api, fields, models


class ServiceRequest(models.Model):
    """Whoever works on a cabinet is told which changes of its order are still open (AFT-4)."""

    _inherit = "service.request"

    open_changes = fields.Text(compute="_compute_open_changes", help="Change notices of the order, not applied yet.")

    @api.depends("order_id")
    def _compute_open_changes(self):
        found = self.order_id._describe_open_changes()
        for request in self:
            request.open_changes = found.get(request.order_id, False)
