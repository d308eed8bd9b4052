from odoo import fields, models


class StockLot(models.Model):
    """A serial number shows the documents of its order that are in force (AFT-4)."""

    _inherit = "stock.lot"

    release_count = fields.Integer(compute="_compute_release_count")

    def _compute_release_count(self):
        for lot in self:  # asked for on the form only
            lot.release_count = lot.service_order_id._count_releases_in_force()

    def action_view_releases(self):
        """Open the documents of the order that the serial number was delivered for."""
        self.ensure_one()
        return self.service_order_id._open_releases_in_force()
