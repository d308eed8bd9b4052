from odoo import models


class PurchaseOrder(models.Model):
    """What was bought for the order."""

    _inherit = "purchase.order"
    _dossier_path = (
        "reference_ids.sale_ids", "reference_ids.production_ids", "order_line.move_dest_ids.raw_material_production_id")
