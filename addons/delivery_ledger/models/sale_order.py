from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the customer was promised first, which no later date undoes (DLV-9)."""

    _name = "sale.order"
    _inherit = ["sale.order", "document.fence.mixin"]

    date_first_promised = fields.Datetime(
        string="First Promised", compute="_compute_date_first_promised", store=True, copy=False,
        help="The delivery date with which the order was confirmed, or the first one that it was given after that.")

    @api.depends("state", "commitment_date")
    def _compute_date_first_promised(self):
        for order in self:
            confirmed = order.state == "sale"
            order.date_first_promised = confirmed and (order.date_first_promised or order.commitment_date)

    def write(self, vals):
        if "commitment_date" in vals:
            # An order that is confirmed and moved in one transaction was promised for the former day first.
            self.mapped("date_first_promised")
        return super().write(vals)

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"date_first_promised"}
