from odoo import models
from odoo.exceptions import UserError


class StockMoveLine(models.Model):
    """Goods leave hold under a disposition to where it sends them, nowhere else (NCR-4, REC-7)."""

    _inherit = "stock.move.line"

    def _check_disposition_destination(self):
        """:raise UserError: returned goods that go not to the supplier, repaired ones not to a hold location"""
        for line in self:
            # sudo: the storekeeper has no rights on dispositions
            row = line.move_id.quality_disposition_id.sudo()
            if row and line.state != "cancel" and not row._is_destination(line.location_dest_id):
                raise UserError(self.env._(
                    "%(row)s: the goods cannot go to %(location)s. They are not accepted; have them inspected again.",
                    row=row.display_name, location=line.location_dest_id.display_name))
