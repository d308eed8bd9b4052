from odoo import api, models
from odoo.exceptions import UserError


class ScanFlowCountFinish(models.AbstractModel):
    """The end of a count: entered in stock's own way, and applied by who may (RPT-2)."""

    _inherit = "scan.flow.count"

    @api.model
    def _on_press(self, walk, event):
        value = event.get("value")
        if value == "other":
            self._get_rows(walk).unlink()
            walk.memory, walk.past = {}, []
            walk.go("place")
            return None
        if value == "back":
            walk.forget("ask")
            walk.go("count")
            return None
        if walk.state == "count" and value == "finish":
            if self._get_uncounted(walk):
                walk.go("rest")
                return None
            return self._finish(walk)
        if walk.state == "rest" and value in ("zero", "leave"):
            return self._finish(walk, value == "zero")
        raise UserError(self._says().nothing_here())

    @api.model
    def _get_quants(self, walk):
        return self.env["stock.quant"].search([
            ("location_id", "=", walk.memory["location"]), ("company_id", "=", self.env.company.id)])

    @api.model
    def _get_uncounted(self, walk):
        """What the books have here and nobody has scanned."""
        counted = {(row.product_id, row.lot_id) for row in self._get_rows(walk)}
        return self._get_quants(walk).filtered(
            lambda quant: quant.quantity and (quant.product_id, quant.lot_id) not in counted)

    @api.model
    def _show_rest(self, walk):
        missing = self._get_uncounted(walk)
        return {
            "title": walk.memory["place_name"], "expect": self.env._("Not scanned here: what of it?"),
            "lines": [self._line(quant.id, quant.product_id.display_name, lot=quant.lot_id.name or "",
                                 demand=quant.quantity, done=0, unit=quant.product_uom_id.name)
                      for quant in missing[:40]], "hidden": max(len(missing) - 40, 0),
            "buttons": [self._button("back", self.env._("Count On"), "primary"),
                        self._button("leave", self.env._("Leave It Uncounted")),
                        self._button("zero", self.env._("There Is None"), "danger",
                        self.env._("Count all of it as none?"))]}

    @api.model
    def _finish(self, walk, rest_is_zero=False):
        """Enter the count in stock's own way; who may apply counts applies it at once."""
        quants, counted = self._get_quants(walk), self.env["stock.quant"].with_context(inventory_mode=True)
        missing = self._get_uncounted(walk)
        rows = self._get_rows(walk)
        if not rows and not (rest_is_zero and missing):
            raise UserError(self._says().nothing_scanned(walk.memory["place_name"]))
        for row in rows:
            counted |= self._enter(walk, row, quants.filtered(lambda quant, row=row: (
                quant.product_id, quant.lot_id) == (row.product_id, row.lot_id) and not row.lot_name))
        if rest_is_zero:
            missing = missing.with_context(inventory_mode=True)
            missing.action_set_inventory_quantity_zero()
            counted |= missing
        counted.user_id = self.env.uid
        rows.unlink()
        return self._close(walk, counted)

    @api.model
    def _enter(self, walk, row, quants):
        """What was counted of one product or lot, however it lies there: in packages, loose, another's.

        Who scans pieces does not say which is which: what the books have packed or of an owner stays so as far as the
        count reaches, the rest is loose and ours.

        :return: the quants with their count
        """
        Quant = self.env["stock.quant"].with_context(inventory_mode=True)
        unit, left, quants = row.product_id.uom_id, row.quantity, quants.with_context(inventory_mode=True)
        loose = quants.filtered(lambda quant: not quant.package_id and not quant.owner_id)[:1]
        for quant in quants - loose:
            quant.inventory_quantity = min(left, max(quant.quantity, 0.0))
            left = unit.round(left - quant.inventory_quantity)
        if loose:
            loose.inventory_quantity = left
        elif not quants or unit.compare(left, 0.0) > 0:
            quants |= Quant.create({
                "product_id": row.product_id.id, "location_id": walk.memory["location"],
                "lot_id": (row.lot_id or self._make_lot(row)).id, "inventory_quantity": left})
        return quants

    @api.model
    def _make_lot(self, row):
        return self.env["stock.lot"].create({
            "product_id": row.product_id.id, "name": row.lot_name, "company_id": self.env.company.id,
        }) if row.lot_name else row.lot_id

    @api.model
    def _close(self, walk, quants):
        differing = [
            {"label": " ".join(filter(None, (quant.product_id.display_name, quant.lot_id.name))),
             "value": f"{quant.inventory_diff_quantity:+g} {quant.product_uom_id.name}"}
            for quant in quants if quant.product_uom_id.compare(quant.inventory_diff_quantity, 0)]
        may_apply = self.env.user.has_group("stock.group_stock_manager")
        if may_apply and quants.action_apply_inventory():
            raise UserError(self._says().not_validated(walk.memory["place_name"]))
        place = walk.memory["place_name"]
        walk.memory, walk.past = {"title": place, "facts": differing if may_apply else []}, []
        walk.go("done")
        kinds = {(quant.product_id, quant.lot_id) for quant in quants}
        return self._message("success", self._says().place_counted(place, len(kinds), may_apply))

    @api.model
    def _show_done(self, walk):
        return {"title": walk.memory["title"], "facts": walk.memory["facts"], "finished": True,
                "expect": self.env._("Scan the next location"),
                "buttons": [self._button("other", self.env._("Next"), "primary")]}

    @api.model
    def _on_scan_done(self, walk, event):
        if walk.seen in ("count", "lot", "rest"):
            raise UserError(self._says().not_opened(event.get("value")))
        walk.memory, walk.past = {}, []
        walk.go("place")
        return self._on_scan_place(walk, event)
