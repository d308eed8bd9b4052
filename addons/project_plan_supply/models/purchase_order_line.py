from odoo import models


class PurchaseOrderLine(models.Model):
    """What is bought for a manufacturing order tells the order's plan, whatever else the purchase order buys.

    Odoo gives the project to the purchases that it makes itself; those that a buyer makes of a requisition have none,
    and may be for several orders.
    """

    _inherit = "purchase.order.line"

    _plan_project_paths = ("order_id.project_id", "move_dest_ids.raw_material_production_id.project_id")
