from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A vendor bill for the freight of deliveries: it waits while one of them is claimed (DLV-7)."""

    _inherit = "account.move"

    freight_notice_ids = fields.Many2many(
        "delivery.notice", "delivery_notice_freight_bill_rel", string="Freight of Deliveries", copy=False,
        check_company=True, help="The deliveries whose freight this bill is for. While a claim against their carrier "
        "is open, the bill is not paid.")
    is_freight_held = fields.Boolean(string="Freight Held", compute="_compute_is_freight_held", compute_sudo=True)
    freight_claim_count = fields.Integer(compute="_compute_freight_claim_count", compute_sudo=True)

    @api.depends("freight_notice_ids.is_freight_held")
    def _compute_is_freight_held(self):
        for move in self:
            move.is_freight_held = any(move.freight_notice_ids.mapped("is_freight_held"))

    @api.depends("freight_notice_ids.claim_ids.state")
    def _compute_freight_claim_count(self):
        for move in self:
            move.freight_claim_count = len(move.freight_notice_ids.claim_ids.filtered(
                lambda claim: claim.state != "cancelled"))

    def action_view_freight_claims(self):
        """Open the claims and traces of the deliveries whose freight it is."""
        self.ensure_one()
        claims = self.env["delivery.claim"].search([("notice_id", "in", self.freight_notice_ids.ids)])
        return claims._get_records_action(name=self.env._("Claims"))

    def write(self, vals):
        if "freight_notice_ids" not in vals:
            return super().write(vals)
        held = {move: move.sudo().freight_notice_ids.filtered("is_freight_held") for move in self}  # sudo: as below
        result = super().write(vals)
        for move, notices in held.items():
            # sudo: the deliveries are kept, whatever the accountant reads of them
            if gone := notices - move.sudo().freight_notice_ids:
                raise UserError(self.env._(
                    "%(bill)s: the freight of %(notice)s is held, it stays on the bill.", bill=move.display_name,
                    notice=gone[0].name))
        return result

    def action_register_payment(self):
        """Refused while the freight is held."""
        self._check_freight_free()
        return super().action_register_payment()

    def _check_freight_free(self):
        """:raise UserError: the freight of one of the bills is held, by which claim"""
        for move in self.sudo():  # sudo: whoever pays need not read claims
            if move.is_freight_held:
                claim = move.freight_notice_ids.claim_ids.filtered("is_freight_held")[:1]
                raise UserError(self.env._(
                    "%(bill)s is not paid: the freight of %(notice)s is held by the claim %(claim)s. It is free when "
                    "the claim is settled, or when the head of the order desk releases it with a reason.",
                    bill=move.display_name, notice=claim.notice_id.name, claim=claim.name))
