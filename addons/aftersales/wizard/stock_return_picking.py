from odoo import api, fields, models


class StockReturnPicking(models.TransientModel):
    """What comes back and what replaces it know the request that they are for (AFT-4)."""

    _name = "stock.return.picking"
    _inherit = ["stock.return.picking", "document.fence.mixin"]

    service_request_id = fields.Many2one("service.request", readonly=True)

    def _create_return(self):
        picking = super()._create_return()
        if request := self.service_request_id:
            picking.move_ids._write_signed({"service_request_id": request.id})
            if request.lot_id:
                picking.move_ids._take_service_lot(request.lot_id, request._get_return_quantity())
            if request.is_other_customer:
                picking.partner_id = request.partner_id
        return picking

    def _get_proc_values(self, line):
        values = super()._get_proc_values(line)
        if self.service_request_id:
            values["service_request_id"] = self.service_request_id.id
        return values

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"service_request_id"}
