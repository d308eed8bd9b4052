from odoo import api, fields, models


class DeliveryCarrier(models.Model):
    """Within how many days a carrier takes claims (DLV-7)."""

    _name = "delivery.carrier"
    _inherit = ["delivery.carrier", "document.number.mixin"]

    claim_partner_id = fields.Many2one(
        "res.partner", string="Carrier Company", index="btree_not_null", ondelete="restrict",
        help="Who drives: the carrier of the delivery notices.")
    claim_notice_days = fields.Integer(
        string="Claims Within (Days)",
        help="Calendar days after the receipt within which this carrier takes a claim. 0: as the company's settings "
        "say.")

    _claim_notice_days = models.Constraint(
        "CHECK(claim_notice_days BETWEEN 0 AND 365)", "A carrier takes claims for 0 to 365 days.")

    @api.model
    def _get_claim_days(self, claim):
        """Days of a claim's carrier: what its shipping method says, an archived one too, else the company's setting.

        :param claim: ``delivery.claim``
        """
        company, carrier = claim.company_id, claim.forwarder_id.commercial_partner_id
        # sudo: logistics need not see transfers and shipping methods
        methods = claim.sudo().notice_id.picking_ids.carrier_id.filtered(
            lambda method: not carrier or method.claim_partner_id.commercial_partner_id in (
                carrier, carrier.browse()))
        if carrier:
            mine = self.sudo().with_context(active_test=False).search([
                ("claim_partner_id", "child_of", carrier.id), ("claim_notice_days", ">", 0),
                ("company_id", "in", (False, company.id))], order="active desc, sequence, id")
            methods = (methods & mine) | mine | methods
        days = [method.claim_notice_days for method in methods if method.claim_notice_days]
        return days[0] if days else company.delivery_claim_days
