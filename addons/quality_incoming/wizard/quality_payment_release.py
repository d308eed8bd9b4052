from odoo import fields, models
from odoo.exceptions import UserError


class QualityPaymentRelease(models.TransientModel):
    """Lets a bill be paid whole although its goods are not qualified, with a reason (PUR-10)."""

    _name = "quality.payment.release"
    _description = "Release a Bill for Payment"

    move_id = fields.Many2one("account.move", string="Bill", required=True, ondelete="cascade")
    note = fields.Text(related="move_id.quality_payment_note", string="Not Qualified")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Release the bill; who, when and why stay on it.

        :return: action that closes the window
        :raises UserError: without a reason
        """
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Say why the bill is paid before its goods are qualified."))
        self.move_id._release_payment(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
