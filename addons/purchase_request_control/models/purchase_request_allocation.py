from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.document_control.tools.entered_values import is_number

#: Given by a move that is split, whose shares follow it; no client can send it.
SPLIT = object()
#: Given by an order line that has no shares: nobody need look for them; no client can send it either.
NO_SHARES = object()
#: What a share says of a confirmed order.
ORDERED = {"requested_product_uom_qty", "purchase_line_id", "purchase_request_line_id"}


class PurchaseRequestAllocation(models.Model):
    """An order's share of a requested line; what arrives of it is counted by the receipt only."""

    _name = "purchase.request.allocation"
    _inherit = ["document.fence.mixin", "purchase.request.allocation"]

    @api.constrains("requested_product_uom_qty", "allocated_product_qty", "purchase_request_line_id")
    def _check_quantities(self):
        """Orders serve what was approved; a share is a quantity."""
        for share in self:
            for quantity in (share.requested_product_uom_qty, share.allocated_product_qty):
                if not is_number(quantity, lowest=0):
                    raise ValidationError(self.env._(
                        "%(product)s: %(value)s is no quantity.", product=share.product_id.display_name,
                        value=quantity))
            if share.purchase_request_line_id.request_state in ("draft", "to_approve", "rejected"):
                raise ValidationError(self.env._(
                    "%(request)s is not approved: nothing is ordered for it.",
                    request=share.purchase_request_line_id.request_id.name))

    @api.constrains("requested_product_uom_qty", "purchase_request_line_id", "purchase_line_id", "stock_move_id")
    def _check_within_request(self):
        """Living orders buy of a requested line what it asks for at most, and of its own product and company."""
        for line in self.sudo().purchase_request_line_id:  # sudo: what is ordered, whoever looks
            shares = line.purchase_request_allocation_ids.filtered(lambda share: share._is_ordered())
            ordered = shares._get_ordered_quantity()
            if line.product_uom_id and line.product_uom_id.compare(ordered, line.product_qty) > 0:
                raise ValidationError(self.env._(
                    "%(product)s of %(request)s: orders would buy %(ordered)s, %(asked)s %(uom)s were requested.",
                    product=line.product_id.display_name, request=line.request_id.name, ordered=f"{ordered:g}",
                    asked=f"{line.product_qty:g}", uom=line.product_uom_id.name))
            for share in shares:
                share._get_order_line()._check_serves(line)

    @api.model
    def _search(self, domain, *args, **kwargs):
        known_none = self.env.context.get("purchase_request_shares") is NO_SHARES
        return super()._search(Domain.FALSE if known_none else domain, *args, **kwargs)

    def write(self, vals):
        if ORDERED & vals.keys() and self.env.context.get("purchase_request_split") is not SPLIT:
            self._check_not_ordered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ordered(self):
        self._check_not_ordered()

    def _check_not_ordered(self):
        """What a confirmed order buys for a request stays on record, else it would be bought twice, or less of it
        without its planner's word.

        :raise UserError: a confirmed order buys it
        """
        for share in self:
            line = share._get_order_line()
            if not self.env.su and share._is_ordered() and line.state == "purchase":
                raise UserError(self.env._(
                    "%(order)s buys it: the share of %(request)s stays.", order=line.order_id.name,
                    request=share.purchase_request_line_id.request_id.name))

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"allocated_product_qty"}

    def _is_ordered(self):
        """Whether a living order carries the share; what a receipt splits off has its order by the move."""
        line = self._get_order_line()
        return bool(line) and line.order_id.state != "cancel" and self.stock_move_id.state != "cancel"

    def _get_ordered_quantity(self):
        """What living orders buy by these shares, in the unit of the requested line; what the store took no backorder
        for does not come any more and is to be ordered anew."""
        return sum(share.allocated_product_qty if share.stock_move_id.state == "done"
                   else share.requested_product_uom_qty for share in self if share._is_ordered())

    def _get_order_line(self):
        return self.purchase_line_id or self.stock_move_id.purchase_line_id
