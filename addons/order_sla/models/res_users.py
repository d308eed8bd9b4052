from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        changed = self.filtered(lambda user: user.active != bool(vals["active"])) if "active" in vals else self.browse()
        result = super().write(vals)
        if changed:
            changed._sla_wake_clocks()
        return result

    def _sla_wake_clocks(self):
        """Look again at the clocks that these users may have had, or get, since they can or cannot be reached (SLA-4).

        Who has come back stands on no clock: all of the companies' clocks may be meant.
        """
        # sudo: who archives a colleague need not see that colleague's clocks
        users = self.sudo()
        domain = Domain("user_id", "in", users.ids)
        if back := users.filtered("active"):
            domain |= Domain("company_id", "in", back.company_ids.ids)
        self.env["sla.clock"].sudo().search(domain & Domain("is_open", "=", True))._wake()  # sudo: as above
