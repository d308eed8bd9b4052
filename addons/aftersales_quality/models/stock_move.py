from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _prepare_quality_source_vals(self):
        return {**super()._prepare_quality_source_vals(), "service_request_id": self.service_request_id.id}
