from odoo import fields, models


class QualitySupplierAnswer(models.TransientModel):
    """What the supplier answered to a nonconformity (PUR-12)."""

    _name = "quality.supplier.answer"
    _description = "Supplier's Answer"

    nonconformity_id = fields.Many2one("quality.nonconformity", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="nonconformity_id.partner_id")
    answer = fields.Text(required=True)

    def action_confirm(self):
        """Record the answer, see ``quality.nonconformity.action_supplier_answered``.

        :return: action that closes the window
        """
        self.ensure_one()
        self.nonconformity_id.action_supplier_answered(self.answer)
        return {"type": "ir.actions.act_window_close"}
