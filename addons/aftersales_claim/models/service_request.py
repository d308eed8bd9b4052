from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales.models.service_request import STAFF


class ServiceRequest(models.Model):
    """What was broken on the way: the claim against the carrier goes on beside the service (DLV-7)."""

    _inherit = "service.request"

    source = fields.Selection(
        selection_add=[("delivery", "Report of a Delivery")], ondelete={"delivery": lambda requests: requests.write({
            "source": "sales"})})
    claim_ids = fields.One2many("delivery.claim", "service_request_id", string="Carriage Claims", readonly=True)
    claim_count = fields.Integer(compute="_compute_claim_count")
    is_to_resupply = fields.Boolean(compute="_compute_is_to_resupply", export_string_translation=False)

    def _compute_claim_count(self):
        # sudo: how many there are is shown to whoever reads the request
        counts = dict(self.env["delivery.claim"].sudo()._read_group(
            [("service_request_id", "in", self.ids)], ["service_request_id"], ["__count"]))
        for request in self:
            request.claim_count = counts.get(request._origin, 0)

    def _compute_is_to_resupply(self):
        for request in self:
            # sudo: whether there is anything is shown to whoever reads the request
            request.is_to_resupply = bool(request.sudo()._get_claims_to_resupply())

    def _get_claims_to_resupply(self):
        return self.claim_ids.filtered(
            lambda claim: claim.has_lost_goods and not claim.resupply_count and claim.state not in (
                "draft", "cancelled"))

    def action_resupply(self):
        """Send the customer what was lost on its way to him; nothing comes back for it (AFT-4, DLV-7).

        :raise AccessError: nobody of after-sales
        :raise UserError: nothing was lost, or others are on their way already
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        self._check_state("contacted", "in_progress")
        claims = self.sudo()._get_claims_to_resupply().sudo(False)  # sudo: as in _compute_is_to_resupply
        if not claims:
            raise UserError(self.env._(
                "%(request)s: no claim that is filed says that something was lost, or it is sent anew already.",
                request=self.name))
        for claim in claims:
            claim.action_resupply()
        return self._show_pickings(self.sudo().move_ids.picking_id)  # sudo: may be closed to him, see there

    def action_view_carriage_claims(self):
        """Open the claims from which the request has come."""
        self.ensure_one()
        return self.claim_ids._get_records_action(name=self.env._("Carriage Claims"))

    def _get_document_fields(self):
        return [*super()._get_document_fields(), "claim_ids"]

    def _get_living_fields(self):
        return super()._get_living_fields() | {"claim_ids"}
