from odoo import api, models
from odoo.fields import Domain


class DocumentRelease(models.Model):
    _inherit = "document.release"

    @api.model
    def _get_domain_in_force(self, orders):
        """What a change has put out of force counts no more, although nothing has replaced it yet (CHG-8)."""
        return super()._get_domain_in_force(orders) & Domain("is_superseded", "=", False)
