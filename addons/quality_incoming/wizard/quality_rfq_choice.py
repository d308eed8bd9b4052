from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class QualityRfqChoice(models.TransientModel):
    """Records which offer was chosen and why (PUR-3)."""

    _name = "quality.rfq.choice"
    _description = "Choice Among Offers"

    order_id = fields.Many2one("purchase.order", string="Chosen Offer", required=True, ondelete="cascade")
    offer_ids = fields.Many2many("quality.rfq.comparison", string="Offers", compute="_compute_offer_ids")
    competing_ids = fields.Many2many("purchase.order", compute="_compute_offer_ids")
    rejected_ids = fields.Many2many(
        "purchase.order", "quality_rfq_choice_rejected_rel", string="Cancel These Offers",
        compute="_compute_rejected_ids", store=True, readonly=False, domain="[('id', 'in', competing_ids)]",
        help="Those that were asked for the same are cancelled in any case.")
    reason = fields.Text(required=True)

    @api.depends("order_id")
    def _compute_offer_ids(self):
        for wizard in self:
            order = wizard.order_id
            wizard.competing_ids = order._get_competing_orders() if order else False
            offers = self.env["quality.rfq.comparison"].search([
                ("product_id", "in", order.order_line.product_id.ids), ("is_open", "=", True),
                ("company_id", "=", order.company_id.id)], limit=200)
            wizard.offer_ids = [Command.set(offers.ids)]

    @api.depends("order_id")
    def _compute_rejected_ids(self):
        for wizard in self:
            wizard.rejected_ids = wizard.order_id._get_rivals() if wizard.order_id else False

    def action_confirm(self):
        """Record the choice and cancel the offers that were given up.

        :return: action that opens the chosen order
        :raises UserError: without a reason
        """
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Say why this offer was chosen: price, date or quality."))
        self.order_id._choose_rfq(self.reason.strip(), self.rejected_ids & self.competing_ids)
        return {
            "type": "ir.actions.act_window", "res_model": "purchase.order", "res_id": self.order_id.id,
            "view_mode": "form"}
