from odoo import models


class PurchaseOrderLine(models.Model):
    """What a purchase cost one order: others may have been served by the same line."""

    _inherit = "purchase.order.line"

    def _get_costs_of(self, order):
        """Planned and actual cost of what these lines brought for an order: the products' cost, and what was billed.

        :param order: a sales order
        :return: pair of amounts in the company's currency
        """
        productions = self.env["mrp.production"].search(order._get_document_domain("mrp.production"))
        planned = actual = 0
        for line in self:
            quantity = line._get_quantity_for(order, productions)
            planned += quantity * line.product_id.with_company(line.company_id).standard_price
            actual += quantity * line._get_actual_price()
        return planned, actual

    def _get_quantity_for(self, order, productions):
        """How much of the line the order asked for, in the product's unit.

        What nobody asked for (freight, an item that the buyer added) is the order's where the purchase serves it alone.
        """
        demands = self.move_dest_ids.filtered(lambda move: move.state != "cancel")
        if not demands:
            references = self.order_id.reference_ids
            served = references.sale_ids | references.production_ids.reference_ids.sale_ids
            return self.product_uom_qty if served <= order else 0
        own = demands.filtered(
            lambda move: order in move.reference_ids.sale_ids
            or (move.raw_material_production_id | move.reference_ids.production_ids) & productions)
        return min(sum(own.mapped("product_qty")), self.product_uom_qty)

    def _get_actual_price(self):
        """Mean price of a piece as billed; as ordered where no bill is posted yet. Without taxes."""
        billed = self.invoice_lines.filtered(lambda row: row.parent_state == "posted")
        quantity = sum(
            row.product_uom_id._compute_quantity(row.quantity, self.product_id.uom_id)
            * (1 if row.move_id.move_type == "in_invoice" else -1) for row in billed)
        if self.product_id.uom_id.compare(quantity, 0) > 0:
            return sum(billed.mapped("balance")) / quantity
        if not self.product_uom_qty:
            return 0
        return self.currency_id._convert(
            self.price_subtotal, self.company_id.currency_id, self.company_id,
            self.order_id.date_approve or self.order_id.date_order, round=False) / self.product_uom_qty
