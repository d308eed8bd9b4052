from odoo import fields, models


class ProcessCardCheck(models.Model):
    """The team leader's daily check of the process (FQC-1); signed once a day, never changed."""

    _name = "process.card.check"
    _description = "Daily Check of a Process Card"
    _rec_name = "card_id"
    _inherit = ["document.control.mixin"]
    _order = "date desc, id desc"

    card_id = fields.Many2one("process.card", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True)
    date = fields.Date(required=True, help="Day of the check, in the signer's time zone.")
    user_id = fields.Many2one("res.users", string="Signed By", required=True)
    signed_on = fields.Datetime(required=True, default=fields.Datetime.now)
    result = fields.Selection([("ok", "OK"), ("ng", "Problem found")], required=True)
    note = fields.Text()
    measure = fields.Text(string="Measure Taken")

    _day_uniq = models.UniqueIndex("(card_id, date)", "The daily check of this card is signed for this day already.")

    def _is_frozen(self):
        return True

    def _get_page_data(self):
        """The check as the phone's page draws it."""
        self.ensure_one()
        return {"id": self.id, "date": fields.Date.to_string(self.date), "result": self.result,
                "user": self.user_id.name, "note": self.note or "", "measure": self.measure or ""}
