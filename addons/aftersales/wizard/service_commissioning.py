from odoo import fields, models


class ServiceCommissioning(models.TransientModel):
    """The day on which goods were put into operation: most warranties begin with it (AFT-4)."""

    _name = "service.commissioning"
    _description = "Put into Operation"

    lot_ids = fields.Many2many("stock.lot", string="Serial Numbers", required=True)
    day = fields.Date(string="Put into Operation", required=True, default=fields.Date.context_today)

    def action_set(self):
        """Take the day down.

        :raise AccessError: nobody of after-sales
        :raise UserError: before the delivery, or in the future
        """
        self.ensure_one()
        self.lot_ids.check_access("read")
        self.lot_ids._set_commissioned(self.day)
        return True
