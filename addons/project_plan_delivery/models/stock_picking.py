from datetime import timedelta

from odoo import models


class StockPicking(models.Model):
    """A transfer that leaves on the day that sales has said (PLN-8)."""

    _inherit = "stock.picking"

    def _move_to_day(self, day):
        """Schedule the transfers for a day of the company, at the hour that they have."""
        for picking in self:
            picking.scheduled_date += timedelta(
                days=(day - picking.company_id._get_day(picking.scheduled_date)).days)
