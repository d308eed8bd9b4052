from odoo import api, fields, models
from odoo.exceptions import UserError

from .delivery_claim import OPEN


class DeliveryClaim(models.Model):
    """The carrier's freight is not paid while a claim against him is open (DLV-7)."""

    _inherit = "delivery.claim"

    is_freight_held = fields.Boolean(
        string="Freight Held", compute="_compute_is_freight_held", store=True, index=True,
        help="Vendor bills for the freight of this delivery are not paid.")
    freight_released_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    freight_released_on = fields.Datetime(string="Freight Released", readonly=True, copy=False)
    freight_reason = fields.Text(string="Why the Freight Is Paid", readonly=True, copy=False)
    freight_bill_count = fields.Integer(compute="_compute_freight_bill_count")

    @api.depends("state", "freight_released_on", "notice_id.carriage")
    def _compute_is_freight_held(self):
        for claim in self:
            claim.is_freight_held = (
                claim.state in OPEN and not claim.freight_released_on and claim.notice_id.carriage == "carrier")

    def _compute_freight_bill_count(self):
        for claim in self:
            # sudo: how many there are is shown to whoever reads the claim
            claim.freight_bill_count = len(claim.sudo().notice_id.freight_bill_ids)

    def action_release_freight(self, reason=None):
        """Let the freight be paid although the claim is open.

        :param reason: why
        :raise AccessError: no head of the order desk
        :raise UserError: nothing is held, or no reason
        """
        self.check_access("read")
        self._check_groups(*self._get_deciders())
        self._lock()
        self._check_state(*OPEN)
        for claim in self:
            if claim.freight_released_on:
                raise UserError(self.env._("%(claim)s: the freight is not held any more.", claim=claim.name))
            claim._check_reason(reason)
        self._write_signed({
            "freight_released_by": self.env.uid, "freight_released_on": fields.Datetime.now(),
            "freight_reason": reason})
        self._log(self.env._("The freight may be paid: %(reason)s", reason=reason))
        return True

    def action_view_freight_bills(self):
        """Open the vendor bills for the freight of the delivery."""
        self.ensure_one()
        return self.notice_id.freight_bill_ids._get_records_action(name=self.env._("Freight Bills"))

    def _tell_freight(self):
        """Whoever pays freight is told that it is held."""
        for claim in self.filtered("is_freight_held"):
            payer = claim.company_id.delivery_freight_user_id
            if not payer.active:
                continue
            text = self.with_context(lang=payer.lang).env._(
                "Hold the freight of %(notice)s: %(carrier)s", notice=claim.notice_id.name,
                carrier=claim.forwarder_id.name or "–")
            claim.message_subscribe(payer.partner_id.ids)  # he can open it, and hears how it ends
            claim.message_notify(partner_ids=payer.partner_id.ids, subject=text, body=text)
