from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def button_validate(self):
        """Whoever validates a transfer, what was scanned of it is what was taken."""
        self._take_scanned()
        return super().button_validate()

    def _take_scanned(self):
        """Write what was scanned to the lines of the transfers, all at once; lines that were only reserved give way.

        One read where nothing was scanned.
        """
        rows = self.env["scan.tally"].search([("picking_id", "in", self.ids)])
        if not rows:
            return
        ready = gone = self.env["stock.move.line"]
        new = []
        for move, mine in rows.filtered("quantity").grouped("move_id").items():
            if move.state in ("done", "cancel"):
                continue
            reserved = rest = move.move_line_ids.filtered(lambda line: not line.picked)
            for row in mine:
                same = rest.filtered(lambda line, row=row: row._is_whole(line))[:1]
                ready |= same
                rest -= same
                if not same:
                    new.append(row._prepare_line(reserved))
            gone |= rest
        gone.unlink()
        ready.picked = True
        ready.create(new)
        rows.unlink()
