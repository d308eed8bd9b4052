from odoo import api, models
from odoo.exceptions import UserError


class ScanFlowReceive(models.AbstractModel):
    """The supplier's delivery note is the only basis of a receipt (REC-1): its number opens it, or is asked for.

    States: those of a transfer; ``count`` → ``note`` where the number is missing.
    """

    _inherit = "scan.flow.receive"

    @api.model
    def _get_named(self, found):
        return super()._get_named(found) | found.note

    @api.model
    def _finish(self, walk, picking, drop=False):
        if picking._get_without_delivery_note():
            walk.memory["drop"] = drop
            walk.go("note")
            return self._message("info", self._says().scan_note())
        return super()._finish(walk, picking, drop)

    @api.model
    def _show_note(self, walk):
        return {
            **self._show_count(walk), "expect": self.env._("Scan or type the number of the delivery note"),
            "offline": False,
            "input": {"id": "note", "kind": "text", "label": self.env._("Delivery Note"), "value": "", "unit": "",
                      "choices": []},
            "buttons": [self._button("back", self.env._("Back"))]}

    @api.model
    def _on_text_note(self, walk, event):
        number = str(event.get("value") or "").strip()[:100]
        if not number:
            raise UserError(self._says().scan_note())
        picking = self._get_picking(walk)
        picking.delivery_note_ref = number
        return self._finish(walk, picking, bool(walk.memory.get("drop")))

    @api.model
    def _on_scan_note(self, walk, event):
        """Whatever is scanned is the number, unless it is goods: who scans on still counts."""
        reading, found = self._resolve(event)
        if found.product or found.packaging or found.location:
            return self._on_scan_over(walk, event)
        return self._on_text_note(walk, {"value": reading.order or reading.text})
