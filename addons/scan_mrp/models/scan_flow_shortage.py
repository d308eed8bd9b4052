from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.material_shortage.models.material_shortage_flow import REPORTERS
from odoo.addons.warehouse_scan.tools.numbers import is_count


class ScanFlowShortage(models.AbstractModel):
    """A part is missing here: which, how many, a photo (MAT-10); reported as the window of material_shortage does.

    States: ``choose`` → ``part`` → ``amount`` → ``reported`` (→ ``photo`` and back).
    """

    _name = "scan.flow.shortage"
    _inherit = "scan.flow"
    _description = "Scanning: Report a Missing Part"

    _flow_icon = "fa-exclamation-triangle"
    _flow_sequence = 36
    _flow_groups = REPORTERS

    @api.model
    def _flow_label(self):
        return self.env._("Report a Missing Part")

    # of what

    @api.model
    def _show_choose(self, walk):
        orders = self.env["scan.flow.kit_check"]
        due = orders._search_listed(orders._get_job_domain()) if self.env["material.check"].has_access("read") else []
        return {
            "expect": self.env._("Scan the manufacturing order or the transfer"),
            "lines": [self._line(order.id, order.name, note=orders._get_subtitle(order)) for order in due]}

    @api.model
    def _on_pick_choose(self, walk, event):
        """An order whose parts are handed out now is touched."""
        return self._on_start(walk, {"model": "mrp.production", "id": event.get("value")})

    @api.model
    def _on_start(self, walk, value):
        if isinstance(value, dict) and value.get("model") in ("mrp.production", "stock.picking"):
            record = self.env[value["model"]].search([("id", "=", value.get("id"))]) \
                if isinstance(value.get("id"), int) else None
            if not record:
                raise UserError(self._says().document_first())
            return self._open(walk, record)
        return None

    @api.model
    def _open(self, walk, record):
        walk.memory = {"model": record._name, "id": record.id, "name": record.name}
        walk.go("part")
        return self._message("success", record.name)

    @api.model
    def _on_scan_choose(self, walk, event):
        reading, found = self._resolve(event)
        records = found.production or found.work or found.picking or found.origin
        if not records:
            if found:
                raise UserError(self._says().document_first())
            self._refuse_unknown(reading)
        return self._open(walk, records[:1])

    @api.model
    def _get_document(self, walk):
        return self.env[walk.memory["model"]].browse(walk.memory["id"])

    @api.model
    def _get_moves(self, walk):
        document = self._get_document(walk)
        moves = document.move_raw_ids if document._name == "mrp.production" else document.move_ids
        return moves.filtered(lambda move: move.state not in ("done", "cancel"))

    # which part

    @api.model
    def _show_part(self, walk):
        moves = self._get_moves(walk)
        return {
            "title": walk.memory["name"], "expect": self.env._("Scan or touch the part that is missing"),
            "lines": [self._line(move.id, move.product_id.display_name, code=move.product_id.barcode or "",
                                 demand=move.product_qty, unit=move.product_id.uom_id.name) for move in moves[:40]],
            "hidden": max(len(moves) - 40, 0), "buttons": [self._button("other", self.env._("Other Order"))]}

    @api.model
    def _on_pick_part(self, walk, event):
        move = self._get_moves(walk).filtered(lambda move: move.id == event.get("value"))
        if not move:
            raise UserError(self._says().nothing_here())
        return self._choose_part(walk, move.product_id)

    @api.model
    def _on_scan_part(self, walk, event):
        reading, found = self._resolve(event)
        if records := found.production or found.work or found.picking:
            return self._open(walk, records[:1])
        products = found.product | found.packaging.product_id | found.lot.product_id or found.reference
        if not products:
            self._refuse_unknown(reading)
        wanted = products & self._get_moves(walk).product_id
        if not wanted:
            raise UserError(self._says().not_on_transfer(products[:1].display_name, walk.memory["name"], ""))
        return self._choose_part(walk, wanted[:1])

    @api.model
    def _on_scan_amount(self, walk, event):
        return self._on_scan_part(walk, event)

    @api.model
    def _on_scan_reported(self, walk, event):
        return self._on_scan_part(walk, event)

    @api.model
    def _choose_part(self, walk, product):
        """The amount proposed is what the order has not reserved; where all is reserved, all that it needs."""
        moves = self._get_moves(walk).filtered(lambda move: move.product_id == product)
        needed = sum(moves.mapped("product_qty"))
        here = sum(moves.move_line_ids.mapped("quantity_product_uom"))
        walk.memory = {**walk.memory, "product": product.id, "quantity": max(needed - here, 0) or needed or 1}
        walk.go("amount")
        return self._message("success", product.display_name)

    @api.model
    def _show_amount(self, walk):
        product = self.env["product.product"].browse(walk.memory["product"])
        return {
            "title": walk.memory["name"], "subtitle": product.display_name,
            "expect": self.env._("How many are missing?"),
            "input": {"id": "amount", "kind": "quantity", "label": self.env._("Missing"),
            "value": walk.memory["quantity"],
                      "unit": product.uom_id.name, "choices": []},
            "buttons": [self._button("report", self.env._("Report It"), "primary"), self._button("back",
            self.env._("Back"))]}

    @api.model
    def _on_quantity_amount(self, walk, event):
        if not is_count(event.get("value")) or not event["value"]:
            raise UserError(self._says().no_quantity(event.get("value")))
        walk.memory["quantity"] = event["value"]
        return None

    # reported

    @api.model
    def _on_press(self, walk, event):
        value = event.get("value")
        if value == "other":
            walk.memory = {}
            walk.go("choose")
        elif value in ("back", "more") and walk.state in ("amount", "photo", "reported"):
            walk.go("reported" if walk.state == "photo" else "part")
        elif value == "photo" and walk.state == "reported":
            walk.go("photo")
        elif value == "report" and walk.state == "amount":
            return self._report(walk)
        else:
            raise UserError(self._says().nothing_here())
        return None

    @api.model
    def _report(self, walk):
        """Whoever brings it is asked (MAT-10)."""
        shortages, document = self.env["material.shortage"], self._get_document(walk)
        shortages._check_groups(*REPORTERS)
        document.check_access("read")
        name = "production" if document._name == "mrp.production" else "picking"
        line = shortages._report(
            self.env["product.product"].browse(walk.memory["product"]), walk.memory["quantity"], **{name: document})
        walk.memory["line"] = line.id
        walk.go("reported")
        return self._message("success", self._says().shortage_reported(
            line.display_name, line.sudo().owner_id.name or "–"))  # sudo: the name only

    @api.model
    def _show_reported(self, walk):
        return {"title": walk.memory["name"], "expect": self.env._("Scan the next part that is missing"),
            "finished": True,
                "buttons": [self._button("photo", self.env._("Photo")), self._button("more",
                self.env._("Another Part"), "primary"),
                            self._button("other", self.env._("Other Order"))]}

    @api.model
    def _show_photo(self, walk):
        return {"title": walk.memory["name"], "expect": self.env._("Take a photo"),
                "input": {"id": "photo", "kind": "photo", "label": self.env._("Photo"), "value": None, "unit": "",
                          "choices": []}, "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_photo(self, walk, event):
        data = next((value for value in event["files"].values() if isinstance(value, str) and value), "")
        line = self.env["material.shortage"].browse(walk.memory.get("line") or [])
        if not data or not line or line.reported_by != self.env.user:
            raise UserError(self._says().nothing_here())
        line._write_signed({"photo": data})
        walk.go("reported")
        return self._message("success", self._says().photo_added())
