from odoo import api, models
from odoo.exceptions import UserError

from ..tools.numbers import is_count


class ScanTransferGoods(models.AbstractModel):
    """Which goods a code is, on the transfer that is counted, and how many."""

    _inherit = "scan.transfer"

    @api.model
    def _get_moves(self, picking, products):
        """Open lines of the transfer with these products."""
        return self.env["stock.move"].search_fetch([
            (self._move_field, "=", picking.id), ("product_id", "in", products.ids),
            ("state", "not in", ("done", "cancel"))],
            (self._move_field, "product_id", "product_qty", "product_uom", "picked", "company_id"),
            order="sequence, id")

    @api.model
    def _get_goods(self, picking, reading, found):
        """Candidates of a scan: dicts ``{product, lot, lot_name, quantity}``; empty where the code is no goods.

        :return: pair (candidates, lines of the transfer that want them)
        :raise UserError: it is goods, and none of them is on the transfer
        """
        packaging = found.packaging[:1]
        products = found.product | packaging.product_id or found.reference
        lot_name = reading.serial or reading.lot or ""
        lots = found.lot
        if not products:
            if not lots:
                return [], None
            products = lots.product_id
            lot_name = lot_name or reading.text
        moves = self._get_moves(picking, products)
        wanted = moves.product_id
        wanted.fetch(("product_tmpl_id",))  # of the many fields of a product a scan needs four
        wanted.product_tmpl_id.fetch(("tracking", "is_storable", "uom_id"))
        if not wanted:
            raise UserError(self._says().not_on_transfer(
                products[:1].display_name, picking.name, "" if found.product or found.packaging else lot_name))
        if not packaging and not reading.parts and not reading.values and len(wanted) == 1 and not lot_name:
            return [{"product": wanted.id, "lot": None, "lot_name": "", "quantity": 1.0}], moves
        goods = []
        for product in wanted:
            lot = lots.filtered(lambda lot, product=product: lot.product_id == product and lot.name == lot_name)[:1]
            unit = packaging.uom_id if packaging.product_id == product else product.uom_id
            goods.append({
                "product": product.id, "lot": lot.id or None, "quantity": self._get_quantity(product, unit, reading),
                "lot_name": lot_name if product.tracking != "none" and not lot else ""})
        return goods, moves

    @api.model
    def _get_quantity(self, product, unit, reading):
        """How many a scan is, in the unit of the product: what the label says, else one of its packaging."""
        if product.tracking == "serial" and (reading.serial or reading.lot):
            return 1.0
        if is_count(reading.quantity):
            return unit._compute_quantity(reading.quantity, product.uom_id)
        kilogram = self.env.ref("uom.product_uom_kgm", raise_if_not_found=False) if reading.weight else None
        if kilogram and product.uom_id._has_common_reference(kilogram):
            return kilogram._compute_quantity(float(reading.weight), product.uom_id)
        return unit._compute_quantity(1.0, product.uom_id)

    @api.model
    def _needs_lot(self, picking, product):
        """Whether the transfer wants to know the lot."""
        kind = picking.picking_type_id
        return product.tracking != "none" and (kind.use_create_lots or kind.use_existing_lots)

    @api.model
    def _take_lot(self, picking, goods):
        """Goods with the lot that their name means here.

        :raise UserError: the number cannot be used here
        """
        product = self.env["product.product"].browse(goods["product"])
        if goods["lot"]:
            return {**goods, "lot_name": ""}
        lots = self.env["stock.lot"].search([("name", "=", goods["lot_name"])])
        mine = lots.filtered(lambda lot: lot.product_id == product)[:1]
        if mine:
            return {**goods, "lot": mine.id, "lot_name": ""}
        if not picking.picking_type_id.use_create_lots or picking.picking_type_id.code != "incoming":
            raise UserError(
                self._says().lot_of_other(goods["lot_name"], lots[:1].product_id.display_name, product.display_name)
                if lots else self._says().no_such_lot(goods["lot_name"], product.display_name))
        return {**goods, "other": lots[:1].product_id.display_name if lots else ""}

    @api.model
    def _check_serial(self, picking, goods, rows):
        """:raise UserError: this serial number was scanned already, or is in stock already"""
        product = self.env["product.product"].browse(goods["product"])
        if product.tracking != "serial" or not (goods["lot"] or goods["lot_name"]):
            return
        lot = self.env["stock.lot"].browse(goods["lot"] or [])
        name = goods["lot_name"] or lot.name
        if any((row.lot_id == lot if lot else row.lot_name == name) for row in rows if row.quantity):
            raise UserError(self._says().serial_twice(name))
        if goods["quantity"] != 1:
            raise UserError(self._says().serial_is_one(name))
        if lot and picking.picking_type_id.code == "incoming":
            there = self.env["stock.quant"].search(
                [("lot_id", "=", lot.id), ("quantity", ">", 0), ("location_id.usage", "in", ("internal", "transit"))],
                limit=1)
            if there:
                raise UserError(self._says().serial_in_stock(name, there.location_id.display_name))

    @api.model
    def _get_source(self, walk, picking, goods):
        """Where goods are taken from, and what a person should know of it.

        :return: (location, message or None)
        :raise UserError: the lot is not there
        """
        Location = self.env["stock.location"]
        if not walk.memory["inside"]:
            return self._get_whole(picking, "location_id"), None
        if goods.get("place"):
            return Location.browse(goods["place"]), None
        domain = [("product_id", "=", goods["product"]), ("quantity", ">", 0), ("location_id.usage", "=", "internal")]
        if goods["lot"]:
            domain.append(("lot_id", "=", goods["lot"]))
        quants = self.env["stock.quant"].search(domain, order="reserved_quantity desc, in_date, id", limit=200)
        place = Location.browse(walk.memory.get("place") or []) or self._get_whole(picking, "location_id")
        inside = Location.search([("id", "child_of", place.ids),
                                  ("id", "in", quants.location_id.ids)])
        for quant in quants:
            if quant.location_id in inside:
                return quant.location_id, None
        elsewhere = quants[:1].location_id.display_name
        if goods["lot"]:
            name = self.env["stock.lot"].browse(goods["lot"]).name
            raise UserError(self._says().not_here(name, place.display_name, elsewhere))
        product = self.env["product.product"].browse(goods["product"])
        if not product.is_storable:
            return place, None
        return place, self._says().books_know_none(
            product.display_name, place.display_name, elsewhere)
