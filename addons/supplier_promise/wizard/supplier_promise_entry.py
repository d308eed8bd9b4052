from odoo import api, fields, models

from ..models.supplier_promise import STAFF


class SupplierPromiseEntry(models.TransientModel):
    """What a supplier has said by phone or mail, entered by the buyer (PUR-6, PUR-8)."""

    _name = "supplier.promise.entry"
    _inherit = ["document.number.mixin"]
    _description = "Enter a Promised Date"

    line_id = fields.Many2one("purchase.order.line", string="Order Line", required=True)
    date_planned = fields.Datetime(related="line_id.date_planned", related_sudo=False, string="Planned Arrival")
    product_uom_id = fields.Many2one(related="line_id.product_uom_id", related_sudo=False)
    date_promised = fields.Date(
        string="Promised Date", compute="_compute_promised", store=True, readonly=False, precompute=True, required=True)
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_promised", store=True, readonly=False, precompute=True,
        help="What is still to come. Less: the rest keeps its date.")
    reason = fields.Text()

    @api.depends("line_id")
    def _compute_promised(self):
        """What is expected now: all that is to come, on the planned day or, where that is over, today."""
        today = fields.Date.context_today(self)
        for entry in self:
            line = entry.line_id
            planned = line._get_day_of(line.date_planned) if line.date_planned else today
            entry.date_promised = max(planned, today)
            entry.quantity = line._get_open_quantity() if line else 0.0

    def action_promise(self):
        """Take the promise down.

        :raise AccessError: no buyer
        :raise UserError: the date, the quantity or the reason cannot be
        """
        self.ensure_one()
        order = self.line_id.order_id
        order.check_access("write")
        order._check_groups(*STAFF)
        promise = self.line_id._promise(self.date_promised, self.reason, self.quantity)
        return promise._get_records_action() if promise.state == "proposed" else True
