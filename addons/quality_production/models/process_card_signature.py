from odoo import api, fields, models
from odoo.exceptions import UserError


class ProcessCardSignature(models.Model):
    """One signature on a process card: who, when, what he said, and the values he saw (FQC-1, FQC-2).

    Written by the card's actions for the logged-in user; nobody changes or deletes it, superuser included.
    """

    _name = "process.card.signature"
    _description = "Signature on a Process Card"
    _rec_name = "line_id"
    _inherit = ["document.control.mixin"]
    _order = "id"

    card_id = fields.Many2one("process.card", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    line_id = fields.Many2one("process.card.line", string="Operation", ondelete="restrict", index=True)
    kind = fields.Selection(
        [("received", "Received components"), ("self_check", "Self-check"), ("quality", "Confirmation by quality"),
         ("skip", "Left out")], required=True)
    result = fields.Selection([("ok", "OK"), ("ng", "Not OK")], required=True)
    user_id = fields.Many2one("res.users", string="Signed By", required=True, default=lambda self: self.env.user)
    signed_on = fields.Datetime(required=True, default=fields.Datetime.now)
    note = fields.Text()
    points = fields.Json(
        string="Values", export_string_translation=False,
        help="Control points as they were signed: name, requirement, result, value.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A signature cannot be deleted."))

    def _is_frozen(self):
        return True
