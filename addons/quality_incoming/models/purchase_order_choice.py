from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

CHOICE_FIELDS = {"rfq_choice_reason", "rfq_chosen_by", "rfq_chosen_on", "rfq_first_id", "rfq_beside_ids"}
OPEN = ("draft", "sent", "to approve")


class PurchaseOrder(models.Model):
    """Among several offers one is chosen, with its reason (PUR-3)."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "document.fence.mixin"]

    rfq_choice_reason = fields.Text(string="Reason of the Choice", readonly=True, copy=False, tracking=True)
    rfq_chosen_by = fields.Many2one("res.users", string="Chosen By", readonly=True, copy=False)
    rfq_chosen_on = fields.Datetime(string="Chosen On", readonly=True, copy=False)
    rfq_offer_count = fields.Integer(
        string="Competing Offers", compute="_compute_rfq_offer_count", help="Open offers of others for these products.")

    rfq_first_id = fields.Many2one(
        "purchase.order", string="Asked Beside", readonly=True, copy=False, index="btree_not_null", check_company=True,
        help="The request for quotation beside which this supplier was asked for the same; one of them is chosen, and "
             "serves what was needed.")
    rfq_beside_ids = fields.One2many("purchase.order", "rfq_first_id", string="Asked As Well", copy=False)

    @api.depends("order_line.product_id", "partner_id", "company_id", "state")
    def _compute_rfq_offer_count(self):
        for order in self:
            order.rfq_offer_count = len(order._get_competing_orders()) if order.state in ("draft", "sent") else 0

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | CHOICE_FIELDS

    def write(self, vals):
        if vals.get("state") in ("to approve", "purchase"):
            self._check_chosen()
        return super().write(vals)

    def _check_chosen(self):
        """Of several suppliers who were asked for the same one is chosen, with the reason, before anything is ordered.

        :raise UserError: names the offers to choose among
        """
        for order in self.filtered(lambda order: order.state in OPEN and not order.rfq_chosen_on):
            rivals = order._get_rivals()
            if rivals or order.rfq_first_id:
                raise UserError(self.env._(
                    "%(order)s is one of several offers for the same: %(orders)s. Choose one of them, with the reason.",
                    order=order.name, orders=", ".join((order | rivals).mapped("name"))))

    def _get_family(self):
        """All requests for quotation of the same need, this one among them."""
        first = self.rfq_first_id or self
        return first | first.rfq_beside_ids

    def _get_rivals(self):
        """Open requests for quotation of the same need to others."""
        return self._get_family().filtered(lambda order: order.state in OPEN) - self

    def action_ask_others(self):
        """Open the window that asks other suppliers for the same (PUR-3).

        :return: action
        :raises UserError: when the order is no open request for quotation
        """
        self.ensure_one()
        self._check_state("draft", "sent")
        action = self.env["ir.actions.act_window"]._for_xml_id("quality_incoming.quality_rfq_ask_action")
        return {**action, "context": {"default_order_id": self.id}}

    def _ask_others(self, partners):
        """Make a request for quotation of the same to each of these suppliers; needs stay with the first one.

        :return: the new orders
        :raises UserError: nobody named, or somebody who was asked already
        """
        self.ensure_one()
        self._check_state("draft", "sent")
        asked = self._get_family().filtered(lambda order: order.state in OPEN).partner_id.commercial_partner_id
        if not partners:
            raise UserError(self.env._("Name the suppliers to ask as well."))
        if again := partners.commercial_partner_id & asked:
            raise UserError(self.env._(
                "%(partners)s was asked already.", partners=", ".join(again.mapped("display_name"))))
        first = self.rfq_first_id or self
        orders = self.create([first._prepare_rival_vals(partner) for partner in partners])
        orders._write_signed({"rfq_first_id": first.id})
        return orders

    def _prepare_rival_vals(self, partner):
        return {
            "partner_id": partner.id, "company_id": self.company_id.id, "user_id": self.user_id.id,
            "origin": self.origin, "date_order": self.date_order, "picking_type_id": self.picking_type_id.id,
            "dest_address_id": self.dest_address_id.id, "reference_ids": [Command.set(self.reference_ids.ids)],
            "order_line": [Command.create(line._prepare_rival_vals()) for line in self.order_line]}

    def _get_competing_orders(self):
        """Open requests for quotation of the same products to other suppliers."""
        self.ensure_one()
        products = self.order_line.product_id
        if not products or not self.company_id:
            return self.browse()
        return self.env["purchase.order.line"].search([
            ("product_id", "in", products.ids), ("order_id.state", "in", OPEN),
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
        self._check_state(*OPEN)

    def _choose_rfq(self, reason, rejected):
        """Record the choice; the rejected offers are cancelled, and so are those asked for the same need, which the
        chosen one serves from now on.

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
        given_up = (self._get_family() - self).filtered(lambda order: order.state != "purchase")
        self.order_line._take_over(given_up.order_line)
        (rejected | self._get_rivals()).button_cancel()
