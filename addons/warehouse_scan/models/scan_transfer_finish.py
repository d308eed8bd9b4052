from odoo import api, models
from odoo.exceptions import UserError


class ScanTransferFinish(models.AbstractModel):
    """The end of a transfer: what was counted is booked by the transfer's own button, or nothing is."""

    _inherit = "scan.transfer"

    @api.model
    def _on_press_count(self, walk, event):
        if event.get("value") != "finish":
            return self._on_press(walk, event)
        picking = self._get_picking(walk)
        self._check_scanned(picking)
        if self._is_short(picking) and picking.picking_type_id.create_backorder == "ask":
            walk.memory["short"] = True
            walk.go("short")
            return None
        return self._finish(walk, picking)

    @api.model
    def _check_scanned(self, picking):
        """:raise UserError: nothing was scanned, and nobody has taken anything at the desk"""
        if not any(self._get_counted(picking).values()) and not any(picking.move_ids.mapped("picked")):
            raise UserError(self._says().nothing_scanned(picking.name))

    @api.model
    def _get_missing(self, picking):
        """What was not counted, ``{move: quantity}``, in the unit of the product."""
        moves = self.env["stock.move"].search([
            (self._move_field, "=", picking.id), ("state", "not in", ("done", "cancel"))])
        rows = self.env["scan.tally"].search_fetch(self._get_tally_domain(picking), ("move_id", "quantity"))
        room = self._get_room(moves, rows)
        return {move: left for move, left in room.items() if move.product_id.uom_id.compare(left, 0) > 0}

    @api.model
    def _is_short(self, picking):
        """Whether less was counted than the transfer wants."""
        return bool(self._get_missing(picking))

    @api.model
    def _show_short(self, walk):
        shown = self._show_count(walk)
        return {
            **shown, "expect": self.env._("Less than ordered: what becomes of the rest?"),
            "lines": [line for line in shown["lines"] if line["status"] not in ("done", "over")],
            "buttons": [self._button("backorder", self.env._("It Comes Later"), "primary"),
                        self._button("drop", self.env._("It Does Not Come"), "danger"),
                        self._button("back", self.env._("Count On"))]}

    @api.model
    def _on_press_short(self, walk, event):
        if event.get("value") not in ("backorder", "drop"):
            return self._on_press(walk, event)
        return self._finish(walk, self._get_picking(walk), event["value"] == "drop")

    @api.model
    def _on_scan_short(self, walk, event):
        return self._on_scan_over(walk, event)

    @api.model
    def _finish(self, walk, picking, drop=False):
        """Validate the transfer as its own button does (SCN-1).

        :param drop: what is missing does not come any more
        :raise UserError: whoever refuses it, in his own words; nothing is booked
        """
        picking = picking.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=picking.ids if drop else [])
        picking.button_validate()
        if picking.state != "done":
            raise UserError(self._says().not_validated(picking.name))
        return self._close(walk, picking)

    @api.model
    def _close(self, walk, picking):
        """The flow is at its end."""
        rest = self.env["stock.picking"].search([("backorder_id", "=", picking.id)])
        facts = [{"label": self.env._("Transfer"), "value": picking.name}]
        if rest:
            facts.append({"label": self.env._("Comes Later"), "value": ", ".join(rest.mapped("name"))})
        walk.memory, walk.past = {"facts": facts, "title": picking.name}, []
        walk.go("done")
        return self._message("success", self._says().finished(picking.name))

    @api.model
    def _show_done(self, walk):
        return {
            "title": walk.memory.get("title", ""), "expect": self.env._("Scan the next transfer"),
            "facts": walk.memory.get("facts", []), "finished": True,
            "buttons": [self._button("other", self.env._("Next"), "primary")]}

    @api.model
    def _on_scan_done(self, walk, event):
        """The next job begins with its scan."""
        seen = walk.seen
        if seen in ("count", "lot", "over", "which", "short"):
            raise UserError(self._says().not_opened(event.get("value")))
        walk.memory, walk.past = {}, []
        walk.go("choose")
        return self._on_scan_choose(walk, event)
