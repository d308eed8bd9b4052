from odoo import api, fields, models


class QualityNonconformity(models.Model):
    """A nonconformity of our own process knows its order, card and operation (NCR-1, NCR-3)."""

    _inherit = "quality.nonconformity"
    _dossier_path = "production_id"

    @api.model
    def _default_source(self):
        """Who makes goods has rights in stock as well, but finds things on the shop floor (NCR-1)."""
        return "process" if self.env.user.has_group("mrp.group_mrp_user") else super()._default_source()

    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", check_company=True)
    process_card_id = fields.Many2one(
        "process.card", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)
    process_line_id = fields.Many2one(
        "process.card.line", string="Operation", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")

    @api.model
    def _prepare_inspection_nonconformity_vals(self, inspection, quantity, lots=None, defects=None):
        """What an inspection rejected belongs to its order; the leader of the card is told."""
        vals = super()._prepare_inspection_nonconformity_vals(inspection, quantity, lots=lots, defects=defects)
        if inspection.production_id:
            card, line = inspection.process_card_id, inspection.process_line_id
            leader = line.leader_id or (card._get_leader() if card else inspection.production_id.user_id)
            vals.update(production_id=inspection.production_id.id, process_card_id=card.id,
                        process_line_id=line.id, leader_id=leader.id)
        return vals

    def action_view_production(self):
        """Open the order in which it was found."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "mrp.production", "view_mode": "form",
                "res_id": self.production_id.id}
