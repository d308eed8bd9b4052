from odoo import models


class QualityInspection(models.Model):
    """Whoever inspects by a drawing that a change has put out of force is warned when he begins (CHG-8)."""

    _inherit = "quality.inspection"

    def action_start(self):
        """Claim the inspection; drawings of its sales order that are out of force warn, and it is on record."""
        begins = self.filtered(lambda inspection: inspection.state == "pending")
        result = super().action_start()
        for inspection in begins:
            self.env["document.release"]._warn_of_superseded_of(inspection._get_orders_of_change(), inspection)
        return result

    def _get_orders_of_change(self):
        """Sales orders for which the goods are made, bought or shipped."""
        inspection = self.sudo()  # whose order it is; the inspector reads none
        return inspection.production_id._get_sale_orders() | inspection.picking_id._get_orders_of_change()
