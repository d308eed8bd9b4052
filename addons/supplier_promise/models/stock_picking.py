from odoo import fields, models

#: What the supplier says on the shipping day.
SHIPPED = {"supplier_carrier", "supplier_carrier_contact", "supplier_tracking_ref", "supplier_shipped_on"}


class StockPicking(models.Model):
    """Shipped or not, by whom, under which number: what the supplier says on the shipping day (PUR-7)."""

    _inherit = "stock.picking"

    supplier_shipment = fields.Selection(
        [("shipped", "Shipped"), ("not_shipped", "Not Shipped")], string="Supplier Says", copy=False, tracking=True,
        index="btree_not_null")
    supplier_shipped_on = fields.Date(string="Shipped On", copy=False)
    supplier_carrier = fields.Char(string="Supplier's Carrier", copy=False)
    supplier_carrier_contact = fields.Char(string="Contact of the Carrier", copy=False)
    supplier_tracking_ref = fields.Char(string="Supplier's Tracking Number", copy=False, index="trigram")

    def _action_done(self):
        """Nobody is asked any more for what has arrived."""
        result = super()._action_done()
        orders = self.sudo().move_ids.purchase_line_id.order_id  # sudo: to-dos of the buyers, whoever receives
        orders.filtered(lambda order: order.receipt_status == "full")._end_asking()
        return result
