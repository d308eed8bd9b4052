from odoo import api, fields, models


class DeliveryClaimSay(models.TransientModel):
    """Asks for what a step of a claim needs; the claim decides whether it is enough."""

    _name = "delivery.claim.say"
    _inherit = ["document.number.mixin"]
    _description = "Step of a Claim"

    claim_id = fields.Many2one("delivery.claim", required=True, readonly=True)
    kind = fields.Selection(
        [("file", "File after the Period"), ("answer", "Answer of the Carrier"), ("settle", "Settle"),
         ("arrived", "The Goods Have Arrived"), ("lost", "The Goods Are Lost"), ("freight", "Release the Freight"),
         ("cancel", "Cancel the Claim")], required=True, readonly=True, default="answer")
    claim_kind = fields.Selection(related="claim_id.kind", export_string_translation=False)
    notice_until = fields.Date(related="claim_id.notice_until")
    cause_id = fields.Many2one(related="claim_id.cause_id")
    claimed = fields.Monetary(related="claim_id.amount", currency_field="claim_currency_id", string="Claimed")
    claim_currency_id = fields.Many2one(related="claim_id.currency_id", export_string_translation=False)
    text = fields.Text()
    day = fields.Date()
    amount = fields.Monetary(string="Comes Back", help="What the carrier pays or lets off; 0 where he pays nothing.")
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, readonly=False, precompute=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Papers")

    @api.depends("claim_id")
    def _compute_currency_id(self):
        for say in self:
            say.currency_id = say.claim_id.currency_id

    def action_say(self):
        """Do it, with these words.

        :raise AccessError: not his to do
        :raise UserError: something is missing
        """
        self.ensure_one()
        claim = self.claim_id
        if self.kind == "answer":
            return claim.action_answer(self.text, self.day, self.attachment_ids)
        if self.kind == "settle":
            return claim.action_settle(self.amount, self.currency_id, self.text, self.attachment_ids)
        if self.kind == "arrived":
            return claim.action_arrived(self.day, self.text)
        if self.kind == "freight":
            return claim.action_release_freight(self.text)
        return getattr(claim, f"action_{self.kind}")(self.text)
