from odoo import fields, models


class DeliveryReceipt(models.TransientModel):
    """A receipt that was signed on paper (DLV-3)."""

    _name = "delivery.receipt"
    _description = "Signed Receipt"

    notice_id = fields.Many2one("delivery.notice", required=True, readonly=True)
    signed_by = fields.Char()
    signed_on = fields.Date()
    attachment_ids = fields.Many2many("ir.attachment", string="Signed Paper")

    def action_register(self):
        """File it.

        :raise AccessError: not logistics
        :raise UserError: no paper, no signer, or a day that cannot be
        """
        self.ensure_one()
        return self.notice_id.action_register_receipt(self.attachment_ids, self.signed_by, self.signed_on)
