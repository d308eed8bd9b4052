from odoo import fields, models

from odoo.addons.order_delivery.models.delivery_notice import LOGISTICS


class DeliveryCrate(models.Model):
    """A crate and its claims (DLV-7)."""

    _inherit = "delivery.crate"

    claim_ids = fields.Many2many(
        "delivery.claim", "delivery_claim_crate_rel", "delivery_crate_id", "delivery_claim_id", string="Claims",
        readonly=True, copy=False)
    claim_count = fields.Integer(compute="_compute_claim_count")

    def _compute_claim_count(self):
        # sudo: how many there are is shown to whoever reads the crate
        counts = dict(self.env["delivery.claim"].sudo()._read_group(
            [("crate_ids", "in", self.ids), ("state", "!=", "cancelled")], ["crate_ids"], ["__count"]))
        for crate in self:
            crate.claim_count = counts.get(crate._origin, 0)

    def action_make_claim(self):
        """One click: the claim for this crate (DLV-7).

        :raise AccessError: not logistics
        :raise UserError: it has not left, or is in a claim
        """
        self.ensure_one()
        self._check_groups(LOGISTICS)
        return self.env["delivery.claim"]._make(self.notice_id, crates=self)._get_records_action()

    def action_view_claims(self):
        """Open the claims of this crate."""
        self.ensure_one()
        claims = self.env["delivery.claim"].search([("crate_ids", "in", self.ids)])
        return claims._get_records_action(name=self.env._("Claims"))

    def _on_reported(self):
        result = super()._on_reported()
        self.env["delivery.claim"].sudo()._note_report(self.sudo())  # sudo: the site is not logged in
        return result

    def _get_living_fields(self):
        return super()._get_living_fields() | {"claim_ids"}
