from odoo import api, fields, models

from ..models.service_request import OPEN


class ServiceRequestMerge(models.TransientModel):
    """Which request goes on, where two are of one matter (AFT-1)."""

    _name = "service.request.merge"
    _description = "Merge"

    request_id = fields.Many2one("service.request", required=True)
    candidate_ids = fields.Many2many("service.request", compute="_compute_candidate_ids")
    target_id = fields.Many2one(
        "service.request", string="Goes On", required=True, domain="[('id', 'in', candidate_ids)]",
        help="Open requests of the same customer.")

    @api.depends("request_id")
    def _compute_candidate_ids(self):
        for merge in self:
            request = merge.request_id
            customer = request.partner_id.commercial_partner_id
            whose = ("partner_id", "child_of", customer.ids) if customer else (
                "email_normalized", "=", request.email_normalized or "-")
            merge.candidate_ids = self.env["service.request"].search([
                whose, ("id", "!=", request.id), ("company_id", "=", request.company_id.id),
                ("state", "in", OPEN)])

    def action_merge(self):
        """Merge them, and go on with the one that survives.

        :raise AccessError: nobody of after-sales
        :raise UserError: they cannot be merged
        """
        self.ensure_one()
        self.request_id._merge_into(self.target_id)
        return self.target_id._get_records_action()
