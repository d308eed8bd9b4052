from odoo import api, fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    quality_inspection_count = fields.Integer(compute="_compute_quality_counts")
    quality_nonconformity_count = fields.Integer(compute="_compute_quality_counts")

    def _compute_quality_counts(self):
        # sudo: the counts belong to the order
        inspections = self.env["quality.inspection"].sudo()._read_group(
            [("purchase_line_id.order_id", "in", self.ids)], ["purchase_line_id"], ["__count"])
        nonconformities = self.env["quality.nonconformity"].sudo()._read_group(
            [("inspection_id.purchase_line_id.order_id", "in", self.ids)], ["inspection_id"], ["__count"])
        inspected, refused = {}, {}
        for line, count in inspections:
            inspected[line.order_id.id] = inspected.get(line.order_id.id, 0) + count
        for inspection, count in nonconformities:
            order = inspection.purchase_line_id.order_id
            refused[order.id] = refused.get(order.id, 0) + count
        for order in self:
            order.quality_inspection_count = inspected.get(order.id, 0)
            order.quality_nonconformity_count = refused.get(order.id, 0)

    @api.depends("order_line.qty_received", "order_line.qty_qualified")
    def _get_invoiced(self):
        """An order with goods under inspection is not fully billed."""
        result = super()._get_invoiced()
        for order in self:
            if order.invoice_status == "invoiced" and any(
                    line.product_uom_id.compare(line.qty_received, max(line.qty_qualified, line.qty_invoiced)) > 0
                    for line in order.order_line if line.product_uom_id):  # a section or a line just added has none
                order.invoice_status = "no"
        return result

    def action_view_quality_inspections(self):
        """Open the inspections of the goods received on the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_inspection.quality_inspection_action")
        return {**action, "domain": [("purchase_line_id.order_id", "=", self.id)], "context": {}}

    def action_view_quality_nonconformities(self):
        """Open the nonconformities of the goods received on the order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_inspection.quality_nonconformity_action")
        return {**action, "domain": [("inspection_id.purchase_line_id.order_id", "=", self.id)], "context": {}}
