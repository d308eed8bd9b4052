from odoo import fields, models


class MaterialShortageAnswer(models.TransientModel):
    """The owner says when the part comes, and what he does (MAT-4)."""

    _name = "material.shortage.answer"
    _description = "Promise a Date"

    shortage_id = fields.Many2one("material.shortage", required=True, readonly=True, ondelete="cascade")
    needed_by = fields.Datetime(related="shortage_id.needed_by", related_sudo=False)
    date = fields.Date(string="Comes On", required=True)
    text = fields.Text(string="What Is Done", required=True)

    def action_answer(self):
        """Promise the date."""
        self.ensure_one()
        self.shortage_id._answer(self.date, self.text)
        return {"type": "ir.actions.act_window_close"}
