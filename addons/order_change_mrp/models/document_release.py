from odoo import models
from odoo.fields import Domain


class DocumentRelease(models.Model):
    _inherit = "document.release"

    def _warn_of_superseded_of(self, orders, where):
        """Whoever issues, starts or ships by documents of orders that a change has put out of force is warned at once;
        it is on record (CHG-8).
        """
        releases = self._get_superseded_of(orders)
        warning = releases and releases.sudo(False)._warn_superseded(where)
        if warning:
            self.env.user._bus_send("simple_notification", {"type": "warning", "sticky": True, **warning})

    def _get_superseded_of(self, orders):
        """Documents of orders that a change has put out of force, as superuser: whoever issues need not read them."""
        releases = self.sudo()
        orders = orders.sudo().filtered("has_superseded_release")  # as a rule none: nothing is searched
        return releases.search(
            self._get_domain_of(orders) & Domain("superseded_change_id", "!=", False)) if orders else releases
