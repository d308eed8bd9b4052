from odoo import fields, models


class ServiceRequest(models.Model):
    """What was broken on the way: the claim against the carrier goes on beside the service (DLV-7)."""

    _inherit = "service.request"

    source = fields.Selection(
        selection_add=[("delivery", "Report of a Delivery")], ondelete={"delivery": lambda requests: requests.write({
            "source": "sales"})})
    claim_ids = fields.One2many("delivery.claim", "service_request_id", string="Carriage Claims", readonly=True)
    claim_count = fields.Integer(compute="_compute_claim_count")

    def _compute_claim_count(self):
        # sudo: how many there are is shown to whoever reads the request
        counts = dict(self.env["delivery.claim"].sudo()._read_group(
            [("service_request_id", "in", self.ids)], ["service_request_id"], ["__count"]))
        for request in self:
            request.claim_count = counts.get(request._origin, 0)

    def action_view_carriage_claims(self):
        """Open the claims from which the request has come."""
        self.ensure_one()
        return self.claim_ids._get_records_action(name=self.env._("Carriage Claims"))

    def _get_document_fields(self):
        return [*super()._get_document_fields(), "claim_ids"]

    def _get_living_fields(self):
        return super()._get_living_fields() | {"claim_ids"}
