from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .purchase_request_allocation import NO_SHARES

AMOUNT = {"product_qty", "product_id", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id"}


class PurchaseOrderLine(models.Model):
    """What a line buys for an order is not bought less before whoever planned it has agreed (MAT-8)."""

    _inherit = "purchase.order.line"

    @api.constrains("purchase_request_lines")
    def _check_request_lines(self):
        """An order serves what was approved, of its company and of the same product."""
        for line in self:
            for asked in line.sudo().purchase_request_lines:  # sudo: whatever the buyer may see of requests
                line._check_serves(asked)

    def _check_serves(self, asked):
        """:raise ValidationError: a requested line is not to be ordered by this one"""
        if asked.request_state not in ("approved", "in_progress", "done") or (
                asked.company_id != self.company_id or asked.product_id != self.product_id):
            raise ValidationError(self.env._(
                "%(product)s of %(request)s cannot be ordered here: it is not approved, of another company or "
                "another product.", product=asked.product_id.display_name, request=asked.request_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._check_approved_amount()
        return lines

    def write(self, vals):
        if not self.env.su and vals.keys() & {"product_qty", "product_id", "product_uom_id"}:
            for line in self:
                line._check_may_fall(line._get_written_quantity(vals))
        former = self.order_id if "order_id" in vals else self.env["purchase.order"]
        result = super().write(vals)
        if vals.keys() & AMOUNT:
            (former | self.order_id)._check_approved_amount()
        if "product_qty" in vals:
            self.sudo()._cap_shares()  # sudo: shares follow the line, whoever writes it
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        self._check_may_fall(0)

    def update_service_allocations(self, prev_qty_received):
        """What arrives of a service is counted for its request, whoever receives it."""
        # sudo: shares are closed to everybody's hands
        return super(PurchaseOrderLine, self.sudo()).update_service_allocations(prev_qty_received)

    def action_propose_reduction(self):
        """Ask whoever planned it whether less may be bought (MAT-8)."""
        self.ensure_one()
        return self.env["purchase.request.remark"]._get_remark_action("reduce", self)

    def _propose_reduction(self, quantity, reason):
        """Ask the planner whether the line may fall to a quantity (MAT-8).

        :raise UserError: no quantity below the present one, or no reason
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["purchase.reduction"]._propose(quantity, reason, line=self)

    def _get_written_quantity(self, vals):
        """What the line buys after those values are written, in its present unit."""
        product, unit = vals.get("product_id", self.product_id.id), vals.get("product_uom_id", self.product_uom_id.id)
        if product != self.product_id.id:
            return 0
        quantity = vals.get("product_qty", self.product_qty)
        return self.env["uom.uom"].browse(unit)._compute_quantity(
            quantity, self.product_uom_id, round=False, raise_if_failure=False)

    def _check_may_fall(self, quantity):
        """Whether the lines may fall to a quantity by the current user's hand.

        :raise UserError: orders need more of it, and their planner is another
        """
        if self.env.su:
            return
        for line in self.filtered("product_uom_id"):
            needed = line._get_needed_quantity()
            if line.product_uom_id.compare(quantity, min(needed, line.product_qty)) < 0 and (
                    self.env.user not in (planners := line._get_planners())):
                raise UserError(self.env._(
                    "%(product)s of %(order)s: %(needed)s %(uom)s are needed by %(origin)s. Propose the reduction to "
                    "%(planners)s; it takes effect when agreed.", product=line.product_id.display_name,
                    order=line.order_id.name, needed=f"{needed:g}", uom=line.product_uom_id.name,
                    origin=line._get_need_label(), planners=", ".join(planners.sudo().mapped("name")) or "–"))

    def _get_needed_quantity(self):
        """What orders need of the line, in its unit: shares of requests, else demands that wait for it."""
        line = self.sudo()  # sudo: the need does not depend on who looks
        shares = line._get_shares()
        if shares:
            return sum(share.product_uom_id._compute_quantity(
                share.requested_product_uom_qty, line.product_uom_id, round=False) for share in shares)
        moves = line._get_waiting_moves()
        return sum(move.product_uom._compute_quantity(move.product_uom_qty, line.product_uom_id, round=False)
                   for move in moves if move.product_id == line.product_id)

    def _get_shares(self):
        """Shares of requested lines that the line buys; after a receipt in parts the rest hangs on its move."""
        moves = self.move_ids.filtered(lambda move: move.state != "cancel")
        return self.purchase_request_allocation_ids | moves.purchase_request_allocation_ids

    def _get_waiting_moves(self):
        moves = self.move_dest_ids | self.move_ids.move_dest_ids
        return moves.filtered(lambda move: move.state not in ("done", "cancel"))

    def _get_planners(self):
        """Users who planned what the line buys: of the manufacturing orders, else those who asked for it."""
        line = self.sudo()  # sudo: whom to ask is no secret
        moves = line._get_waiting_moves()
        requests = line.purchase_request_lines.request_id
        productions = moves._get_demanding_production() | requests.production_id
        users = productions.user_id or requests.requested_by
        if not users and "sale_line_id" in moves._fields:
            users = moves.sale_line_id.order_id.user_id
        return users.filtered(lambda user: user.active and not user.share).sudo(False)

    def _get_need_label(self):
        line = self.sudo()  # sudo: as above
        requests = line.purchase_request_lines.request_id
        moves = line._get_waiting_moves()
        names = (requests.production_id | moves._get_demanding_production()).mapped("name") + (
            requests.mapped("name") or moves.reference_ids.mapped("name"))
        return ", ".join(dict.fromkeys(names)) or line.order_id.origin or "–"

    def _prepare_stock_moves(self, picking):
        """What is taken off a receipt has no share: the move that says so is deleted, and its shares would be with
        it.

        purchase_request looks for the shares of each line by itself: not where they are known to be none.
        """
        line = self if self.purchase_request_allocation_ids else self.with_context(purchase_request_shares=NO_SHARES)
        values = super(PurchaseOrderLine, line)._prepare_stock_moves(picking)
        for vals in values:
            if vals.get("product_uom_qty", 0) < 0:
                vals.pop("purchase_request_allocation_ids", None)
        return values

    def _create_or_update_picking(self):
        """A line that falls lowers its own receipt.

        Odoo compares with the demand that waits for the goods: the receipt would stay as it was where the demand fell,
        too, and a return beside it would be made where it did not.
        """
        fallen = self.filtered(lambda line: line._get_fall() > 0)
        fallen._lower_receipts()
        return super(PurchaseOrderLine, self - fallen)._create_or_update_picking()

    def _get_fall(self):
        """By how much the receipts of a line for orders exceed it, in its unit; kits are left to Odoo."""
        waiting = (self.move_dest_ids | self.move_ids.move_dest_ids).filtered(
            lambda move: not move.origin_returned_move_id)  # what went back waits for nothing
        if not waiting or self.move_ids.product_id - self.product_id:
            return 0.0
        return self.product_uom_id.round(self._get_qty_procurement() - self.product_qty)

    def _lower_receipts(self):
        for line in self:
            left = line._get_fall()
            moves = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel")
                                           and move.location_dest_id.usage != "supplier")
            for move in moves.sorted("id", reverse=True):
                quantity = line.product_uom_id._compute_quantity(left, move.product_uom, round=False)
                fall = min(move.product_uom.round(quantity), move.product_uom_qty)
                if move.product_uom.compare(fall, move.product_uom_qty) >= 0:
                    move.propagate_cancel = False  # what waits for it is got elsewhere
                    move._action_cancel()
                elif move.product_uom.compare(fall, 0) > 0:
                    move.product_uom_qty -= fall
                left -= move.product_uom._compute_quantity(fall, line.product_uom_id, round=False)

    def _cap_shares(self):
        """What a line does not buy any more is to be ordered again."""
        for line in self.filtered("purchase_request_allocation_ids"):
            left = line.product_qty
            for share in line._get_shares().sorted("id"):
                asked = share.product_uom_id._compute_quantity(
                    share.requested_product_uom_qty, line.product_uom_id, round=False)
                if line.product_uom_id.compare(asked, left) > 0:
                    share.requested_product_uom_qty = line.product_uom_id._compute_quantity(
                        max(left, 0), share.product_uom_id, round=False)
                left = max(0, left - asked)
