from odoo import models

#: Requests a minute: of one crate, of one address, and of one address with codes that are not valid.
LIMITS = {"link": 30, "address": 120, "miss": 10}


class DeliveryPageHit(models.Model):
    """How often a crate's page is asked for in a minute."""

    _name = "delivery.page.hit"
    _inherit = ["document.page.hit.mixin"]
    _description = "Requests of Crates' Pages"
    _log_access = False
    _limits = LIMITS

    _key_minute = models.UniqueIndex("(key, minute)")
