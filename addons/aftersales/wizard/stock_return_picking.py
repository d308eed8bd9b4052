from odoo import api, fields, models

from odoo.addons.document_control.models.document_fence_mixin import Vouched


class StockReturnPicking(models.TransientModel):
    """What comes back and what replaces it know the request that they are for (AFT-4)."""

    _name = "stock.return.picking"
    _inherit = ["stock.return.picking", "document.fence.mixin"]

    service_request_id = fields.Many2one("service.request", readonly=True)
    service_place_id = fields.Many2one(
        "stock.location", readonly=True, help="Where the goods stand that are sent back to the customer.")

    def _prepare_picking_default_values_based_on(self, picking):
        vals = super()._prepare_picking_default_values_based_on(picking)
        return vals | {"location_id": self.service_place_id.id} if self.service_place_id else vals

    def _create_return(self):
        picking = super()._create_return()
        if request := self.service_request_id:
            if request.lot_id:
                picking.move_ids._take_service_lot(request.lot_id, request._get_return_quantity())
            if request.is_other_customer:
                picking.partner_id = request.partner_id
        return picking

    def _get_proc_values(self, line):
        """What replaces it is due from today on, whenever the order was."""
        values = super()._get_proc_values(line)
        if self.service_request_id:
            values |= {"service_request_id": self.service_request_id.id, "date_planned": fields.Datetime.now(),
                       "date_deadline": False}
        return values

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"service_request_id", "service_place_id"}


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    def _prepare_move_default_values(self, new_picking):
        """Known from the beginning: where the goods go to depends on why they come."""
        vals = super()._prepare_move_default_values(new_picking)
        if request := self.wizard_id.service_request_id:
            vals["service_request_id"] = Vouched(request.id)
        return vals
