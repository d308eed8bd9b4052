from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.document_control.tools.entered_values import is_number, shown

#: What the applicant writes.
PAPER = {
    "product_id", "name", "specifications", "product_qty", "product_uom_id", "date_required", "estimated_cost",
    "request_id", "analytic_distribution", "analytic_precision",
}
OPEN = ("approved", "in_progress")


class PurchaseRequestLine(models.Model):
    """What is asked for: as approved it is bought, line by line, for the order whose need it is (PUR-1, PUR-2)."""

    _name = "purchase.request.line"
    _inherit = ["purchase.request.line", "document.control.mixin"]
    _order = "order_by, id"

    description = fields.Text(readonly=True)
    date_required = fields.Date(string="Needed On")
    orderpoint_id = fields.Many2one(readonly=True, index="btree_not_null", copy=False)
    move_dest_ids = fields.One2many(readonly=True)
    purchase_request_allocation_ids = fields.One2many(readonly=True)
    purchased_qty = fields.Float(compute_sudo=True)  # whoever decides on a request need not see orders
    production_id = fields.Many2one(related="request_id.production_id", store=True, index="btree_not_null")
    request_kind = fields.Selection(related="request_id.request_kind", store=True)
    department_id = fields.Many2one(related="request_id.department_id", store=True)
    demand_date = fields.Datetime(
        compute="_compute_demand_date", store=True, help="When the order needs it, else the day asked for.")
    qty_to_order = fields.Float(
        string="To Order", digits="Product Unit", compute="_compute_qty_to_order", store=True,
        help="Approved and on no request for quotation or purchase order yet.")
    lead_days = fields.Integer(string="Lead Time", compute="_compute_order_by", store=True, aggregator="max")
    order_by = fields.Date(
        compute="_compute_order_by", store=True, index=True, help="Day asked for, minus the supplier's lead time.")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    qty_on_hand = fields.Float(string="On Hand", digits="Product Unit", compute="_compute_stock")
    qty_incoming = fields.Float(string="Incoming", digits="Product Unit", compute="_compute_stock")
    qty_free = fields.Float(string="Free", digits="Product Unit", compute="_compute_stock")
    plan_line_ids = fields.One2many("purchase.plan.line", "request_line_id", string="Purchase Plans", readonly=True)

    @api.depends("move_dest_ids.date", "date_required")
    def _compute_demand_date(self):
        for line in self:
            dates = [move.date for move in line.move_dest_ids if move.state != "cancel" and move.date]
            line.demand_date = min(dates, default=fields.Datetime.to_datetime(line.date_required))

    @api.depends("product_qty", "cancelled", "request_id.state", "purchase_request_allocation_ids",
                 "purchase_request_allocation_ids.requested_product_uom_qty",
                 "purchase_request_allocation_ids.allocated_product_qty",
                 "purchase_request_allocation_ids.purchase_line_id.order_id.state",
                 "purchase_request_allocation_ids.stock_move_id.state",
                 "purchase_request_allocation_ids.stock_move_id.purchase_line_id.order_id.state")
    def _compute_qty_to_order(self):
        for line in self:
            ordered = line.purchase_request_allocation_ids._get_ordered_quantity()
            is_open = line.request_id.state in OPEN and not line.cancelled
            left = line.product_qty - ordered if is_open else 0.0
            line.qty_to_order = max(0.0, line.product_uom_id.round(left) if line.product_uom_id else left)

    @api.depends("date_required", "supplier_id", "product_id.seller_ids.delay", "company_id.resource_calendar_id",
                 "company_id.purchase_lead_working")
    def _compute_order_by(self):
        days = {}
        for line in self:
            sellers = line.product_id.seller_ids.filtered(
                lambda seller, line=line: seller.partner_id == line.supplier_id)
            line.lead_days = min(sellers.mapped("delay"), default=0)
            key = line.company_id, line.date_required, line.lead_days
            if key not in days:
                days[key] = key[0]._get_order_day(*key[1:])
            line.order_by = days[key]

    @api.depends("order_by", "qty_to_order")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_late = bool(line.qty_to_order and line.order_by and line.order_by < today)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("qty_to_order", ">", 0) & Domain("order_by", "<", fields.Date.context_today(self))
        return (late if True in value else Domain.FALSE) | (~late if False in value else Domain.FALSE)

    @api.depends("product_id", "request_id.picking_type_id")
    def _compute_stock(self):
        for warehouse, lines in self.grouped(lambda line: line.request_id.picking_type_id.warehouse_id).items():
            # sudo: the applicant sees what there is, whatever he may see of the store
            products = lines.product_id.sudo().with_context(warehouse_id=warehouse.id)
            found = {product.id: product for product in products}
            for line in lines:
                product = found.get(line.product_id.id)
                line.qty_on_hand = product.qty_available if product else 0.0
                line.qty_incoming = product.incoming_qty if product else 0.0
                line.qty_free = product.free_qty if product else 0.0

    @api.constrains("product_id", "product_uom_id")
    def _check_unit(self):
        for line in self:
            uom, unit = line.product_uom_id, line.product_id.uom_id
            if uom and unit and not uom._has_common_reference(unit):
                raise ValidationError(self.env._(
                    "%(line)s is not measured in %(uom)s but in %(unit)s.", line=line._get_label(), uom=uom.name,
                    unit=unit.name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.request_id._check_takes_lines()
        lines.request_id._note_author()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.request_id._note_author(vals)
        return result

    def unlink(self):
        requests = self.request_id
        result = super().unlink()
        requests._note_author()
        return result

    @api.model
    def _check_numbers(self, vals, lines=False):
        """Nor is less than nothing asked for, or a thousand million of it."""
        result = super()._check_numbers(vals, lines=lines)
        for name in {"product_qty", "estimated_cost"}.intersection(vals):
            if not is_number(float(vals[name] or 0), lowest=0):
                raise ValidationError(self.env._(
                    "%(field)s: %(value)s is no quantity. It is zero or more.", field=self._describe_fields({name}),
                    value=shown(vals[name])))
        return result

    @api.model
    def _calc_new_qty(self, request_line, po_line=None, new_pr_line=False):
        """What an order's line buys: the shares that it carries, not all that was ever asked for."""
        shares = po_line.purchase_request_allocation_ids
        needed = sum(share.product_uom_id._compute_quantity(
            share.requested_product_uom_qty, po_line.product_uom_id, round=False) for share in shares)
        return max(needed, self._get_supplier_min_qty(po_line.product_id, po_line.order_id.partner_id))

    # What is written, and by whom

    @api.model
    def _get_creatable_fields(self):
        return PAPER

    def _get_open_fields(self):
        return PAPER - {"request_id"} if self.request_state == "draft" and self.request_id._is_mine() else set()

    def _get_frozen_fields(self):
        """A quantity still falls, where whoever planned it agrees; by that action only."""
        return PAPER - {"product_qty"} if self.request_state in (*OPEN, "done", "rejected") else set()

    def do_cancel(self):
        """Take lines off a request that is not decided yet.

        :raise UserError: it is decided
        """
        self._check_cancelling()
        self._write_cancelled(True)

    def do_uncancel(self):
        """Take lines up again.

        :raise UserError: the request is decided
        """
        self._check_cancelling()
        self._write_cancelled(False)

    def _write_cancelled(self, cancelled):
        self._write_signed({"cancelled": cancelled})
        self.request_id._note_author()  # what is asked for is another now

    def _check_cancelling(self):
        self.check_access("write")
        self.request_id._check_mine()
        self.request_id._check_state("draft")

    def _check_complete(self):
        """Whether they can be asked for.

        :raise UserError: names the line and what it lacks
        """
        for line in self.filtered(lambda line: not line.cancelled):
            if not line.product_id and not (line.name or "").strip():
                raise UserError(self.env._(
                    "%(request)s: a line says not what is needed.", request=line.request_id.name))
            if not line.product_qty > 0 or not line.product_uom_id:
                raise UserError(self.env._(
                    "%(request)s, %(line)s: give a quantity above zero and its unit.", request=line.request_id.name,
                    line=line._get_label()))

    def _get_label(self):
        return self.product_id.display_name or (self.name or "").strip() or self._get_model_label()

    def _get_expected_cost(self):
        """What the lines cost at the supplier's price, else at cost, or as estimated where that is more.

        :return: dict of line to amount, in the company's currency
        """
        costs = {}
        for line in self.filtered(lambda line: not line.cancelled):
            product = line.product_id.with_company(line.company_id)
            unit = line.product_uom_id or product.uom_id
            seller = product._select_seller(partner_id=line.supplier_id, quantity=line.product_qty, uom_id=unit)
            if seller:
                quantity = unit._compute_quantity(line.product_qty, seller.product_uom_id or product.uom_id)
                cost = seller.currency_id._convert(
                    quantity * seller.price, line.company_id.currency_id, line.company_id, fields.Date.today())
            else:
                cost = product and unit._compute_quantity(line.product_qty, product.uom_id) * product.standard_price
            costs[line] = max(cost or 0.0, line.estimated_cost)
        return costs

    def _get_quantity_by_orderpoint(self, orderpoints):
        """What is asked for and on no order yet, of the products of orderpoints: (line, quantity in its unit)."""
        lines = self.search([
            ("product_id", "in", orderpoints.product_id.ids), ("cancelled", "=", False), ("move_dest_ids", "=", False),
            "|", ("request_state", "in", ("draft", "to_approve")), ("qty_to_order", ">", 0)])
        return [(line, line.qty_to_order if line.request_state in OPEN else line.product_qty) for line in lines]

    def _get_planners(self):
        """Who planned it: of the manufacturing order, else the applicant."""
        request = self.sudo().request_id  # sudo: whom to ask is no secret
        users = request.production_id.user_id or request.requested_by
        return users.filtered(lambda user: user.active and not user.share).sudo(False)

    def _get_need_label(self):
        request = self.sudo().request_id  # sudo: as above
        return ", ".join(filter(None, (request.production_id.name, request.name)))

    def _fall_by(self, quantity):
        """The need is less than was approved, and its planner agreed; called as superuser."""
        left = max(0.0, self.product_qty - quantity)
        if self.product_uom_id.is_zero(left):
            self.write({"cancelled": True})
        else:
            self.write({"product_qty": left})

    def _on_demand_fallen(self, quantity, reason):
        """The demand behind the line fell by a quantity of the product's unit; called as superuser.

        :return: what of it concerns orders that serve the line
        """
        unit, label = self.product_id.uom_id, self.product_uom_id
        asked = unit._compute_quantity(quantity, label, round=False)
        if self.request_state in ("draft", "to_approve"):
            fall = min(asked, self.product_qty)
            if self.request_state == "draft" and label.compare(fall, self.product_qty) >= 0:
                request = self.request_id
                self.unlink()
                if not request.line_ids:
                    request.unlink()
            else:
                self._fall_by(fall)
        else:
            fall = self.env["purchase.reduction"]._propose_fall(
                asked, self.product_qty - self.qty_to_order, reason, request_line=self)
        return quantity - label._compute_quantity(fall, unit, round=False)

    def action_make_rfq(self):
        """Open the window that makes requests for quotation of these lines."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "purchase_request.action_purchase_request_line_make_purchase_order")
        return {**action, "context": {"active_model": self._name, "active_ids": self.ids}}
