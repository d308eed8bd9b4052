from odoo import api, fields, models

from .order_change import OPEN
from .order_change_line import TEXTS


class SaleOrder(models.Model):
    """Changes of the order, and what it rests on after them."""

    _inherit = "sale.order"

    change_ids = fields.One2many("order.change", "order_id", string="Changes", copy=False)
    change_count = fields.Integer(compute="_compute_change_count")
    change_revision = fields.Integer(
        string="Revision", compute="_compute_change_revision", help="How often the order was changed by a notice.")

    has_open_change = fields.Boolean(
        compute="_compute_has_open_change", store=True, compute_sudo=True, export_string_translation=False)
    has_superseded_release = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False,
        help="Kept on the order, so that whoever ships a hundred orders does not look for documents of each.")

    @api.depends("change_ids.state")
    def _compute_has_open_change(self):
        for order in self:
            order.has_open_change = any(change.state in OPEN for change in order.change_ids)

    def _compute_change_count(self):
        # sudo: how many there are belongs to the order, whoever may read the order
        counts = dict(self.env["order.change"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.change_count = counts.get(order._origin, 0)

    @api.depends("change_ids.revision")
    def _compute_change_revision(self):
        # sudo: as above
        revisions = dict(self.env["order.change"].sudo()._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["revision:max"]))
        for order in self:
            order.change_revision = revisions.get(order._origin, 0)

    @api.depends("review_id.covered_change_ids.applied_digest")
    def _compute_review_digest(self):
        return super()._compute_review_digest()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._cancel_open_changes()
        return result

    def action_view_changes(self):
        """Open the changes of the order; a new one is of this order."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("order_change.order_change_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {"default_order_id": self.id}}

    def action_change_order(self):
        """Open a new change notice of the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Change Notice"), "res_model": "order.change",
            "view_mode": "form", "context": {"default_order_id": self.id}}

    def _cancel_open_changes(self):
        changes = self.sudo().change_ids.filtered(  # whoever cancels the order ends its changes
            lambda change: change.state in OPEN)
        for change in changes:
            change._close("cancel", self.env._("The order was cancelled."))

    def _describe_for_change(self):
        """The order as plain data that people read side by side, in the words of the day."""
        self.ensure_one()
        return {
            "date": fields.Date.to_string(self._get_requested_date() or None) or False,
            "amount": self.amount_total,
            "texts": {name: self[name] or "" for name in TEXTS},
            "lines": [{
                "id": line.id, "product": line.product_id.display_name or "", "name": line.name or "",
                "quantity": line.product_uom_qty, "unit": line.product_uom_id.name or "", "price": line.price_unit,
                "discount": line.discount, "subtotal": line.price_subtotal,
            } for line in self.order_line if not line.display_type],
        }

    def _get_conditions_in_force(self):
        """A change does not end the commitments on which the order was accepted before."""
        review, conditions = self.review_id, super()._get_conditions_in_force()
        while review.change_id:
            review = self.review_ids.filtered(lambda other, number=review.round_no: (
                other.round_no < number and other.stage == "cleared")).sorted("round_no")[-1:]
            conditions |= review.condition_ids.filtered("is_commitment")
        return conditions

    def _get_accepted_review(self):
        """What the customer has agreed to with a change stands on the change."""
        cleared = self.review_ids.filtered(
            lambda review: review.stage == "cleared" and not review.change_id).sorted("round_no")[-1:]
        return cleared.filtered(lambda review: review.customer_state == "accepted")

    def _get_changes_to_sign(self):
        """Changes that wait for the customer; the order comes from a checked link."""
        self.ensure_one()
        return self.sudo().change_ids.filtered(lambda change: change._is_with_customer())

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"change_ids", "has_superseded_release"}
