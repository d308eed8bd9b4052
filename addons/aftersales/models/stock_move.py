from odoo import api, fields, models

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockMove(models.Model):
    """Goods that move because of a service request: come back, are replaced, are sent as spare parts (AFT-4)."""

    _name = "stock.move"
    _inherit = ["stock.move", "document.fence.mixin"]

    service_request_id = fields.Many2one(
        "service.request", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True)

    def _prepare_procurement_values(self):
        """What is picked or made for a replacement says so, too."""
        values = super()._prepare_procurement_values()
        if self.service_request_id:
            values["service_request_id"] = self.service_request_id.id
        return values

    def _prepare_move_split_vals(self, qty):
        vals = super()._prepare_move_split_vals(qty)
        if self.service_request_id:
            vals["service_request_id"] = Vouched(self.service_request_id.id)
        return vals

    def _get_returned_place(self):
        """Where the goods that this move has brought back stand now."""
        self.ensure_one()
        # sudo: where goods stand, for whoever plans what is done with them
        places = self.env["stock.quant"].sudo().search([
            ("lot_id", "in", self.lot_ids.ids), ("quantity", ">", 0), ("location_id.usage", "=", "internal"),
            ("company_id", "=", self.company_id.id)]).location_id if self.lot_ids else self.location_dest_id
        if self.location_dest_id in places:  # others of their lot may stand elsewhere
            return self.location_dest_id
        return places[:1] or self.location_dest_id

    def _take_service_lot(self, lot, quantity):
        """These moves are of this lot, not of whichever of the delivery Odoo takes first."""
        self.lot_ids = lot
        self.move_line_ids.filtered(lambda line: line.lot_id == lot).quantity = quantity

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        """A replacement is never added to what the order still has to get."""
        return [*super()._prepare_merge_moves_distinct_fields(), "service_request_id"]

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"service_request_id"}
