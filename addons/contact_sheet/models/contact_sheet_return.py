from odoo import fields, models


class ContactSheetReturn(models.Model):
    """An answer that did not settle it: as it was given, and why the sender sent it back."""

    _name = "contact.sheet.return"
    _inherit = ["document.control.mixin"]
    _description = "Answer Sent Back"
    _rec_name = "sheet_id"
    _order = "id"

    sheet_id = fields.Many2one("contact.sheet", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)
    answer = fields.Text(readonly=True)
    promised_date = fields.Datetime(readonly=True)
    answered_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    answered_on = fields.Datetime(readonly=True)
    reason = fields.Text(readonly=True)
    returned_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    returned_on = fields.Datetime(readonly=True)

    def _is_frozen(self):
        return True
