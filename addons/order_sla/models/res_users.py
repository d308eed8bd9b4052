from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            # Who archives a colleague need not see that colleague's clocks.
            self.env["sla.clock"].sudo().search([("user_id", "in", self.ids), ("is_open", "=", True)])._wake()
        return result
