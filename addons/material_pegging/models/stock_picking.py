from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        if not {"priority", "owner_id"}.isdisjoint(vals):  # its moves follow without being written themselves
            self.env["material.pegging"]._touch("stock_move:picking_id", self.ids)
        return super().write(vals)
