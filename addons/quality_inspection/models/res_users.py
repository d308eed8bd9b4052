from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_landings(self):
        quality = "quality_inspection.group_quality_user"
        return [
            *super()._get_landings(),
            ("stock.group_stock_user", ("stock.group_stock_manager",),
             "quality_inspection.stock_picking_action_receipts"),
            (quality, ("quality_inspection.group_quality_manager",),
             "quality_inspection.quality_inspection_action_queue"),
            ("stock_gate_pass.group_gate_guard", (quality,), "stock_gate_pass.gate_scan_action"),
        ]
