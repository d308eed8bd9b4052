from odoo import models


class QualityUrgentRelease(models.Model):
    """A recall also names what the released lots were built into, and where that went (REC-8)."""

    _inherit = "quality.urgent.release"

    def _get_usage(self):
        usage = super()._get_usage()
        used = self._get_outstanding_lots()._get_where_used()
        orders = self.env["mrp.production"].browse(used["production_ids"])
        if orders:
            usage.append(self.env._("manufacturing orders: %(names)s", names=", ".join(orders.mapped("name"))))
        if used["lot_ids"]:
            lots = self.env["stock.lot"].browse(used["lot_ids"])
            usage.append(self.env._("built into: %(names)s", names=", ".join(
                f"{lot.product_id.display_name} {lot.name}" for lot in lots)))
        if used["picking_ids"]:
            pickings = self.env["stock.picking"].browse(used["picking_ids"])
            usage.append(self.env._("delivered with: %(names)s", names=", ".join(pickings.mapped("name"))))
        return usage
