from odoo import api, models
from odoo.exceptions import UserError

from ..tools.numbers import is_count


class ScanTransferHand(models.AbstractModel):
    """What is done by hand: a line is touched, a quantity typed, the last step taken back."""

    _inherit = "scan.transfer"

    @api.model
    def _on_pick_count(self, walk, event):
        """A line is touched: the keypad is for it."""
        if event.get("value") not in {line["id"] for line in walk.memory["shown"]}:
            raise UserError(self._says().nothing_here())
        walk.memory["current"] = event["value"]
        walk.forget("row")
        return None

    @api.model
    def _on_quantity(self, walk, event):
        """So many of a line were counted (the keypad); of several lots it is the one that was scanned last."""
        picking, value = self._get_picking(walk), event.get("value")
        target = event.get("target")
        move = self.env["stock.move"].search([("id", "=", target), (self._move_field, "=", picking.id)]) \
            if isinstance(target, int) else None
        if not move or not is_count(value):
            raise UserError(self._says().no_quantity(value))
        rows = self.env["scan.tally"].search([("move_id", "=", move.id)])
        row = rows.filtered(lambda row: row.id == walk.memory.get("row"))
        if len(rows) > 1 and not row:
            raise UserError(self._says().which_lot(move.product_id.display_name))
        row = row or rows
        change = value - row.quantity
        if row and move.product_id.tracking == "serial" and value not in (0, 1):
            raise UserError(self._says().serial_is_one(row.lot_id.name or row.lot_name))
        walk.go("count")
        walk.memory["current"] = move.id
        if move.product_id.uom_id.compare(change, 0) > 0:
            return self._count(walk, picking, {
                "product": move.product_id.id, "lot": row.lot_id.id or None, "lot_name": row.lot_name or "",
                "quantity": change})
        walk.note({"rows": [[row.id, change]] if row else [], "current": move.id})
        row._count_up(change)
        return self._message("success", self._says().counted(
            move.product_id.display_name, value, move.product_id.uom_id.name, row.exists().lot_id.name or ""))

    @api.model
    def _on_undo(self, walk, value):
        """Take the last scan back."""
        if walk.state in ("lot", "over", "which", "short"):
            walk.forget("ask")
            walk.go("count")
            return self._message("info", self._says().question_dropped())
        if not walk.past or walk.state != "count":
            raise UserError(self._says().nothing_to_undo())
        self._get_picking(walk)
        step = walk.past[-1]
        walk.past = walk.past[:-1]
        for row_id, quantity in reversed(step["rows"]):
            row = self.env["scan.tally"].browse(row_id).exists()
            if not row:
                raise UserError(self._says().nothing_to_undo())
            if step.get("dest"):
                row.location_dest_id = False
            else:
                row._count_up(-quantity)
        walk.memory["current"] = step.get("current")
        walk.forget("row")
        return self._message("info", self._says().undone())
