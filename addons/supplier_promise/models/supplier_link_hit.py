from odoo import models

#: Requests a minute: of one link, of one address, and of one address with links that are not valid.
LIMITS = {"link": 60, "address": 120, "miss": 10}


class SupplierLinkHit(models.Model):
    """How often a link and an address have asked in a minute."""

    _name = "supplier.link.hit"
    _inherit = ["document.page.hit.mixin"]
    _description = "Requests of Suppliers' Links"
    _log_access = False
    _limits = LIMITS

    _key_minute = models.UniqueIndex("(key, minute)")
