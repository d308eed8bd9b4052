from odoo import api, models
from odoo.tools import SQL


class MaterialSpecial(models.Model):
    _inherit = "material.special"

    @api.model
    def _get_inspected_sql(self):
        """Inspected is what was received and of which no inspection is left to do (MAT-5)."""
        self.env["quality.inspection"].flush_model(["state", "move_id"])
        found = SQL(
            "SELECT FROM quality_inspection inspection JOIN stock_move goods ON goods.id = inspection.move_id "
            "WHERE goods.purchase_line_id = line.id")
        return SQL(
            "(COALESCE(line.qty_received, 0) >= line.product_qty AND EXISTS (%s AND inspection.state = 'done') "
            "AND NOT EXISTS (%s AND inspection.state IN ('draft', 'pending', 'in_progress')))", found, found)
