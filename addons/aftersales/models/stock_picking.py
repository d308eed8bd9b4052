from odoo import api, fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    service_request_id = fields.Many2one(
        "service.request", compute="_compute_service_request_id", search="_search_service_request_id",
        help="The request of a customer for which the goods come back or leave.")

    @api.depends("move_ids.service_request_id")
    def _compute_service_request_id(self):
        for picking in self:
            picking.service_request_id = picking.move_ids.service_request_id[:1]

    @api.model
    def _search_service_request_id(self, operator, value):
        return [("move_ids.service_request_id", operator, value)]
