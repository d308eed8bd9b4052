from odoo import api, fields, models
from odoo.fields import Command


class QualityRfqAsk(models.TransientModel):
    """Asks other suppliers for what one was asked for (PUR-3)."""

    _name = "quality.rfq.ask"
    _description = "Other Suppliers to Ask"

    order_id = fields.Many2one("purchase.order", string="Request for Quotation", required=True, ondelete="cascade")
    partner_ids = fields.Many2many(
        "res.partner", string="Suppliers", compute="_compute_partner_ids", store=True, readonly=False,
        help="Proposed: who stands in the price lists of these products and was not asked yet.")

    @api.depends("order_id")
    def _compute_partner_ids(self):
        for wizard in self:
            order = wizard.order_id
            companies = (order.company_id, order.company_id.browse())
            sellers = order.order_line.product_id.seller_ids.filtered(
                lambda seller, companies=companies: seller.company_id in companies)
            asked = order._get_family().partner_id.commercial_partner_id
            wizard.partner_ids = [Command.set([
                partner.id for partner in sellers.partner_id
                if partner.active and partner.commercial_partner_id not in asked])]

    def action_ask(self):
        """Make the requests for quotation.

        :return: action that opens them, to be sent
        :raises UserError: nobody named, or somebody who was asked already
        """
        self.ensure_one()
        orders = self.order_id._ask_others(self.partner_ids)
        return orders._get_records_action(name=self.env._("Requests for Quotation"))
