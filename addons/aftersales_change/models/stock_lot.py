from odoo import fields, models


class StockLot(models.Model):
    """A serial number says which changes of its order are still open (AFT-4)."""

    _inherit = "stock.lot"

    open_changes = fields.Text(compute="_compute_open_changes", help="Change notices of the order, not applied yet.")

    def _compute_open_changes(self):
        found = self.service_order_id._describe_open_changes()
        for lot in self:
            lot.open_changes = found.get(lot.service_order_id, False)
