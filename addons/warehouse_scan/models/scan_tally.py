from odoo import fields, models

OWN = ("internal", "transit")


class TrialOver(Exception):
    """What was tried is taken back."""


class ScanTally(models.Model):
    """Goods that were scanned and are not booked yet: of a transfer, or of one run where there is none.

    A scan only counts here, however large the transfer is; the transfer's own lines are written once, when it is
    finished. Whoever scans the same transfer counts on.
    """

    _name = "scan.tally"
    _inherit = ["document.number.mixin"]
    _description = "Scanned Goods"
    _rec_name = "product_id"
    _order = "id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, index=True, default=lambda self: self.env.uid,
                              ondelete="cascade")
    run = fields.Char(required=True, index=True)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", index="btree_not_null", ondelete="cascade", check_company=True)
    move_id = fields.Many2one(
        "stock.move", string="Line", index="btree_not_null", ondelete="cascade", check_company=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="cascade", check_company=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="cascade", check_company=True)
    lot_name = fields.Char(string="New Lot/Serial Number")
    package_id = fields.Many2one("stock.package", index="btree_not_null", ondelete="cascade", check_company=True)
    location_id = fields.Many2one(
        "stock.location", string="From", index="btree_not_null", ondelete="cascade", check_company=True)
    location_dest_id = fields.Many2one(
        "stock.location", string="To", index="btree_not_null", ondelete="cascade", check_company=True)
    quantity = fields.Float(digits="Product Unit", aggregator=None, help="In the unit of the product.")

    def _count_up(self, change):
        """Add to what was counted of one row; nothing is ever below zero."""
        for row in self:
            row.quantity = max(row.product_id.uom_id.round(row.quantity + change), 0.0)

    def _is_line(self, line):
        """Whether a line of the transfer takes the same goods from the same place."""
        return (not line.picked and line.lot_id == self.lot_id and line.location_id == self.location_id
                and line.package_id == self.package_id and not self.lot_name)

    def _is_whole(self, line):
        """Whether these goods are just what the line says, so that it need only be ticked."""
        return (self._is_line(line) and line.product_uom_id == self.product_id.uom_id
                and self.product_id.uom_id.compare(line.quantity, self.quantity) == 0
                and self.location_dest_id in (line.location_dest_id, self.location_dest_id.browse()))

    def _try_booking(self):
        """Ask the models' own gates now, while the person stands before the goods: held goods do not wait until the
        transfer is finished to be refused (REC-7). What is reserved has passed them.

        :raise UserError: the line that this will become is refused
        """
        self.ensure_one()
        if self.location_id.usage not in OWN or any(self._is_line(line) for line in self.move_id.move_line_ids):
            return
        try:
            with self.env.cr.savepoint():
                self.env["stock.move.line"].create(self._prepare_line(self.move_id.move_line_ids))
                self.env.flush_all()
                raise TrialOver
        except TrialOver:
            return

    def _write_lines(self, picked=True):
        """Write what was scanned to the lines of its moves, all at once, and forget it; lines that were only reserved
        give way.

        :param picked: the goods were taken; else they are only what is reserved from now on
        """
        ready = gone = self.env["stock.move.line"]
        new = []
        for move, mine in self.filtered("quantity").grouped("move_id").items():
            if move.state in ("done", "cancel"):
                continue
            reserved = rest = move.move_line_ids.filtered(lambda line: not line.picked)
            for row in mine:
                same = rest.filtered(lambda line, row=row: row._is_whole(line))[:1]
                ready |= same
                rest -= same
                if not same:
                    new.append({**row._prepare_line(reserved), "picked": picked})
            gone |= rest
        gone.unlink()
        if picked:
            ready.picked = True
        ready.create(new)
        self.unlink()

    def _prepare_line(self, lines):
        """Values of the transfer's line for these goods.

        :param lines: lines of the same move that say where goods are expected to go, and whose they are
        """
        self.ensure_one()
        alike = lines.filtered(
            lambda line: line.lot_id == self.lot_id and line.location_id == self.location_id) or lines
        place = self.location_dest_id or alike[:1].location_dest_id or self.move_id.location_dest_id
        return {
            "move_id": self.move_id.id, "picking_id": self.picking_id.id, "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id, "quantity": self.quantity, "picked": True,
            "lot_id": self.lot_id.id, "lot_name": self.lot_name, "package_id": self.package_id.id,
            "result_package_id": self.package_id.id if self.picking_id.picking_type_id.code == "internal" else False,
            "location_id": self.location_id.id, "owner_id": alike[:1].owner_id.id,
            "location_dest_id": place.id}
