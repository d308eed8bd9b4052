from odoo import api, models
from odoo.exceptions import UserError

from ..tools.numbers import is_count


class ScanFlowCount(models.AbstractModel):
    """Count: what stands in a location, by stock's own count (RPT-2). Who may not apply a count leaves it to be
    applied.

    States: ``place`` → ``count`` (→ ``lot`` and back) → ``rest`` → ``done``. The books are not shown before the end.
    """

    _name = "scan.flow.count"
    _inherit = "scan.flow"
    _description = "Scanning: Count"

    _flow_icon = "fa-calculator"
    _flow_sequence = 50
    _flow_groups = ("stock.group_stock_user",)
    _flow_start = "place"

    @api.model
    def _flow_label(self):
        return self.env._("Count")

    @api.model
    def _get_due_domain(self):
        """Locations with a count that somebody has asked the user for."""
        return [("company_id", "=", self.env.company.id), ("user_id", "=", self.env.uid),
                ("location_id.usage", "in", ("internal", "transit")), ("inventory_quantity_set", "=", False)]

    @api.model
    def _count_jobs(self):
        return len(self.env["stock.quant"]._read_group(self._get_due_domain(), ["location_id"]))

    @api.model
    def _get_today_jobs(self):
        return [place for place, in self.env["stock.quant"]._read_group(self._get_due_domain(), ["location_id"],
                                                                         limit=40)]

    # place

    @api.model
    def _show_place(self, walk):
        due = self.env["stock.quant"]._read_group(self._get_due_domain(), ["location_id"], ["__count"], limit=40)
        return {"expect": self.env._("Scan the location that is counted"), "lines": [
            self._line(location.id, location.display_name, note=self.env._("%(number)s to count", number=number))
            for location, number in due]}

    @api.model
    def _on_pick_place(self, walk, event):
        location = self.env["stock.location"].search([("id", "=", event.get("value"))]) \
            if isinstance(event.get("value"), int) else None
        if not location:
            raise UserError(self._says().nothing_here())
        return self._open_place(walk, location)

    @api.model
    def _on_scan_place(self, walk, event):
        if walk.seen in ("count", "lot", "rest"):
            raise UserError(self._says().not_opened(event.get("value")))
        reading, found = self._resolve(event)
        if not found.location:
            if found:
                raise UserError(self._says().place_first())
            self._refuse_unknown(reading)
        return self._open_place(walk, found.location[:1])

    @api.model
    def _open_place(self, walk, location):
        if location.usage not in ("internal", "transit"):
            raise UserError(self._says().no_shelf(location.display_name))
        walk.memory = {"location": location.id, "place_name": location.display_name}
        walk.past = []
        walk.go("count")
        return self._message("success", location.display_name)

    # counting

    @api.model
    def _get_rows(self, walk):
        return self.env["scan.tally"].search_fetch(
            [("run", "=", walk.uuid), ("picking_id", "=", False)], ("product_id", "lot_id", "lot_name", "quantity"))

    @api.model
    def _on_scan_count(self, walk, event):
        reading, found = self._resolve(event)
        products = found.product | found.packaging.product_id | found.lot.product_id or found.reference
        if not products:
            if found.location:
                if found.location[:1].id == walk.memory["location"]:
                    return self._message("info", walk.memory["place_name"])
                raise UserError(self._says().finish_place(walk.memory["place_name"]))
            return self._refuse_unknown(reading)
        if len(products) > 1:
            raise UserError(self._says().two_products())
        name = reading.serial or reading.lot or ("" if found.product or found.packaging or not found.lot
            else reading.text)
        quantity = 1.0
        if products.tracking != "serial":
            quantity = reading.quantity if is_count(reading.quantity) else 1.0
            if found.packaging:
                quantity = found.packaging[:1].uom_id._compute_quantity(quantity, products.uom_id)
        if products.tracking != "none" and not name:
            walk.memory["ask"] = {"product": products.id, "quantity": quantity}
            walk.go("lot")
            return self._message("info", self._says().scan_lot(products.display_name))
        return self._count(walk, products, name if products.tracking != "none" else "", quantity)

    @api.model
    def _count(self, walk, product, name, quantity):
        """Count goods up; a number that nobody knows yet is one that was found."""
        lot = self.env["stock.lot"].search([("product_id", "=", product.id), ("name", "=", name)],
            limit=1) if name else \
            self.env["stock.lot"]
        row = self._get_rows(walk).filtered(
            lambda row: row.product_id == product and row.lot_id == lot and (row.lot_name or "") == ("" if lot
            else name))[:1]
        if product.tracking == "serial" and row.quantity + quantity > 1:
            raise UserError(self._says().serial_twice(name))
        if row:
            row.quantity += quantity
        else:
            row = row.create({
                "run": walk.uuid, "company_id": self.env.company.id, "product_id": product.id, "lot_id": lot.id,
                "lot_name": "" if lot else name, "location_id": walk.memory["location"], "quantity": quantity})
        walk.note({"rows": [[row.id, quantity]]})
        walk.memory["current"] = row.id
        walk.forget("ask")
        walk.go("count")
        return self._message("success", self._says().counted(product.display_name, quantity, product.uom_id.name, name))

    @api.model
    def _show_count(self, walk):
        rows, current = self._get_rows(walk), walk.memory.get("current")
        return {
            "title": walk.memory["place_name"], "expect": self.env._("Scan all goods that stand here"), "offline": True,
            "lines": [self._line(
                row.id, row.product_id.display_name, code=row.product_id.barcode or "",
                lot=row.lot_id.name or row.lot_name or "", done=row.quantity, unit=row.product_id.uom_id.name,
                status="done", current=row.id == current) for row in rows.sorted(lambda row: row.id != current)[:40]],
            "hidden": max(len(rows) - 40, 0),
            "buttons": [self._button("finish", self.env._("All Counted"), "primary"),
                        self._button("other", self.env._("Other Location"))]}

    @api.model
    def _show_lot(self, walk):
        return {**self._show_count(walk), "expect": self.env._("Scan or type the lot or serial number"),
                "input": {"id": "lot", "kind": "text", "label": self.env._("Lot/Serial Number"), "value": "",
                "unit": "",
                          "choices": []},
                "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_text_lot(self, walk, event):
        name = str(event.get("value") or "").strip()[:200]
        if not name:
            raise UserError(self._says().nothing_here())
        ask = walk.memory["ask"]
        return self._count(walk, self.env["product.product"].browse(ask["product"]), name, ask["quantity"])

    @api.model
    def _on_scan_lot(self, walk, event):
        reading, found = self._resolve(event)
        if found.product or found.packaging or found.location:
            walk.forget("ask")
            walk.go("count")
            return self._on_scan_count(walk, event)
        return self._on_text_lot(walk, {"value": reading.serial or reading.lot or reading.text})

    @api.model
    def _on_pick_count(self, walk, event):
        if event.get("value") not in self._get_rows(walk).ids:
            raise UserError(self._says().nothing_here())
        walk.memory["current"] = event["value"]
        return None

    @api.model
    def _on_quantity(self, walk, event):
        row = self._get_rows(walk).filtered(lambda row: row.id == event.get("target"))
        value = event.get("value")
        if not row or not is_count(value):
            raise UserError(self._says().no_quantity(value))
        if row.product_id.tracking == "serial" and value not in (0, 1):
            raise UserError(self._says().serial_is_one(row.lot_id.name or row.lot_name))
        walk.note({"rows": [[row.id, value - row.quantity]]})
        walk.memory["current"] = row.id
        row._count_up(value - row.quantity)
        return self._message("success", self._says().counted(
            row.product_id.display_name, row.quantity, row.product_id.uom_id.name, row.lot_id.name or row.lot_name
            or ""))

    @api.model
    def _on_undo(self, walk, value):
        if walk.state in ("lot", "rest"):
            walk.forget("ask")
            walk.go("count")
            return self._message("info", self._says().question_dropped())
        if not walk.past or walk.state != "count":
            raise UserError(self._says().nothing_to_undo())
        step, walk.past = walk.past[-1], walk.past[:-1]
        for row_id, quantity in step["rows"]:
            row = self.env["scan.tally"].browse(row_id).exists()
            row._count_up(-quantity)
            if not row.quantity:
                row.unlink()
        return self._message("info", self._says().undone())
