from odoo import api, fields, models


class QualityNonconformity(models.Model):
    """Who decides on a limited concession sees what it limits besides (NCR-4)."""

    _inherit = "quality.nonconformity"

    limit_note = fields.Text(string="What the Limits Concern Besides", compute="_compute_limit_note")

    @api.depends("state", "disposition_ids.limit_note")
    def _compute_limit_note(self):
        for record in self:
            notes = record.disposition_ids.filtered("limit_note").mapped("limit_note")
            record.limit_note = "\n".join(dict.fromkeys(notes)) or False
