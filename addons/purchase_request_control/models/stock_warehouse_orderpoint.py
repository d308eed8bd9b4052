from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class StockWarehouseOrderpoint(models.Model):
    """物料安全库存表: what there is against its minimum; the run asks for nothing that is asked for already (MAT-1)."""

    _name = "stock.warehouse.orderpoint"
    _inherit = ["stock.warehouse.orderpoint", "document.number.mixin"]

    is_below_minimum = fields.Boolean(
        string="Below Minimum", compute="_compute_is_below_minimum", search="_search_is_below_minimum",
        help="On hand under the safety stock.")
    qty_requested = fields.Float(
        string="Requested", digits="Product Unit", compute="_compute_qty_requested",
        help="On requests, and on no order yet.")

    @api.depends("qty_on_hand", "product_min_qty")
    def _compute_is_below_minimum(self):
        for point in self:
            point.is_below_minimum = bool(point.product_uom) and (
                point.product_uom.compare(point.qty_on_hand, point.product_min_qty) < 0)

    @api.depends("product_id", "location_id")
    def _compute_qty_requested(self):
        requested = self._get_requested_quantities()
        for point in self:
            point.qty_requested = requested.get(point.id, 0.0)

    @api.model
    def _search_is_below_minimum(self, operator, value):
        if operator != "in":
            return NotImplemented
        below = self.search([("product_id.active", "=", True)]).filtered("is_below_minimum")
        if True in value and False in value:
            return Domain.TRUE
        return Domain("id", "in" if True in value else "not in", below.ids)

    @api.constrains("product_min_qty", "product_max_qty")
    def _check_targets(self):
        """Odoo takes a minimum below zero, and then buys nothing, whatever is missing."""
        for point in self:
            if min(point.product_min_qty, point.product_max_qty) < 0:
                raise ValidationError(self.env._(
                    "%(product)s: minimum and maximum are not below 0.", product=point.product_id.display_name))

    def _quantity_in_progress(self):
        """What is on its way already, also what Odoo's forecast does not see: requests that are ordered in part or
        whose order was cancelled, and orders that arrive after the horizon (odoo/odoo #173842)."""
        result = super()._quantity_in_progress()
        for point, quantity in self._get_requested_quantities(seen_by_base=True).items():
            result[point] = result.get(point, 0.0) + quantity
        for point, quantity in self._get_late_supplies().items():
            result[point] = result.get(point, 0.0) + quantity
        return result

    def _get_requested_quantities(self, seen_by_base=False):
        """By orderpoint, in its unit, what is requested and on no order yet.

        :param seen_by_base: leave out what purchase_request counts: own lines of which nothing was ordered
        """
        # sudo: what is on its way does not depend on who may see requests
        asked = self.env["purchase.request.line"].sudo()._get_quantity_by_orderpoint(self)
        result = {}
        for line, quantity in asked:
            if seen_by_base and line.orderpoint_id and not line.purchase_state:
                continue
            if point := self._get_point_of(line):
                quantity = line.product_uom_id._compute_quantity(quantity, point.product_uom, round=False)
                result[point.id] = result.get(point.id, 0.0) + quantity
        return result

    def _get_point_of(self, line):
        """The orderpoint to which a requested line comes: its own, else that of the place where it is received."""
        if line.orderpoint_id:
            return self & line.orderpoint_id
        place = line.request_id.picking_type_id.default_location_dest_id
        return self.filtered(lambda point: point.product_id == line.product_id and (
            point.location_id.parent_path and (place.parent_path or "").startswith(point.location_id.parent_path)))[:1]

    def _get_late_supplies(self):
        """By orderpoint, what was ordered for it and arrives after the day until which its forecast looks."""
        points = self.filtered("lead_horizon_date")
        if not points:
            return {}
        moves = self.env["stock.move"].sudo().search([  # sudo: as above
            ("purchase_line_id.orderpoint_id", "in", points.ids), ("state", "not in", ("draft", "done", "cancel")),
            ("date", ">", datetime.combine(min(points.mapped("lead_horizon_date")), time.max))])
        result = {}
        for move in moves:
            point = move.purchase_line_id.orderpoint_id
            is_incoming = move.location_id.usage in ("supplier", "transit")
            if is_incoming and move.date > datetime.combine(point.lead_horizon_date, time.max):
                quantity = move.product_uom._compute_quantity(move.product_uom_qty, point.product_uom, round=False)
                result[point.id] = result.get(point.id, 0.0) + quantity
        return result

    def _procure_orderpoint_confirm(self, use_new_cursor=False, company_id=None, raise_user_error=True):
        """The daily job computes the rules, and procures by another connection, which changes the same rows: what was
        computed is committed before, or the job fails for having bought, and nobody is told."""
        if use_new_cursor:
            self.env["ir.cron"]._commit_progress()
        return super()._procure_orderpoint_confirm(
            use_new_cursor=use_new_cursor, company_id=company_id, raise_user_error=raise_user_error)

    def _hand_over_warnings(self, user):
        """Odoo warns the product's responsible of what it cannot procure, and OdooBot where there is none; nobody reads
        what is his who has left."""
        warning = self.env.ref("mail.mail_activity_data_warning", raise_if_not_found=False)
        # sudo: to-dos of others
        todos = self.env["mail.activity"].sudo().search([
            ("res_model", "=", "product.template"), ("res_id", "in", self.product_id.product_tmpl_id.ids),
            ("activity_type_id", "=", warning.id), ("user_id.active", "=", False)]) if warning and user else ()
        if todos:
            todos.user_id = user

    def _get_unserved(self):
        """Of these the rules of whose products nothing is on its way: neither ordered nor requested."""
        progress = self._quantity_in_progress()
        unserved = self.browse()
        for location, points in self.grouped("location_id").items():
            incoming = {product.id: product.incoming_qty
                        for product in points.product_id.with_context(location=location.id)}
            unserved |= points.filtered(
                lambda point, incoming=incoming: not incoming[point.product_id.id] and not progress.get(point.id))
        return unserved
