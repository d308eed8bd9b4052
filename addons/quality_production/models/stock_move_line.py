from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _brings_new_goods(self):
        """What a manufacturing order makes is new; what anybody moves out of production by hand is not (REC-7)."""
        return bool(self.move_id.production_id) or super()._brings_new_goods()
