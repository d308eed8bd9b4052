from odoo import models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """Pass over lots that a concession keeps for other orders, and those that a disposition does not move; this
        narrows what is found, it opens nothing.
        """
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict)
        if refused := self.env.context.get("quality_refused_lots"):
            domain &= Domain("lot_id", "not in", list(refused))
        if own := self.env.context.get("quality_own_lots"):
            domain &= Domain("lot_id", "in", list(own))
        return domain
