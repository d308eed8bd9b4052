from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .service_request import STAFF
from .service_request_ask import PARTS


class ServiceRequest(models.Model):
    """Goods of a request: they come back, are exchanged, repaired, or spare parts are sent (AFT-4)."""

    _inherit = "service.request"

    quantity = fields.Float(
        digits="Product Unit", required=True, default=1.0, aggregator=None,
        help="How many are concerned, in the product's unit of measure; one of a serial number.")
    part_id = fields.Many2one(
        "product.product", string="Faulty Part", compute="_compute_part_id", store=True, readonly=False,
        precompute=True, index="btree_not_null", ondelete="restrict", check_company=True,
        help="The component that failed.")
    part_lot_id = fields.Many2one(
        "stock.lot", string="Lot of the Part", index="btree_not_null", check_company=True, ondelete="restrict",
        domain="[('product_id', '=?', part_id)]")
    supplier_id = fields.Many2one(
        "res.partner", string="Supplier of the Part", compute="_compute_supplier_id", store=True, readonly=False,
        precompute=True, index="btree_not_null", ondelete="restrict",
        help="Proposed: who delivered its lot, else who is the first to be asked for it.")
    move_ids = fields.One2many("stock.move", "service_request_id", string="Goods Moved", readonly=True)
    picking_count = fields.Integer(compute="_compute_picking_count")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A request is about more than nothing.")

    @api.depends("part_lot_id")
    def _compute_part_id(self):
        for request in self:
            request.part_id = request.part_lot_id.product_id or request.part_id

    @api.depends("part_id", "part_lot_id")
    def _compute_supplier_id(self):
        # sudo: who delivered it is shown to whoever writes the request
        lines = self.env["stock.move.line"].sudo().search([
            ("lot_id", "in", self.part_lot_id.ids), ("state", "=", "done"), ("location_id.usage", "=", "supplier")],
            order="date, id")
        partners = {line.lot_id: line.picking_id.partner_id.commercial_partner_id for line in lines}
        for request in self:
            sellers = request.part_id.sudo().seller_ids.filtered(  # sudo: as above
                lambda row, company=request.company_id: not row.company_id or row.company_id == company)
            request.supplier_id = partners.get(request.part_lot_id) or sellers[:1].partner_id or request.supplier_id

    def _compute_picking_count(self):
        # sudo: how many there are is shown to whoever reads the request
        counts = dict(self.env["stock.move"].sudo()._read_group(
            [("service_request_id", "in", self.ids)], ["service_request_id"], ["picking_id:count_distinct"]))
        for request in self:
            request.picking_count = counts.get(request._origin, 0)

    def action_return_goods(self):
        """Take the goods back: Odoo's own return of their delivery, of this serial number or quantity only.

        They stay the customer's, delivered and not credited, until it is known that they are not sent back: he wants
        his money, or the request is solved without.

        :raise AccessError: nobody of after-sales
        :raise UserError: no delivery of them is known, or they are on their way back already
        """
        wizard = self._make_return()
        wizard.product_return_moves.to_refund = self._is_refunded()
        return self._show_pickings(wizard._create_return())

    def action_exchange_goods(self):
        """Take the goods back and send others: Odoo's own return and exchange.

        :raise AccessError: nobody of after-sales
        :raise UserError: as for a return, or no rule says where the others come from
        """
        self._make_return().action_create_exchanges()
        return self._show_pickings(self.sudo().move_ids.picking_id)  # sudo: may be closed to him, see there

    def action_send_back(self):
        """Send the customer what has come back and is his: repaired, or found in order (AFT-4).

        Odoo's own return of the return, counted by the order as that was; it leaves by its delivery notice.

        :raise AccessError: nobody of after-sales
        :raise UserError: nothing of it is here, it is on its way already, or its repair has not ended
        """
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        self._check_state("contacted", "in_progress")
        self._lock()
        known = self.sudo()  # sudo: transfers and repairs, whoever of after-sales plans what the store then sends
        back = known._get_kept_returns().filtered(lambda move: move.state == "done")[-1:]
        if not back:
            raise UserError(self.env._(
                "%(request)s: nothing has come back that is still to be sent.", request=self.name))
        if running := known.repair_ids.filtered(lambda repair: repair.state not in ("done", "cancel")):
            raise UserError(self.env._(
                "%(request)s: the repair %(repair)s has not ended.", request=self.name, repair=running[0].name))
        wizard = self.env["stock.return.picking"].sudo().with_company(self.company_id).create(  # sudo: as above
            {"picking_id": back.picking_id.id, "service_request_id": self.id,
             "service_place_id": back._get_returned_place().id})
        wizard.product_return_moves.filtered(lambda line: line.move_id == back).write(
            {"quantity": back.quantity, "to_refund": back.to_refund})
        return self._show_pickings(wizard._create_return())

    def _is_refunded(self):
        """Whether the customer wants his money for what comes back, and nobody has refused it."""
        self.ensure_one()
        return self.kind == "complaint" and self.wish == "return" and self.decision != "refused"

    def _get_kept_returns(self):
        """Moves of what comes back to us and is not sent to the customer again."""
        return self.move_ids.filtered(
            lambda move: move.state != "cancel" and move.location_id.usage == "customer"
            and not move.returned_move_ids.filtered(lambda one: one.state != "cancel"))

    def _take_for_good(self):
        """What has come back and is not sent back is the customer's no more: it counts as not delivered."""
        # sudo: the moves of the store, whoever of after-sales solves the request
        self.sudo()._get_kept_returns().filtered(lambda move: not move.to_refund).to_refund = True

    def action_new_parts_order(self):
        """Order spare parts for the customer: free where the warranty covers it, else quoted (AFT-4).

        Whoever of after-sales may not write orders asks the salesperson, who has it as a to-do on the request.

        :raise UserError: no customer, or nobody who sells to him
        """
        is_free = self.warranty_state == "in"
        if not self.env["sale.order"].has_access("create"):
            return self._ask_parts(is_free)
        order = self._new_order(service_is_free=is_free)
        self.sudo().activity_feedback([PARTS])  # sudo: the to-do may be another salesperson's
        if self.part_id:
            order.order_line = [Command.create({"product_id": self.part_id.id, "product_uom_qty": 1})]
        return order._get_records_action()

    def _ask_parts(self, is_free):
        """A to-do for the salesperson to order, or to quote, the parts."""
        def summarise(request):
            part = request.part_id.display_name or request.env._("the spare parts")
            if is_free:
                return request.env._(
                    "%(request)s: order %(part)s, free under warranty", request=request.name, part=part)
            return request.env._("%(request)s: quote %(part)s", request=request.name, part=part)

        return self._ask_seller(PARTS, summarise)

    def _ask_seller(self, kind, summarise):
        """A to-do for the salesperson of the order, else of the customer: one of a kind at a time.

        :param summarise: says what is asked, in the language of the request that it gets
        :raise AccessError: nobody of after-sales
        :raise UserError: no customer, or nobody who sells to him
        """
        self.ensure_one()
        self._check_groups(STAFF)
        self._check_state("contacted", "in_progress")
        if not self.partner_id:
            raise UserError(self.env._("%(request)s: name the customer first.", request=self.name))
        # sudo: whose customer it is after-sales need not be able to read
        known = self.sudo()
        seller = (known.order_id.user_id | known.partner_id.user_id
                  | known.partner_id.commercial_partner_id.user_id).filtered("active")[:1]
        if not seller:
            raise UserError(self.env._(
                "%(request)s: nobody sells to %(customer)s. Name the salesperson on the customer.", request=self.name,
                customer=self.partner_id.display_name))
        self._lock()  # of two who ask at once the second meets the to-do of the first
        if not known.activity_search([kind]):
            known.message_subscribe(seller.partner_id.ids)
            self.activity_schedule(kind, user_id=seller.id, summary=summarise(self.with_context(lang=seller.lang)))
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {
            "type": "success", "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            "message": self.env._("%(seller)s is asked: %(what)s", seller=seller.name, what=summarise(self))}}

    def action_view_pickings(self):
        """Open the transfers of this request."""
        self.ensure_one()
        return self.move_ids.picking_id._get_records_action(name=self.env._("Transfers"))

    def _show_pickings(self, pickings):
        """Open them for whoever may; the others see on the request that there are some."""
        mine = pickings.sudo(False)
        return mine._get_records_action(name=self.env._("Transfers")) if mine.has_access("read") else True

    def _new_order(self, **signed):
        """A quotation that knows the request."""
        self.ensure_one()
        self._check_state("contacted", "in_progress")
        if not self.partner_id:
            raise UserError(self.env._("%(request)s: name the customer first.", request=self.name))
        order = self.env["sale.order"].create({
            "partner_id": self.partner_id.id, "company_id": self.company_id.id, "origin": self.name,
            "user_id": self.env.uid})
        order._write_signed({"service_request_id": self.id, **signed})
        return order

    def _make_return(self):
        """Odoo's window of returns, filled in; as superuser: after-sales plans what the store then receives."""
        self.ensure_one()
        self.check_access("read")
        self._check_groups(STAFF)
        self._check_state("contacted", "in_progress")
        self._lock()
        move = self.sudo()._find_delivered()  # sudo: deliveries and their orders, whoever sold them
        wizard = self.env["stock.return.picking"].sudo().with_company(self.company_id).create(  # sudo: as above
            {"picking_id": move.picking_id.id, "service_request_id": self.id})
        wizard.product_return_moves.filtered(lambda line: line.move_id == move).quantity = self._get_return_quantity()
        return wizard

    def _get_return_quantity(self):
        return 1.0 if self.lot_id and self.product_id.tracking == "serial" else self.quantity

    def _find_delivered(self):
        """The move by which the goods reached the customer, the last one of which enough is still with him.

        :raise UserError: none
        """
        if not self.product_id or not (self.lot_id or self.order_id):
            raise UserError(self.env._(
                "%(request)s: name the serial number, or the product and its order, to find the delivery.",
                request=self.name))
        which = ("lot_id", "=", self.lot_id.id) if self.lot_id else (
            "move_id.sale_line_id.order_id", "=", self.order_id.id)
        lines = self.env["stock.move.line"].search([
            which, ("state", "=", "done"), ("company_id", "=", self.company_id.id),
            ("product_id", "=", self.product_id.id), ("location_dest_id.usage", "=", "customer"),
            ("location_id.usage", "!=", "customer"), ("picking_id", "!=", False)], order="date desc, id desc")
        returns = lines.move_id.returned_move_ids.filtered(lambda move: move.state != "cancel")
        if self.lot_id:
            returns = returns.filtered(lambda move: self.lot_id in move.lot_ids)
        for move, mine in lines.grouped("move_id").items():
            back = returns.filtered(lambda one, move=move: one.origin_returned_move_id == move)
            left = sum(mine.mapped("quantity_product_uom")) - sum(back.mapped("product_qty"))
            if self.product_id.uom_id.compare(left, self._get_return_quantity()) >= 0:
                return move
        if returns:
            raise UserError(self.env._(
                "%(request)s: the goods came back, or are on their way, by %(transfers)s.", request=self.name,
                transfers=", ".join(returns.picking_id.mapped("name"))))
        raise UserError(self.env._(
            "%(request)s: no delivery of %(product)s is known that could be returned. Receive the goods under "
            "Inventory.", request=self.name, product=(self.lot_id or self.product_id).display_name))

    @api.model
    def _get_paper_fields(self):
        return super()._get_paper_fields() | {"quantity", "part_id", "part_lot_id", "supplier_id"}

    def _get_living_fields(self):
        return super()._get_living_fields() | {"move_ids"}
