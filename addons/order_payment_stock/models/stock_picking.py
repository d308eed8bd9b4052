from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        """A corrected day of a done transfer is the day of the delivery."""
        result = super().write(vals)
        if "date_done" in vals:
            self.filtered(lambda picking: picking.state == "done").sale_id._tell_delivered()
        return result

    def _action_done(self):
        result = super()._action_done()
        self.sale_id._tell_delivered()
        return result
