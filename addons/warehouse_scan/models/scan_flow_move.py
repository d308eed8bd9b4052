from odoo import Command, api, models
from odoo.exceptions import UserError

from ..tools.numbers import is_count

ROW = ("product_id", "lot_id", "package_id", "location_id", "quantity")


class ScanFlowMove(models.AbstractModel):
    """Move: goods are scanned, then the location where they go to; a transfer of its own is made and done (SCN-1).

    States: ``collect`` (→ ``which`` and back).
    """

    _name = "scan.flow.move"
    _inherit = "scan.flow"
    _description = "Scanning: Move"

    _flow_icon = "fa-exchange"
    _flow_sequence = 40
    _flow_groups = ("stock.group_stock_user",)
    _flow_start = "collect"

    @api.model
    def _flow_label(self):
        return self.env._("Move")

    @api.model
    def _get_rows(self, walk):
        """What was collected."""
        return self.env["scan.tally"].search_fetch([("run", "=", walk.uuid), ("picking_id", "=", False)], ROW)

    # scans

    @api.model
    def _on_scan_collect(self, walk, event):
        reading, found = self._resolve(event)
        products = found.product | found.packaging.product_id | found.lot.product_id or found.reference
        if products:
            return self._collect(walk, reading, found, products)
        if found.package:
            return self._collect_package(walk, found.package[:1])
        if found.location:
            return self._on_location(walk, found.location[:1])
        return self._refuse_unknown(reading)

    @api.model
    def _on_scan_which(self, walk, event):
        """Who scans on has given the question up."""
        walk.forget("ask")
        walk.go("collect")
        return self._on_scan_collect(walk, event)

    @api.model
    def _get_stock(self, domain):
        """What there is to move."""
        return self.env["stock.quant"].search([
            ("quantity", ">", 0), ("location_id.usage", "in", ("internal", "transit")),
            ("company_id", "=", self.env.company.id), *domain], order="in_date, id", limit=100)

    @api.model
    def _collect(self, walk, reading, found, products):
        """One scan of goods: from the place that was scanned before, or from the only one where they are."""
        domain = [("product_id", "in", products.ids)]
        name = reading.serial or reading.lot or ("" if found.product or found.packaging else reading.text
            if found.lot else "")
        if name:
            domain.append(("lot_id.name", "=", name))
        place = self.env["stock.location"].browse(walk.memory.get("place") or [])
        quants = self._get_stock([*domain, ("location_id", "child_of", place.ids)] if place else domain)
        if not quants:
            elsewhere = self._get_stock(domain)[:1].location_id.display_name if place else ""
            raise UserError(self._says().none_there(
                " ".join(filter(None, (products[:1].display_name, name))), place.display_name or "", elsewhere))
        quantity = self._get_quantity(quants[0].product_id, found, reading)
        if len(quants) > 1:
            rows = self._get_rows(walk)
            same = quants.filtered(lambda quant: self._find_row(rows, quant))
            if len(same) != 1:
                return self._ask_which(walk, quants, quantity)
            quants = same  # counted before: the next scan is of the same heap
        return self._add(walk, quants, quantity)

    @api.model
    def _get_quantity(self, product, found, reading):
        if product.tracking != "serial" and is_count(reading.quantity):
            return reading.quantity
        return found.packaging[:1].uom_id._compute_quantity(1.0, product.uom_id) if found.packaging else 1.0

    @api.model
    def _collect_package(self, walk, package):
        quants = package.contained_quant_ids.filtered(lambda quant: quant.quantity > 0)
        if not quants:
            raise UserError(self._says().package_empty(package.name, ""))
        for quant in quants:
            self._add(walk, quant, quant.quantity)
        return self._message("success", self._says().package_counted(package.name, len(quants)))

    @api.model
    def _find_row(self, rows, quant):
        return rows.filtered(lambda row: (row.product_id, row.lot_id, row.package_id, row.location_id) == (
            quant.product_id, quant.lot_id, quant.package_id, quant.location_id))[:1]

    @api.model
    def _add(self, walk, quant, quantity):
        """Count goods of one heap; never more than the books have there."""
        row = self._find_row(self._get_rows(walk), quant)
        if quant.product_uom_id.compare(row.quantity + quantity, quant.quantity) > 0:
            raise UserError(self._says().more_than_there(
                quant.product_id.display_name, quant.quantity, quant.location_id.display_name))
        if row:
            row.quantity += quantity
        else:
            row = row.create({
                "run": walk.uuid, "company_id": self.env.company.id, "product_id": quant.product_id.id,
                "lot_id": quant.lot_id.id, "package_id": quant.package_id.id, "location_id": quant.location_id.id,
                "quantity": quantity})
        walk.note({"rows": [[row.id, quantity]]})
        walk.memory["current"] = row.id
        walk.forget("ask")
        walk.go("collect")
        return self._message("success", self._says().counted(
            quant.product_id.display_name, quantity, quant.product_uom_id.name, quant.lot_id.name or ""))

    # which heap

    @api.model
    def _ask_which(self, walk, quants, quantity):
        walk.memory["ask"] = {"quants": quants[:20].ids, "quantity": quantity}
        walk.go("which")
        return self._message("info", self._says().choose_heap())

    @api.model
    def _show_which(self, walk):
        quants = self.env["stock.quant"].browse(walk.memory["ask"]["quants"]).exists()
        choices = [{
            "id": quant.id, "label": " · ".join(filter(None, (
                quant.location_id.display_name, quant.lot_id.name, quant.package_id.name))),
            "note": f"{quant.quantity:g} {quant.product_uom_id.name}"} for quant in quants]
        return {
            **self._show_collect(walk), "expect": self.env._("From where?"),
            "buttons": [self._button("back", self.env._("Back"))],
            "input": {"id": "which", "kind": "choice", "label": self.env._("Goods"), "value": None, "unit": "",
                      "choices": choices}}

    @api.model
    def _on_pick_which(self, walk, event):
        ask = walk.memory["ask"]
        if event.get("value") not in ask["quants"]:
            raise UserError(self._says().nothing_here())
        quant = self.env["stock.quant"].browse(event["value"]).exists()
        if not quant:
            raise UserError(self._says().nothing_here())
        return self._add(walk, quant, ask["quantity"])

    @api.model
    def _on_press(self, walk, event):
        if event.get("value") == "back":
            walk.forget("ask")
            walk.go("collect")
            return None
        if event.get("value") == "empty":
            self._get_rows(walk).unlink()
            walk.memory, walk.past = {}, []
            walk.go("collect")
            return None
        raise UserError(self._says().nothing_here())

    # by hand

    @api.model
    def _on_pick_collect(self, walk, event):
        if event.get("value") not in self._get_rows(walk).ids:
            raise UserError(self._says().nothing_here())
        walk.memory["current"] = event["value"]
        return None

    @api.model
    def _on_quantity(self, walk, event):
        row = self._get_rows(walk).filtered(lambda row: row.id == event.get("target"))
        if not row or not is_count(event.get("value")):
            raise UserError(self._says().no_quantity(event.get("value")))
        quants = self._get_stock([
            ("product_id", "=", row.product_id.id), ("lot_id", "=", row.lot_id.id),
            ("package_id", "=", row.package_id.id), ("location_id", "=", row.location_id.id)])
        change = event["value"] - row.quantity
        if change > 0:
            return self._add(walk, quants[:1], change) if quants else self._message("error", self._says().none_there(
                row.product_id.display_name, row.location_id.display_name, ""))
        walk.note({"rows": [[row.id, change]]})
        row._count_up(change)
        return self._message("success", self._says().counted(
            row.product_id.display_name, row.quantity, row.product_id.uom_id.name, row.lot_id.name or ""))

    @api.model
    def _on_undo(self, walk, value):
        if walk.state == "which":
            walk.forget("ask")
            walk.go("collect")
            return self._message("info", self._says().question_dropped())
        if not walk.past:
            raise UserError(self._says().nothing_to_undo())
        step, walk.past = walk.past[-1], walk.past[:-1]
        if step.get("place"):
            walk.memory["place"], walk.memory["place_name"] = step["before"]
        for row_id, quantity in step["rows"]:
            self.env["scan.tally"].browse(row_id).exists()._count_up(-quantity)
        return self._message("info", self._says().undone())

    # places

    @api.model
    def _on_location(self, walk, location):
        """The first location is where goods are taken from; with goods in hand it is where they go to."""
        if location.usage not in ("internal", "transit"):
            raise UserError(self._says().no_shelf(location.display_name))
        rows = self._get_rows(walk).filtered("quantity")
        if not rows:
            walk.note({"rows": [], "place": True, "before": [walk.memory.get("place"), walk.memory.get("place_name")]})
            walk.memory["place"], walk.memory["place_name"] = location.id, location.display_name
            return self._message("success", location.display_name)
        if rows.location_id == location:
            raise UserError(self._says().there_already(location.display_name))
        pickings = self._book(rows, location)
        walk.memory, walk.past = {"moved": pickings.mapped("name")}, []
        return self._message("success", self._says().moved(len(rows), location.display_name,
            ", ".join(pickings.mapped("name"))))

    @api.model
    def _book(self, rows, location):
        """A transfer from each place, done at once.

        :raise UserError: whoever refuses it, in his own words
        """
        pickings = self.env["stock.picking"]
        for place, mine in rows.grouped("location_id").items():
            if place == location:
                continue
            warehouse = place.warehouse_id or self.env["stock.warehouse"].search(
                [("company_id", "=", self.env.company.id)], limit=1)
            picking = pickings.create({
                "picking_type_id": warehouse.int_type_id.id, "location_id": place.id, "location_dest_id": location.id,
                "origin": self._flow_label(), "move_ids": [Command.create({
                    "product_id": product.id, "product_uom": product.uom_id.id,
                    "product_uom_qty": sum(own.mapped("quantity")), "location_id": place.id,
                    "location_dest_id": location.id}) for product, own in mine.grouped("product_id").items()]})
            picking.action_confirm()
            for row in mine:
                row.write({"picking_id": picking.id, "location_dest_id": location.id,
                    "move_id": picking.move_ids.filtered(
                    lambda move, row=row: move.product_id == row.product_id)[:1].id})
            picking.with_context(skip_backorder=True).button_validate()
            if picking.state != "done":
                raise UserError(self._says().not_validated(picking.name))
            pickings |= picking
        return pickings

    @api.model
    def _show_collect(self, walk):
        rows = self._get_rows(walk).filtered("quantity")
        current = walk.memory.get("current")
        place = walk.memory.get("place_name")
        if rows:
            expect = self.env._("Scan more goods, or the location where they go to")
        elif place:
            expect = self.env._("In %(place)s: scan goods", place=place)
        else:
            expect = self.env._("Scan goods, or first the location where they are")
        return {
            "title": self._flow_label(), "subtitle": ", ".join(walk.memory.get("moved") or []), "expect": expect,
            "offline": True,
            "lines": [self._line(
                row.id, row.product_id.display_name, code=row.product_id.barcode or "", lot=row.lot_id.name or "",
                place=row.location_id.display_name, done=row.quantity, unit=row.product_id.uom_id.name,
                note=row.package_id.name or "", status="done", current=row.id == current)
                for row in rows.sorted(lambda row: row.id != current)[:40]],
            "hidden": max(len(rows) - 40, 0),
            "buttons": [self._button("empty", self.env._("Put All Back"), "danger", self.env._(
                "Forget what was scanned? Nothing is booked."))] if rows else []}
