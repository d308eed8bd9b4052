from odoo import models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _check_notice_released(self):
        """The gate of deliveries asks for the loading check, too, where the company demands one (DLV-2)."""
        result = super()._check_notice_released()
        if self.company_id.loading_check_required and not self.delivery_notice_id.loaded_on:
            raise UserError(self.env["scan.message"].not_loaded(self.delivery_notice_id.name, self.name))
        return result
