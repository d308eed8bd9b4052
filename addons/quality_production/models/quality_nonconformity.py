from odoo import fields, models


class QualityNonconformity(models.Model):
    """A nonconformity of our own process knows its order, card and operation (NCR-1, NCR-3)."""

    _inherit = "quality.nonconformity"

    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)
    process_card_id = fields.Many2one(
        "process.card", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)
    process_line_id = fields.Many2one(
        "process.card.line", string="Operation", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")

    def action_view_production(self):
        """Open the order in which it was found."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "mrp.production", "view_mode": "form",
                "res_id": self.production_id.id}
