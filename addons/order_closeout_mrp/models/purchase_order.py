from odoo import models

from odoo.addons.order_closeout.tools.figures import against


class PurchaseOrder(models.Model):
    """What was bought for the order."""

    _inherit = "purchase.order"
    _dossier_path = (
        "reference_ids.sale_ids", "reference_ids.production_ids", "order_line.move_dest_ids.raw_material_production_id")

    def _get_dossier_figures(self):
        """What was bought for one order, at the products' cost and as ordered (EVA-1)."""
        bought = self.filtered(lambda purchase: purchase.state == "purchase")
        if not bought:
            return []
        planned = ordered = 0
        for line in bought.order_line.filtered("product_id"):
            company = line.company_id
            planned += line.product_uom_qty * line.product_id.with_company(company).standard_price
            ordered += line.currency_id._convert(
                line.price_subtotal, company.currency_id, company, line.order_id.date_approve or line.date_order)
        return [(self.env._("Purchases, at cost and as ordered"), against(
            self.env, planned, ordered, bought.company_id[:1].currency_id))]
