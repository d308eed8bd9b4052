from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

OWN = ("internal", "transit")


class StockMoveLine(models.Model):
    """The ways round the hold location: books that say that the goods came from elsewhere (REC-7).

    Storekeepers may take more than the books have, and goods may come from production, a count or a customer. Not when
    the same goods stand in an inspection area: then it is these that they took. Checked once, when the line is done.
    """
    _inherit = "stock.move.line"

    def _check_hold_not_bypassed(self, before=None):
        """:raise UserError: a product of which something is held is taken where there is none, or a held lot appears

        No query when nothing leaves an own location and no lot comes from outside; one when nothing is held.

        :param before: of lines that are corrected after they were done, what :meth:`_get_bookings` gave
        """
        before = before or {}
        if not self.env["stock.location"]._get_quality_hold_location_ids():
            return
        lines = self.filtered(lambda line: line.product_id.is_storable and (
            line in before or line.quantity and (line.location_id.usage in OWN or line.lot_id)))
        held = self.env["quality.hold.mixin"]._get_held(lines.product_id.ids)
        if not held:
            return
        taken = {(line.product_id, line.location_id, line.lot_id): line for line in lines}
        # a correction takes the goods back from where they had gone
        taken |= {(line.product_id, before[line]["place"], before[line]["lot"]): line
                  for line in lines if line in before}
        lines._check_not_below_zero(held, {key: line for key, line in taken.items() if key[1].usage in OWN})
        lines.filtered(lambda line: line.location_id.usage not in OWN and line._is_more_than(
            before.get(line)))._check_not_appearing(held)

    def _get_bookings(self):
        """What these done lines have booked, to be compared after a correction."""
        return {line: {"lot": line.lot_id, "source": line.location_id, "place": line.location_dest_id,
                       "quantity": line.quantity_product_uom} for line in self}

    def _is_more_than(self, booking):
        """Whether the line brings goods that it had not brought before its correction."""
        return not booking or booking["lot"] != self.lot_id or booking["source"] != self.location_id \
            or booking["place"] != self.location_dest_id or booking["quantity"] < self.quantity_product_uom

    def _check_not_below_zero(self, held, taken):
        """No own location, also one for inspection, owes a product that is held: another lot is no excuse.

        :param taken: ``{(product, location, lot): line}``, what was taken from where
        """
        Hold = self.env["quality.hold.mixin"]
        taken = {key: line for key, line in taken.items() if line._is_lot_held(held) or Hold._is_held(
            held, line.company_id.id, line.product_id.id, False)}
        if not taken:
            return
        products, locations, _lots = zip(*taken, strict=True)
        # sudo: the balance of the location, whoever takes from it
        short = self.env["stock.quant"].sudo()._read_group(
            [("product_id", "in", [product.id for product in products]),
             ("location_id", "in", [location.id for location in locations])],
            ["product_id", "location_id", "lot_id"], having=[("quantity:sum", "<", 0)])
        for product, location, lot in short:
            if line := taken.get((product, location, lot)):
                held_lot = lot if line._is_lot_held(held) else lot.browse()
                raise UserError(self.env._(
                    "There is not enough of %(goods)s in %(location)s, and the rest is not released: %(reason)s",
                    goods=self._describe_goods(product, lot), location=location.display_name,
                    reason=self._describe_hold(product, held_lot, location)))

    def _check_not_appearing(self, held):
        """A held lot comes to an inspection area, or it had gone where it comes from."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        coming = self.filtered(lambda line: line.location_dest_id.id not in hold_ids and line._is_lot_held(held)
                               and not line._is_counted_by_quality())
        for (lot, usage), lines in coming.grouped(lambda line: (line.lot_id, line.location_id.usage)).items():
            if lot.product_id.uom_id.compare(
                    sum(lines.mapped("quantity_product_uom")), lines._get_gone_quantity(lot, usage)) > 0:
                line = lines[0]
                raise UserError(self.env._(
                    "%(goods)s cannot come from %(location)s: so many had not gone there. %(reason)s",
                    goods=self._describe_goods(line.product_id, lot), location=line.location_id.display_name,
                    reason=self._describe_hold(line.product_id, lot, line.location_dest_id)))

    def _is_lot_held(self, held):
        """Whether this very lot is held, by whatever company."""
        return any(product == self.product_id.id and self.lot_id.id in lot_ids
                   for (_company, product), lot_ids in held.items() if self.lot_id)

    def _is_counted_by_quality(self):
        """The head of quality may correct a count."""
        return self.move_id.is_inventory and self.env.user.has_group("quality_inspection.group_quality_manager")

    def _get_gone_quantity(self, lot, usage):
        """What of a lot went to places of that usage and has not come back, without these lines.

        What was made or bought there at first is no return, nor is what went there out of an inspection area.
        """
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        # sudo: the history of the lot, whoever moves it
        history = self.sudo().search(
            Domain("lot_id", "=", lot.id) & Domain("state", "=", "done") & Domain("id", "not in", self.ids)
            & (Domain("location_id.usage", "=", usage) | Domain("location_dest_id.usage", "=", usage)),
            order="date, id")
        gone = 0.0
        for line in history:
            goes, comes = line.location_dest_id.usage == usage, line.location_id.usage == usage
            if comes and not goes:
                gone = max(gone - line.quantity_product_uom, 0.0)
            elif goes and not comes and line.location_id.id not in hold_ids:
                gone += line.quantity_product_uom
        return gone

    def _brings_new_goods(self):
        """Whether these goods were never here before; addons that make goods add theirs."""
        return self.location_id.usage == "supplier"

    def _turn_held_lots(self):
        """More of a held lot, newly bought or made, goes to it: receiving is never blocked."""
        hold_ids = self.env["stock.location"]._get_quality_hold_location_ids()
        coming = self.filtered(
            lambda line: (line.lot_id or line.lot_name) and line.location_dest_id.usage == "internal"
            and line.location_dest_id.id not in hold_ids and line._brings_new_goods())
        held = self.env["quality.hold.mixin"]._get_held(coming.product_id.ids)
        if not held:
            return
        # sudo: whoever receives need not see the lots that are held
        lots = self.env["stock.lot"].sudo().browse({lot for lot_ids in held.values() for lot in lot_ids if lot})
        names = {(lot.product_id.id, lot.name) for lot in lots}
        for line in coming:
            if (line.product_id.id, line.lot_id.name or line.lot_name) in names \
                    and (area := line.location_dest_id.warehouse_id._get_inspection_area()):
                line.location_dest_id = area
