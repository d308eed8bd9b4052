from odoo import fields, models


class MrpProduction(models.Model):
    """From the manufacturing order to what was requested for it."""

    _inherit = "mrp.production"

    purchase_request_count = fields.Integer(string="Requests", compute="_compute_purchase_request_count")

    def _compute_purchase_request_count(self):
        # sudo: the count belongs to the order
        counts = dict(self.env["purchase.request"].sudo()._read_group(
            [("production_id", "in", self.ids)], ["production_id"], ["__count"]))
        for production in self:
            production.purchase_request_count = counts.get(production._origin, 0)

    def action_view_purchase_requests(self):
        """Open the requests of the order."""
        self.ensure_one()
        requests = self.env["purchase.request"].search([("production_id", "=", self.id)])
        return requests._get_records_action(name=self.env._("Requests"))
