from odoo import api, fields, models


class SaleOrder(models.Model):
    """What the customer asked for, kept beside what was promised to him."""

    _inherit = "sale.order"

    requested_date = fields.Date(
        string="Delivery requested", compute="_compute_requested_date", store=True, readonly=False, copy=False,
        help="Day that the customer asked for. It stays when another one is promised.")

    @api.depends("commitment_date")
    def _compute_requested_date(self):
        for order in self:
            if order.requested_date and order._is_promised():
                order.requested_date = order.requested_date
            else:
                order.requested_date = order._get_requested_date()

    def _is_promised(self):
        """Whether the delivery date is a promise of ours: confirmed, or cleared by a review."""
        return self.state == "sale" or "cleared" in self.sudo().review_ids.mapped("stage")  # whoever moves the date

    def _prepare_review_dates(self):
        """What a round asks the departments for, and the day that the customer knows since."""
        agreed = self._get_requested_date()
        return {"requested_date": self.requested_date or agreed, "agreed_date": agreed}
