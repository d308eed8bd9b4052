from odoo import api, fields, models


class StockMove(models.Model):
    """Goods that were lost on their way to the customer, and those that are sent in their place (DLV-6, DLV-7)."""

    _name = "stock.move"
    _inherit = ["stock.move", "document.fence.mixin"]

    delivery_claim_id = fields.Many2one(
        "delivery.claim", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)

    def _prepare_procurement_values(self):
        """What is picked or made for goods that were lost says so, too."""
        values = super()._prepare_procurement_values()
        if self.delivery_claim_id:
            values["delivery_claim_id"] = self.delivery_claim_id.id
        return values

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """What replaces lost goods is never added to what the order still has to get."""
        return [*super()._prepare_merge_moves_distinct_fields(), "delivery_claim_id"]

    def _is_bound_by_notice(self):
        """What was found again had left by its notice already."""
        return self.location_id != self.env.ref("delivery_claim.stock_location_lost", raise_if_not_found=False) and (
            super()._is_bound_by_notice())

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"delivery_claim_id"}
