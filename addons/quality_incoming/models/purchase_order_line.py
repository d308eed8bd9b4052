from collections import defaultdict

from odoo import api, fields, models


class PurchaseOrderLine(models.Model):
    """What of a received quantity may be billed and paid: what quality accepted or conceded (PUR-9, PUR-10)."""

    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "document.fence.mixin"]

    quality_inspection_ids = fields.One2many(
        "quality.inspection", "purchase_line_id", string="Inspections", copy=False)
    qty_qualified = fields.Float(
        string="Qualified Qty", digits="Product Unit", compute="_compute_qty_qualified", store=True,
        help="Received, not returned, and accepted or conceded by quality; goods without inspection count as received.")
    qty_in_inspection = fields.Float(
        string="In Inspection", digits="Product Unit", compute="_compute_qty_qualified", store=True,
        help="Received and still without verdict, also while it is inspected again.")
    qty_rejected = fields.Float(
        string="Rejected Qty", digits="Product Unit", compute="_compute_qty_qualified", store=True,
        help="Rejected and neither conceded nor returned.")
    quality_disposition_id = fields.Many2one(
        "quality.disposition", string="Disposition", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", help="The concession or the charged work that this line settles.")
    quality_origin_line_id = fields.Many2one(
        "purchase.order.line", string="Settles", readonly=True, copy=False, index="btree_not_null",
        ondelete="cascade", help="The line of the goods that this line settles.")

    @api.depends("qty_received", "quality_inspection_ids.quantity", "quality_inspection_ids.quantity_accepted",
                 "quality_inspection_ids.quantity_conceded", "quality_inspection_ids.quantity_returned",
                 "quality_inspection_ids.state", "quality_inspection_ids.parent_id",
                 "quality_inspection_ids.quantity_unjudged", "product_uom_id")
    def _compute_qty_qualified(self):
        totals = self._get_quality_totals()
        for line in self:
            if not line.product_uom_id:  # a line just added, a section, a note: nothing of it can be inspected
                line.qty_qualified = line.qty_received
                line.qty_in_inspection = line.qty_rejected = 0.0
                continue
            unqualified, waiting = line._get_unqualified(totals.get(line._origin.id, {}))
            unqualified = max(0.0, min(line.product_uom_id.round(unqualified), line.qty_received))
            line.qty_qualified = line.qty_received - unqualified
            line.qty_in_inspection = min(line.product_uom_id.round(waiting), unqualified)
            line.qty_rejected = unqualified - line.qty_in_inspection

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {
            "quality_inspection_ids", "qty_qualified", "qty_in_inspection", "qty_rejected", "quality_disposition_id",
            "quality_origin_line_id"}

    def _prepare_rival_vals(self):
        """What another supplier is asked for; his price and date are his own (PUR-3)."""
        vals = {"product_id": self.product_id.id, "product_qty": self.product_qty, "display_type": self.display_type,
                "product_uom_id": self.product_uom_id.id, "analytic_distribution": self.analytic_distribution,
                "location_final_id": self.location_final_id.id}
        return vals if self.product_id else {**vals, "name": self.name}

    def _take_over(self, given_up):
        """The needs of offers that are given up become those of the chosen lines, product by product (PUR-3)."""
        mine = self.filtered("product_id").grouped("product_id")
        for (_order, product), lines in given_up.grouped(lambda line: (line.order_id, line.product_id)).items():
            chosen = mine.get(product, ())
            for number, line in enumerate(lines if chosen else ()):
                chosen[min(number, len(chosen) - 1)]._take_need(line)

    def _take_need(self, former):
        """What waits for a line that is given up waits for this one."""
        if former.move_dest_ids:
            self.move_dest_ids |= former.move_dest_ids
            former.move_dest_ids = False
        if former.orderpoint_id:
            self.orderpoint_id = former.orderpoint_id
        self.propagate_cancel = former.propagate_cancel

    def _get_quality_totals(self):
        """What the inspections of the lines say, in the unit of the inspected product.

        :return: dict of line id to dict of product to a list: quantity still here, of that qualified, of that
            without verdict; so are the goods of a cancelled inspection, wherever they are
        """
        result = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0.0]))
        if not self.ids:
            return result
        # sudo: the buyer's quantities do not depend on his right to read inspections
        groups = self.env["quality.inspection"].sudo()._read_group(
            [("purchase_line_id", "in", self.ids)], ["purchase_line_id", "product_id", "parent_id", "state"],
            ["quantity:sum", "quantity_unjudged:sum", "quantity_accepted:sum", "quantity_conceded:sum",
             "quantity_returned:sum"])
        for line, product, parent, state, quantity, unjudged, accepted, conceded, returned in groups:
            quantity = (unjudged or 0.0) if state == "cancelled" else quantity
            total = result[line.id][product]
            total[0] += (0.0 if parent else quantity) - returned
            total[1] += accepted + conceded
            total[2] += 0.0 if state == "done" else quantity - accepted - conceded - returned
        return result

    def _get_unqualified(self, totals):
        """Received quantity that is not qualified, and what of it waits for a verdict, in the unit of the line.

        Of a kit the worst component counts: a set is as good as what is missing in it.
        """
        self.ensure_one()
        worst = (0.0, 0.0)
        for product, (present, qualified, waiting) in totals.items():
            found = max(0.0, present - qualified), max(0.0, waiting)
            if product == self.product_id:
                found = tuple(product.uom_id._compute_quantity(quantity, self.product_uom_id, round=False)
                              for quantity in found)
            elif present > 0:
                found = tuple(quantity / present * self.qty_received for quantity in found)
            worst = max(worst, found)
        return worst

    @api.depends("qty_qualified")
    def _compute_qty_invoiced(self):
        result = super()._compute_qty_invoiced()
        for line in self:
            unqualified = line.qty_received - line.qty_qualified
            if unqualified and line.qty_to_invoice > 0:
                line.qty_to_invoice = max(0.0, line.qty_to_invoice - unqualified)
        return result
