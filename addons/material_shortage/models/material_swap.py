from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.document_control.tools.entered_values import shown

OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class MaterialSwap(models.Model):
    """What one order took of another one's reserved parts, and whether it was paid back (MAT-13)."""

    _name = "material.swap"
    _description = "Swap of Material"
    _inherit = ["document.control.mixin", "mail.thread", "mail.activity.mixin", "sla.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _number_sequence = "material.swap"

    name = fields.Char(string="Number", readonly=True, default="/", copy=False)
    state = fields.Selection(
        [("owed", "To Pay Back"), ("paid", "Paid Back")], string="Status", required=True, readonly=True, default="owed",
        index=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    quantity = fields.Float(readonly=True, digits="Product Unit", aggregator=False, help="In the product's unit.")
    taker_id = fields.Many2one(
        "mrp.production", string="Given To", required=True, readonly=True, index=True, ondelete="cascade")
    giver_id = fields.Many2one(
        "mrp.production", string="Taken From", required=True, readonly=True, index=True, ondelete="cascade")
    measure_id = fields.Many2one("material.measure", readonly=True, index="btree_not_null", ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Asked By", required=True, readonly=True, ondelete="restrict")
    agreed_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    taken_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    paid_on = fields.Datetime(readonly=True)

    def _is_frozen(self):
        return self.state == "paid"

    def _get_frozen_fields(self):
        return set(self._fields) - ({"state", "paid_on"} if self.state == "owed" else set())

    # What can be given

    @api.model
    def _get_chain(self, production, product):
        """Moves by which the product comes to the order out of stock: of several steps, all of them."""
        # sudo: what is reserved for the orders; nothing else of them is told
        moves = production.sudo().move_raw_ids.filtered(lambda move: move.product_id == product)
        chain, found = moves, moves
        while chain := chain.move_orig_ids.filtered(lambda move: move.location_dest_id.usage == "internal") - found:
            found |= chain
        return found.filtered(lambda move: move.state in OPEN_MOVES)

    @api.model
    def _get_givable_lines(self, production, product):
        """Reservations that nobody has picked yet."""
        lines = self._get_chain(production, product).move_line_ids
        return lines.filtered(lambda line: not line.picked and line.quantity_product_uom > 0
                              and line.location_id.usage == "internal")

    @api.model
    def _get_givers(self, taker, product):
        """Later orders that could give the product: what they have reserved and nobody has picked.

        :return: list of pairs (mrp.production, quantity in the product's unit), the latest start first
        """
        # sudo: which orders have it is told to whoever chases
        lines = self.env["stock.move.line"].sudo().search(
            Domain("product_id", "=", product.id) & Domain("company_id", "=", taker.company_id.id)
            & Domain("state", "in", OPEN_MOVES) & Domain("picked", "=", False) & Domain("quantity", ">", 0))
        moves = lines.move_id
        orders = moves.browse(moves._rollup_move_dests()).raw_material_production_id
        later = orders.filtered(lambda order: order != taker and self._is_later(order, taker))
        pairs = [(order, sum(self._get_givable_lines(order, product).mapped("quantity_product_uom")))
                 for order in later.sorted("date_start", reverse=True)]
        return [pair for pair in pairs if product.uom_id.compare(pair[1], 0) > 0]

    @api.model
    def _is_later(self, giver, taker):
        """Whether the giver comes after the taker: by priority, then by its start."""
        def rank(order):
            return -int(order.priority or 0), order.date_start, order.id
        return rank(giver.sudo()) > rank(taker.sudo())  # sudo: their dates

    @api.model
    def _check_givable(self, taker, giver, product, quantity):
        """:raise UserError: why the later order cannot give it"""
        giver = giver.sudo()  # sudo: what it has reserved
        if not giver or giver == taker or giver.company_id != taker.company_id:
            raise UserError(self.env._("Choose another order of the same company that has %(product)s reserved.",
                                       product=product.display_name))
        if not self._is_later(giver, taker):
            raise UserError(self.env._(
                "%(giver)s comes before %(taker)s: an order gives to earlier ones only.", giver=giver.name,
                taker=taker.display_name))
        givable = sum(self._get_givable_lines(giver, product).mapped("quantity_product_uom"))
        if product.uom_id.compare(quantity, givable) > 0:
            raise UserError(self.env._(
                "%(giver)s can give %(givable)s %(unit)s of %(product)s, not %(quantity)s: only what is reserved and "
                "not picked yet.", giver=giver.name, givable=f"{givable:g}", unit=product.uom_id.name,
                product=product.display_name, quantity=shown(quantity)))
        need = self._get_need(taker, product)
        if product.uom_id.compare(quantity, need) > 0:
            raise UserError(self.env._(
                "%(taker)s misses %(need)s %(unit)s of %(product)s, not %(quantity)s.", taker=taker.display_name,
                need=f"{need:g}", unit=product.uom_id.name, product=product.display_name, quantity=shown(quantity)))

    @api.model
    def _get_need(self, production, product):
        """What the order has not reserved yet, in the product's unit."""
        moves = self._get_chain(production, product)
        first = moves.filtered(lambda move: not (move.move_orig_ids & moves))
        return sum(move.product_qty - sum(move.move_line_ids.mapped("quantity_product_uom")) for move in first)

    # Taking

    @api.model
    def _swap(self, taker, giver, product, quantity, measure):
        """Give what a later order has reserved to an earlier one, and note what is owed. As superuser.

        Both orders are held from here on: who swaps at the same moment starts again on what is left.
        """
        for order in (taker | giver).sorted("id"):
            order.lock_for_update()
        (taker | giver).move_raw_ids.move_line_ids.lock_for_update(allow_referencing=True)
        self._check_givable(taker, giver, product, quantity)
        freed = self._free(giver, product, quantity)
        self._reserve(taker, product, freed)
        # the giver takes what else is there, after the taker: Odoo goes by the order of the moves
        self._get_chain(giver, product).sorted(
            lambda move: (-int(move.priority or 0), move.date, move.id))._action_assign()
        self.env["material.pegging"]._request_refresh(product)
        swap = self.create({
            "company_id": taker.company_id.id, "product_id": product.id, "quantity": quantity, "taker_id": taker.id,
            "giver_id": giver.id, "measure_id": measure.id, "user_id": measure.proposed_by.id,
            "agreed_by": self.env.uid if self.env.user != measure.proposed_by else False})
        words = {"taker": taker.name, "giver": giver.name, "quantity": f"{quantity:g}", "unit": product.uom_id.name,
                 "product": product.display_name, "swap": swap.name}
        text = self.env._("%(taker)s takes %(quantity)s %(unit)s of %(product)s from %(giver)s: %(swap)s.", **words)
        (taker | giver)._message_log_batch({order.id: text for order in taker | giver})
        return swap

    @api.model
    def _free(self, giver, product, quantity):
        """Take back reservations, the last made first.

        :return: list of (location, lot, package, owner, quantity)
        """
        freed = []
        for line in self._get_givable_lines(giver, product).sorted("id", reverse=True):
            taken = min(quantity, line.quantity_product_uom)
            quantity -= taken
            freed.append((line.location_id, line.lot_id, line.package_id, line.owner_id, taken))
            if product.uom_id.compare(taken, line.quantity_product_uom) == 0:
                line.unlink()
            else:
                line.quantity = product.uom_id._compute_quantity(
                    line.quantity_product_uom - taken, line.product_uom_id, rounding_method="HALF-UP")
            if product.uom_id.compare(quantity, 0) <= 0:
                break
        return freed

    @api.model
    def _reserve(self, taker, product, freed):
        """Reserve exactly these goods for the taker."""
        moves = self._get_chain(taker, product)
        first = moves.filtered(lambda move: not (move.move_orig_ids & moves)).sorted("id")
        for location, lot, package, owner, quantity in freed:
            for move in first:
                need = move.product_qty - sum(move.move_line_ids.mapped("quantity_product_uom"))
                part = min(need, quantity)
                if product.uom_id.compare(part, 0) > 0 and location._child_of(move.location_id):
                    quantity -= move._update_reserved_quantity(part, location, lot, package, owner, strict=True)
            if product.uom_id.compare(quantity, 0) > 0:
                raise UserError(self.env._(
                    "%(taker)s cannot use %(product)s from %(location)s.", taker=taker.name,
                    product=product.display_name, location=location.display_name))
        first._recompute_state()

    @api.model
    def _pay_back(self, facts, product_ids=None):
        """What the pegging finds covered again is paid back.

        :param facts: ``{(production, picking, product): PegFact}``
        """
        domain = Domain("state", "=", "owed")
        if product_ids is not None:
            domain &= Domain("product_id", "in", list(product_ids))
        owed = self.sudo().search(domain)  # sudo: the engine's
        paid = owed.filtered(lambda swap: not (
            fact := facts.get((swap.giver_id.id, False, swap.product_id.id))) or not fact.short)
        for company, some in paid.grouped("company_id").items():  # the engine speaks the company's language
            some.with_context(lang=company.partner_id.lang).write({"state": "paid", "paid_on": fields.Datetime.now()})
