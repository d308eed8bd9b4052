from odoo import http
from odoo.http import request

from odoo.addons.purchase.controllers.portal import CustomerPortal


class SupplierPortal(CustomerPortal):
    @http.route()
    def portal_my_purchase_order_update_dates(self, order_id=None, access_token=None, **kw):
        """A date given in the portal is a promise like one given on the supplier's page."""
        request.update_context(supplier_portal=True)
        return super().portal_my_purchase_order_update_dates(order_id, access_token, **kw)
