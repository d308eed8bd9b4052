from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_new_service_request(self):
        """Take down a request of this customer (AFT-1)."""
        self.ensure_one()
        return self.env["service.request"]._open_new(default_partner_id=self.id)
