from odoo import api, models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        self.env["material.pegging"]._touch("stock_quant", quants.ids)
        return quants

    def write(self, vals):
        if not {"quantity", "reserved_quantity", "owner_id", "location_id"}.isdisjoint(vals):
            self.env["material.pegging"]._touch("stock_quant", self.ids)
        return super().write(vals)
