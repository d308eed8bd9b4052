from odoo import models
from odoo.fields import Domain


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_lines_domain(self, location_ids=False, warehouse_ids=False):
        """One need is on order once, however many suppliers were asked for it (PUR-3)."""
        counted = Domain("order_id.rfq_first_id", "=", False) | Domain("order_id.rfq_chosen_on", "!=", False)
        return Domain(super()._get_lines_domain(location_ids, warehouse_ids)) & counted
