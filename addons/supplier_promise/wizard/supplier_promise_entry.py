from odoo import fields, models

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
        string="Promised Date", required=True, default=lambda self: fields.Date.context_today(self))
    quantity = fields.Float(
        digits="Product Unit", help="Left at zero: all that is still to come. Less: the rest keeps its date.")
    reason = fields.Text()

    def action_promise(self):
        """Take the promise down.

        :raise AccessError: no buyer
        :raise UserError: the date, the quantity or the reason cannot be
        """
        self.ensure_one()
        order = self.line_id.order_id
        order.check_access("write")
        order._check_groups(*STAFF)
        promise = self.line_id._promise(self.date_promised, self.reason, self.quantity or None)
        return promise._get_records_action() if promise.state == "proposed" else True
