from odoo import api, models

HOLDS = {"quantity_held", "held_lot_ids"}


class QualityHoldMixin(models.AbstractModel):
    """What is held or released is pegged anew, also where no goods move."""

    _inherit = "quality.hold.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if any(not HOLDS.isdisjoint(vals) for vals in vals_list):
            self.env["material.pegging"]._request_refresh(documents.product_id)
        return documents

    def write(self, vals):
        result = super().write(vals)
        if not HOLDS.isdisjoint(vals):
            self.env["material.pegging"]._request_refresh(self.product_id)
        return result
