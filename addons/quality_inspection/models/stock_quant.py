from odoo import api, fields, models
from odoo.exceptions import UserError

#: Only code can put these objects into a context, never a call from outside: they are compared by identity.
EXCLUDE_HELD = object()
INCLUDE_HELD = object()


class StockQuant(models.Model):
    """Held goods are there, but not available (REC-7)."""
    _inherit = "stock.quant"

    is_quality_held = fields.Boolean(
        string="Held by Quality", compute="_compute_is_quality_held", compute_sudo=True,
        help="Under inspection or nonconforming: cannot be reserved, picked, consumed or shipped.")

    @api.depends("location_id", "product_id", "lot_id")
    def _compute_is_quality_held(self):
        held = self._filter_held()
        for quant in self:
            quant.is_quality_held = quant in held

    @api.depends("location_id", "product_id", "lot_id")
    def _compute_available_quantity(self):
        """What is held is not available, in lists either."""
        result = super()._compute_available_quantity()
        self._filter_held().available_quantity = 0.0
        return result

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        if not self.env.su and any(vals.get("quantity") for vals in vals_list):
            quants._check_typed_quantity()
        return quants

    def write(self, vals):
        """Quantities change by moves and counts only: a typed one would let goods out unseen."""
        if not self.env.su and {"quantity", "location_id", "lot_id", "product_id"}.intersection(vals):
            self._check_typed_quantity()
        return super().write(vals)

    def _check_typed_quantity(self):
        """:raise UserError: something is held of such a product; then no place gets or loses any by typing"""
        Hold = self.env["quality.hold.mixin"]
        held = Hold._get_held(self.product_id.ids)
        for quant in self.sudo():  # sudo: held whoever sees it
            if held and Hold._is_held(held, quant.company_id.id, quant.product_id.id, False):
                raise UserError(quant._describe_held())

    def _filter_held(self, hold_ids=None):
        """Those of these quants that are held; no query when none stands in a hold location, else one.

        :param hold_ids: ids of the locations that hold; by default all that do
        """
        if hold_ids is None:
            hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        inside = self.filtered(lambda quant: quant.location_id.id in hold_ids) if hold_ids else self.browse()
        if not inside:
            return inside
        Hold = self.env["quality.hold.mixin"]
        held = Hold._get_held(inside.product_id.ids)
        return inside.filtered(lambda quant: Hold._is_held(
            held, quant.company_id.id, quant.product_id.id, quant.lot_id.id))

    def _describe_held(self):
        """Why these goods cannot be used and what to do."""
        self.ensure_one()
        return self.env["stock.move.line"]._describe_hold(self.product_id, self.lot_id, self.location_id)

    def _gather(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, qty=0):
        quants = super()._gather(
            product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict, qty=qty)
        if self.env.context.get("quality_hold") is EXCLUDE_HELD:
            quants -= quants._filter_held()
        if strict and (lot_id or lot_id is False) and product_id.tracking != "none":
            quants -= quants._filter_unnamed()
        return quants

    def _filter_unnamed(self):
        """Goods without lot, while lots of the product are held: they do not make up for a lot that is missing, for
        they may be these. No query where there are none.
        """
        unnamed = self.filtered(lambda quant: not quant.lot_id and quant.quantity > 0)
        held = self.env["quality.hold.mixin"]._get_held(unnamed.product_id.ids)
        return unnamed if held else unnamed.browse()

    def _get_available_quantity(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None,
                                strict=False, allow_negative=False):
        """What is held is not available. ``allow_negative`` asks for the plain balance, so it counts everything."""
        self = self._without_held(location_id, not allow_negative)
        return super()._get_available_quantity(
            product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict,
            allow_negative=allow_negative)

    def _get_reserve_quantity(self, product_id, location_id, quantity, uom_id=None, lot_id=None, package_id=None,
                              owner_id=None, strict=False):
        """What is held cannot be reserved; it can be given back."""
        plain = self.with_context(quality_hold=None) if self.env.context.get("quality_hold") else self
        reserved = super(StockQuant, self._without_held(location_id, quantity > 0))._get_reserve_quantity(
            product_id, location_id, quantity, uom_id=uom_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id,
            strict=strict)
        return [(quant.with_env(plain.env(su=True)), amount) for quant, amount in reserved]

    def _without_held(self, location, wanted):
        """The same quants in a context that leaves out what is held, where something can be held at all."""
        if not wanted or self.env.context.get("quality_hold") in (EXCLUDE_HELD, INCLUDE_HELD) \
                or not location._has_quality_hold():
            return self
        return self.with_context(quality_hold=EXCLUDE_HELD)
