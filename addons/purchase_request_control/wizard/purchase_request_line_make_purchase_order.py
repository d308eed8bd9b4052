from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare


class PurchaseRequestLineMakePurchaseOrder(models.TransientModel):
    """Requests for quotation of what is approved, and no more of it; each order's need keeps its line (PUR-2)."""

    _inherit = "purchase.request.line.make.purchase.order"

    plan_id = fields.Many2one("purchase.plan", readonly=True)

    @api.model
    def _prepare_item(self, line):
        return {**super()._prepare_item(line), "product_qty": line.qty_to_order}

    @api.model
    def get_items(self, request_line_ids):
        """Lines that are on an order already, or cancelled, are not offered again."""
        lines = self.env["purchase.request.line"].browse(request_line_ids)
        open_lines = lines.filtered(lambda line: line.qty_to_order > 0) or lines
        return super().get_items(open_lines.ids)

    def make_purchase_order(self):
        """Make it of lines that are approved, for no more than is approved.

        :raise UserError: a line is not approved, on an order already, or asked for in a smaller quantity
        """
        self.check_access("write")
        self._check_items()
        action = super().make_purchase_order()
        orders = self.env["purchase.order"].browse(dict.fromkeys(action["domain"][0][2]))  # once for each line
        orders._link_requests()
        if self.plan_id:
            orders._write_signed({"purchase_plan_id": self.plan_id.id})
        opened = {"view_mode": "form", "views": [(False, "form")], "res_id": orders.id} if len(orders) == 1 else {}
        return {**action, **opened, "domain": [("id", "in", orders.ids)]}

    def _check_items(self):
        lines = self.item_ids.line_id
        if not lines:
            raise UserError(self.env._("Choose lines of approved requests."))
        lines.check_access("read")
        if not self.env["purchase.order"].has_access("create"):
            raise AccessError(self.env._("Requests for quotation are made by purchasing."))
        self._check_valid_request_line(lines.ids)
        self._check_order()
        for line, items in self.item_ids.grouped("line_id").items():
            asked = sum(map(self._get_asked_quantity, items))
            if len(items) > 1:
                raise UserError(self.env._("%(request)s: a line is there twice.", request=line.request_id.name))
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            if not asked > 0 or float_compare(asked, line.qty_to_order, precision_digits=digits) > 0:
                raise UserError(self.env._(
                    "%(product)s of %(request)s: %(asked)s cannot be ordered, %(left)s %(uom)s are approved and not "
                    "ordered yet.", product=line.product_id.display_name, request=line.request_id.name,
                    asked=f"{asked:g}", left=f"{line.qty_to_order:g}", uom=line.product_uom_id.name))
            if line.company_id.purchase_plan_required and not self._is_planned(line):
                raise UserError(self.env._(
                    "%(product)s of %(request)s is on no approved purchase plan.",
                    product=line.product_id.display_name, request=line.request_id.name))

    def _check_order(self):
        order = self.purchase_order_id
        if order and (order.state not in ("draft", "sent") or order.partner_id != self.supplier_id
                      or order.company_id != self.item_ids.line_id.company_id):
            raise UserError(self.env._(
                "%(order)s takes no lines: it is confirmed, of another supplier or another company.",
                order=order.display_name))

    def _get_asked_quantity(self, item):
        """What an item orders, in the unit of the requested line."""
        return item.product_uom_id._compute_quantity(item.product_qty, item.line_id.product_uom_id, round=False)

    def create_allocation(self, po_line, pr_line, new_qty, alloc_uom):
        """The order's share of a requested line is what is ordered of it now, also where the order's line had less."""
        items = self.item_ids.filtered(lambda item: item.line_id == pr_line)
        return super().create_allocation(po_line, pr_line, sum(map(self._get_asked_quantity, items)), alloc_uom)

    def _is_planned(self, line):
        return any(planned.plan_id.state == "approved" for planned in line.sudo().plan_line_ids)

    @api.model
    def _prepare_purchase_order_line(self, po, item):
        """The line carries its orderpoint; that an offer is given up cancels no manufacturing order's component."""
        vals = super()._prepare_purchase_order_line(po, item)
        del vals["price_unit"]  # 0; without it the supplier's price is found
        if not vals["analytic_distribution"]:
            del vals["analytic_distribution"]  # a stored "false" is found by no search for an empty one
        return {**vals, "orderpoint_id": item.line_id.orderpoint_id.id, "propagate_cancel": False}

    @api.model
    def _get_order_line_search_domain(self, order, item):
        """Needs of different orders do not share a line, unless the company merges them."""
        domain = super()._get_order_line_search_domain(order, item)
        empty = ("analytic_distribution", "=", False)  # which finds none: the search looks for accounts
        if empty in domain:
            found = self.env["purchase.order.line"].search([leaf for leaf in domain if leaf != empty])
            domain = [("id", "in", found.filtered(lambda line: not line.analytic_distribution).ids)]
        if not item.line_id.company_id.purchase_merge_needs:
            domain.append(("purchase_request_lines.request_id", "=", item.line_id.request_id.id))
        return domain


class PurchaseRequestLineMakePurchaseOrderItem(models.TransientModel):
    _inherit = "purchase.request.line.make.purchase.order.item"

    # related fields that wrote through to the approved request
    request_id = fields.Many2one(readonly=True)
    product_id = fields.Many2one(readonly=True)
