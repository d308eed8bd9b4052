from odoo import models


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _quantity_in_progress(self):
        """What has come and waits for its inspection is on its way to the shelf: the run does not buy it again (MAT-1).

        What was found bad is not counted: it is decided what becomes of it, and what comes instead is expected.
        """
        result, points = super()._quantity_in_progress(), self.grouped("product_id")
        # sudo: what is on its way does not depend on who may see inspections
        for inspection in self.env["quality.inspection"].sudo().search([
                ("product_id", "in", self.product_id.ids), ("state", "in", ("pending", "in_progress")),
                ("location_id", "!=", False), ("quantity_open", ">", 0)]):
            if point := points[inspection.product_id]._get_point_of_inspection(inspection):
                result[point.id] = result.get(point.id, 0.0) + inspection.product_uom_id._compute_quantity(
                    inspection.quantity_open, point.product_uom, round=False)
        return result

    def _get_point_of_inspection(self, inspection):
        """Of a product's rules that of the place to which its goods go; none where they lie within it: Odoo counts
        them there."""
        hold, target = inspection.location_id, inspection._get_release_location()
        return self.filtered(lambda point: (
            target._child_of(point.location_id) and not hold._child_of(point.location_id)))[:1]
