from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class ScanTransferCount(models.AbstractModel):
    """Counting: a scan counts up, a question is asked where a person has to decide, the last scan is undone."""

    _inherit = "scan.transfer"

    # scans

    @api.model
    def _on_scan_count(self, walk, event):
        reading, found = self._resolve(event, ("product", "packaging"))
        picking = self._get_picking(walk)
        goods, moves = self._get_goods(picking, reading, found)
        if goods:
            message = self._choose_goods(walk, picking, goods, moves)
            if reading.doubts and message["kind"] == "success":
                return self._message("warning", self._says().doubtful(", ".join(reading.doubts)))
            return message
        if found.location:
            return self._on_location(walk, picking, found.location[:1])
        if found.package:
            return self._on_package(walk, picking, found.package[:1])
        named = self._get_named(found)
        if picking in named:
            return self._message("info", self._says().already_open(picking.name))
        if named:
            return self._change_transfer(walk, picking, named)
        return self._refuse_unknown(reading)

    @api.model
    def _change_transfer(self, walk, picking, named):
        """Another transfer is scanned: what was counted of the first one stays on it."""
        return self._choose_of(walk, named)

    @api.model
    def _choose_goods(self, walk, picking, goods, moves):
        if len(goods) == 1:
            return self._count(walk, picking, goods[0], moves)
        walk.memory["ask"] = {"goods": goods}
        walk.go("which")
        return self._message("warning", self._says().two_products())

    @api.model
    def _count(self, walk, picking, goods, moves=None):
        """Count goods, or ask what is missing to do it (SCN-1, SCN-4).

        :param moves: open lines of the transfer with this product, where they are known
        :return: message
        :raise UserError: they cannot be counted here
        """
        product = self.env["product.product"].browse(goods["product"])
        moves = moves or self._get_moves(picking, product)
        if not moves:
            raise UserError(self._says().not_on_transfer(product.display_name, picking.name, ""))
        if self._needs_lot(picking, product):
            if not goods["lot"] and not goods["lot_name"]:
                return self._ask_lot(walk, moves, goods)
            goods = self._take_lot(picking, goods)
        rows = self.env["scan.tally"].search_fetch(
            [*self._get_tally_domain(picking), ("product_id", "=", product.id)],
            ("company_id", "picking_id", "product_id", "move_id", "lot_id", "lot_name", "location_id",
            "location_dest_id",
             "package_id", "quantity"))
        self._check_serial(picking, goods, rows)
        room = self._get_room(moves, rows)
        asked = goods["quantity"]
        if product.uom_id.compare(asked, sum(room.values())) > 0 and product.id not in walk.memory.get("over", []):
            return self._ask_over(walk, moves, goods, sum(room.values()))
        place, doubt = self._get_source(walk, picking, goods)
        steps = self._write_tallies(walk, goods, self._share(moves, room, asked), rows, place)
        walk.note({"rows": steps, "current": walk.memory.get("current")})
        walk.memory["current"] = self.env["scan.tally"].browse(steps[-1][0]).move_id.id
        walk.memory["row"] = steps[-1][0]
        walk.forget("ask")
        self._after_count(walk, product)
        counted = self._says().counted(self._get_title(walk, product), asked, product.uom_id.name, goods["lot_name"]
            or (
            self.env["stock.lot"].browse(goods["lot"] or []).name or ""))
        if doubt or goods.get("other"):
            doubt = doubt or self._says().lot_exists(goods["lot_name"], goods["other"])
            return self._message("warning", f"{counted} {doubt}")
        return self._message("success", counted)

    @api.model
    def _after_count(self, walk, product):
        """Serial numbers of one product follow each other; anything else is a scan like the first."""
        walk.go("count")

    @api.model
    def _get_room(self, moves, rows):
        """What each line still wants, ``{move: quantity}``, in the unit of the product."""
        room = {}
        for move in moves:
            counted = sum(row.quantity for row in rows if row.move_id == move)
            if move.picked:  # somebody has taken it at the desk
                counted += move.product_uom._compute_quantity(move._get_picked_quantity(), move.product_id.uom_id)
            room[move] = max(move.product_qty - counted, 0.0)
        return room

    @api.model
    def _share(self, moves, room, quantity):
        """Lines that take a quantity, in their order; what is too much goes to the last: ``[(move, quantity)]``."""
        shares, unit = [], moves.product_id.uom_id
        for move in moves:
            part = min(room[move], quantity)
            if unit.compare(part, 0) > 0:
                shares.append([move, part])
                quantity -= part
        if unit.compare(quantity, 0) > 0:
            if shares:
                shares[-1][1] += quantity
            else:
                shares.append([moves[-1], quantity])
        return shares

    @api.model
    def _write_tallies(self, walk, goods, shares, rows, place):
        """Count up or begin rows; ``[[id of the row, quantity]]``."""
        steps = []
        for move, quantity in shares:
            key = (move.id, goods["lot"] or False, goods["lot_name"] or False, place.id, goods.get("package") or False)
            row = rows.filtered(lambda row, key=key: key == (
                row.move_id.id, row.lot_id.id, row.lot_name or False, row.location_id.id, row.package_id.id)
                and not row.location_dest_id)[:1]
            if row:
                row.quantity += quantity
            else:
                self._take_turns(walk)
                row = rows.create({
                    "run": walk.uuid, "company_id": move.company_id.id, "picking_id": move.picking_id.id,
                    "move_id": move.id, "product_id": move.product_id.id, "lot_id": goods["lot"],
                    "lot_name": goods["lot_name"] or False, "location_id": place.id,
                    "package_id": goods.get("package") or False, "quantity": quantity})
                row._try_booking()
            steps.append([row.id, quantity])
        return steps

    @api.model
    def _take_turns(self, walk):
        """Devices that begin to count goods of one document, or finish it, at the same moment come one after the other:
        the second is started again by Odoo, and sees what the first has done. A row that is there already is counted
        up by one at a time anyway.
        """
        table = self.env[self._document]._table
        self.env.execute_query(SQL("UPDATE %s SET write_date = write_date WHERE id = %s RETURNING id",
                                   SQL.identifier(table), walk.memory["picking"]))

    # questions

    @api.model
    def _ask_lot(self, walk, moves, goods):
        walk.memory["ask"] = {"goods": [goods]}
        walk.memory["current"] = moves[0].id
        walk.go("lot")
        return self._message("info", self._says().scan_lot(moves.product_id.display_name))

    @api.model
    def _show_lot(self, walk):
        shown = self._show_count(walk)
        return {**shown, "expect": self.env._("Scan or type the lot or serial number"),
                "input": {"id": "lot", "kind": "text", "label": self.env._("Lot/Serial Number"), "value": "",
                "unit": "",
                          "choices": []},
                "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_text_lot(self, walk, event):
        name = str(event.get("value") or "").strip()[:200]
        if not name:
            raise UserError(self._says().nothing_here())
        return self._count_lot(walk, name)

    @api.model
    def _count_lot(self, walk, name):
        goods = walk.memory["ask"]["goods"][0]
        return self._count(walk, self._get_picking(walk), {**goods, "lot": None, "lot_name": name})

    @api.model
    def _on_scan_lot(self, walk, event):
        """A lot of the product that was scanned before; other goods are counted as ever, the question is given up."""
        reading, found = self._resolve(event)
        goods = walk.memory["ask"]["goods"][0]
        same = found.lot.filtered(lambda lot: lot.product_id.id == goods["product"])[:1]
        name = reading.serial or reading.lot
        other = found.product | found.packaging.product_id
        if name and goods["product"] in other.ids or name and not other and not same:
            return self._count_lot(walk, name)
        if same:
            return self._count_lot(walk, same.name)
        if other or found.location or found.package or found.picking:
            walk.forget("ask")
            walk.go("count")
            return self._on_scan_count(walk, event)
        return self._count_lot(walk, reading.text[:200])

    @api.model
    def _ask_over(self, walk, moves, goods, room):
        walk.memory["ask"] = {"goods": [goods]}
        walk.memory["current"] = moves[-1].id
        walk.go("over")
        product = moves.product_id
        return self._message("error", self._says().too_many(
            product.display_name, goods["quantity"], room, product.uom_id.name))

    @api.model
    def _show_over(self, walk):
        shown = self._show_count(walk)
        return {**shown, "expect": self.env._("More than ordered: count it all the same?"), "buttons": [
            self._button("yes", self.env._("Count It"), "danger"),
            self._button("back", self.env._("Do Not Count It"), "primary")]}

    @api.model
    def _on_press_over(self, walk, event):
        if event.get("value") != "yes":
            return self._on_press(walk, event)
        goods = walk.memory["ask"]["goods"][0]
        walk.memory["over"] = [*walk.memory.get("over", []), goods["product"]]
        return self._count(walk, self._get_picking(walk), goods)

    @api.model
    def _on_scan_over(self, walk, event):
        """Who scans on has answered no: what was too much is not counted."""
        walk.forget("ask")
        walk.go("count")
        return self._on_scan_count(walk, event)

    @api.model
    def _show_which(self, walk):
        products = self.env["product.product"].browse(goods["product"] for goods in walk.memory["ask"]["goods"])
        return {**self._show_count(walk), "expect": self.env._("Which product is it?"),
                "buttons": [self._button("back", self.env._("Back"))],
                "input": {"id": "which", "kind": "choice", "label": self.env._("Product"), "value": None, "unit": "",
                          "choices": [{"id": product.id, "label": product.display_name, "note": product.barcode or ""}
                                      for product in products]}}

    @api.model
    def _on_pick_which(self, walk, event):
        chosen = [goods for goods in walk.memory["ask"]["goods"] if goods["product"] == event.get("value")]
        if not chosen:
            raise UserError(self._says().nothing_here())
        return self._count(walk, self._get_picking(walk), chosen[0])

    @api.model
    def _on_scan_which(self, walk, event):
        return self._on_scan_over(walk, event)
