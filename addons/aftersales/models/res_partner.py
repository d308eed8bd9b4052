from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_new_service_request(self):
        """Take down a request of this customer (AFT-1)."""
        self.ensure_one()
        return self.env["service.request"]._open_new(default_partner_id=self.id)

    def _get_service_contact(self):
        """Whom a request of this customer is answered to, as the fields of a request."""
        return {"contact_name": not self.is_company and self.name, "email": self.email, "phone": self.phone}
