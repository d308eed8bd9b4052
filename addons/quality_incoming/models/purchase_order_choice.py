from odoo import api, fields, models

CHOICE_FIELDS = {"rfq_choice_reason", "rfq_chosen_by", "rfq_chosen_on"}


class PurchaseOrder(models.Model):
    """Among several offers one is chosen, with its reason (PUR-3)."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "document.fence.mixin"]

    rfq_choice_reason = fields.Text(string="Reason of the Choice", readonly=True, copy=False, tracking=True)
    rfq_chosen_by = fields.Many2one("res.users", string="Chosen By", readonly=True, copy=False)
    rfq_chosen_on = fields.Datetime(string="Chosen On", readonly=True, copy=False)
    rfq_offer_count = fields.Integer(
        string="Competing Offers", compute="_compute_rfq_offer_count", help="Open offers of others for these products.")

    @api.depends("order_line.product_id", "partner_id", "company_id", "state")
    def _compute_rfq_offer_count(self):
        for order in self:
            order.rfq_offer_count = len(order._get_competing_orders()) if order.state in ("draft", "sent") else 0

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | CHOICE_FIELDS

    def _get_competing_orders(self):
        """Open requests for quotation of the same products to other suppliers."""
        self.ensure_one()
        products = self.order_line.product_id
        if not products or not self.company_id:
            return self.browse()
        return self.env["purchase.order.line"].search([
            ("product_id", "in", products.ids), ("order_id.state", "in", ("draft", "sent", "to approve")),
            ("company_id", "=", self.company_id.id), ("order_id", "not in", self.ids),
            ("order_id.partner_id", "not in", self.partner_id.ids)], limit=500).order_id

    def action_compare_rfq(self):
        """Open the offers for the products of the order side by side (PUR-3)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_rfq_comparison_action")
        return {**action, "domain": [("product_id", "in", self.order_line.product_id.ids)],
                "context": {"search_default_open": 1, "search_default_group_product": 1}}

    def action_choose_rfq(self):
        """Open the window that records the choice of this offer (PUR-3).

        :return: action
        :raises UserError: when the order is no open offer
        """
        self.ensure_one()
        self._check_choosable()
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_rfq_choice_action")
        return {**action, "context": {"default_order_id": self.id}}

    def _check_choosable(self):
        self._check_state("draft", "sent", "to approve")

    def _choose_rfq(self, reason, rejected):
        """Record the choice; the rejected offers are cancelled.

        :param str reason: why this offer
        :param rejected: purchase.order, offers that are given up
        """
        self.ensure_one()
        self.check_access("write")
        self._check_choosable()
        self._write_signed({
            "rfq_choice_reason": reason, "rfq_chosen_by": self.env.uid, "rfq_chosen_on": fields.Datetime.now()})
        for order in self._get_competing_orders():
            order.message_post(body=self.env._(
                "Offer %(order)s of %(partner)s was chosen: %(reason)s", order=self.name,
                partner=self.partner_id.display_name, reason=reason))
        rejected.button_cancel()
