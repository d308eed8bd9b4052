from odoo import models


class StockPicking(models.Model):
    """Deliveries of the order, and receipts of what was bought for it."""

    _inherit = "stock.picking"
    _dossier_path = ("sale_id", "move_ids.purchase_line_id.order_id")
    _dossier_report = "stock.action_report_delivery"
