from odoo import api, models
from odoo.exceptions import UserError


class ScanTransferPlace(models.AbstractModel):
    """Locations and packages on the way: a shelf behind the goods, or a place before them."""

    _inherit = "scan.transfer"

    @api.model
    def _on_location(self, walk, picking, location):
        """The shelf where the goods go to, or the place that they are taken from, by the flow.

        :raise UserError: it is no place of this transfer
        """
        whole = self._get_whole(picking, self._get_place_field())
        if whole.usage in ("internal", "transit") and not location.parent_path.startswith(whole.parent_path):
            raise UserError(self._says().wrong_place(location.display_name, picking.name, whole.display_name))
        if self._shelf_last:
            return self._shelve(walk, location)
        walk.memory["place"], walk.memory["place_name"] = location.id, location.display_name
        return self._message("success", location.display_name)

    @api.model
    def _get_unshelved(self, walk):
        """Rows that this run has counted and that have no shelf yet."""
        ids = []
        for step in reversed(walk.past):
            if step.get("dest"):
                break
            ids += [row_id for row_id, _quantity in step["rows"]]
        rows = self.env["scan.tally"].browse(ids).exists()
        return rows.filtered(lambda row: row.quantity and not row.location_dest_id)

    @api.model
    def _shelve(self, walk, location):
        rows = self._get_unshelved(walk)
        if not rows:
            raise UserError(self._says().goods_first(location.display_name))
        rows.location_dest_id = location
        walk.note({"rows": [[row.id, 0] for row in rows], "dest": True, "current": walk.memory.get("current")})
        return self._message("success", self._says().shelved(len(rows), location.display_name))

    @api.model
    def _on_package(self, walk, picking, package):
        """All that is in a package, if all of it belongs to the transfer.

        :raise UserError: it does not, or the package is empty
        """
        whole = self._get_whole(picking, "location_id")
        quants = package.contained_quant_ids.filtered(
            lambda quant: quant.quantity > 0 and quant.location_id.parent_path.startswith(whole.parent_path))
        if not quants:
            raise UserError(self._says().package_empty(package.name, whole.display_name))
        for quant in quants:
            message = self._count(walk, picking, {
                "product": quant.product_id.id, "lot": quant.lot_id.id or None, "lot_name": "",
                "quantity": quant.quantity, "package": quant.package_id.id, "place": quant.location_id.id})
            if walk.state != "count":
                raise UserError(self._says().package_does_not_fit(package.name, message["text"]))
        return self._message("success", self._says().package_counted(package.name, len(quants)))
