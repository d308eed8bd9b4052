from odoo import models


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _quantity_in_progress(self):
        """What has come and waits for its inspection is on its way to the shelf: the run does not buy it again (MAT-1).

        Nor does it buy what was found bad, as long as nobody has decided: used all the same, it is there; sent back or
        scrapped, it is replaced, or below the minimum again.
        """
        result, points = super()._quantity_in_progress(), self.grouped("product_id")
        for product, quantity, hold, target in self._get_undecided_goods():
            if point := points[product]._get_point_of_held(hold, target):
                result[point.id] = result.get(point.id, 0.0) + product.uom_id._compute_quantity(
                    quantity, point.product_uom, round=False)
        return result

    def _get_undecided_goods(self):
        """What quality holds of these rules' products, and has not decided about.

        :return: list of (product, quantity in its unit, where it lies, where it goes when it is released)
        """
        domain = [("product_id", "in", self.product_id.ids), ("location_id", "!=", False)]
        # sudo: what is on its way does not depend on who may see inspections and reports
        inspections = self.env["quality.inspection"].sudo().search([
            *domain, ("state", "in", ("pending", "in_progress")), ("quantity_held", ">", 0)])
        goods = [(one.product_id, one.quantity_held, one.location_id, one._get_release_location())
                 for one in inspections]
        for report in self.env["quality.nonconformity"].sudo().search([  # sudo: as above
                *domain, ("state", "in", ("open", "review")), ("quantity_undecided", ">", 0)]):
            holder = report.inspection_id or report
            if holder not in inspections and holder.quantity_held > 0:
                goods.append((
                    report.product_id, min(report.quantity_undecided, holder.quantity_held), report.location_id,
                    report.origin_location_id or report.inspection_id._get_release_location()))
        return goods

    def _get_point_of_held(self, hold, target):
        """Of a product's rules that of the place to which goods go; none where they lie within it: Odoo counts them
        there."""
        return self.filtered(lambda point: (
            target._child_of(point.location_id) and not hold._child_of(point.location_id)))[:1]
