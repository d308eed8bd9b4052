from odoo import api, models

#: What decides who claims what, and when.
WATCHED = {
    "product_id", "product_uom_qty", "product_uom", "state", "date", "priority", "location_id", "location_dest_id",
    "location_final_id", "restrict_partner_id", "move_dest_ids", "move_orig_ids", "quantity", "procure_method",
    "raw_material_production_id", "production_id"}


class StockMove(models.Model):
    _inherit = "stock.move"

    # Open moves are few, moves that are done many.
    _open_product_index = models.Index("(product_id, location_id) WHERE state NOT IN ('done', 'cancel')")

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        self.env["material.pegging"]._touch("stock_move", moves.ids)
        return moves

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            if "product_id" in vals:
                self.env["material.pegging"]._request_refresh(self.product_id)
            self.env["material.pegging"]._touch("stock_move", self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["material.pegging"]._request_refresh(self.product_id)
        return super().unlink()

    def action_view_served(self):
        """What waits for this supply, down to the deliveries (MAT-12)."""
        return self.env["material.peg"]._get_served_action(self.env["material.peg"]._get_served(moves=self))
