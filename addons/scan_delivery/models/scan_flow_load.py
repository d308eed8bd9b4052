from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ScanFlowLoad(models.AbstractModel):
    """The loading check of a delivery notice: crates, goods and serial numbers, no more and no less (DLV-2).

    States: those of a transfer; ``count`` → ``loaded`` (the check is written) → ``done`` (it has left).
    """

    _name = "scan.flow.load"
    _inherit = "scan.transfer"
    _description = "Scanning: Load"

    _flow_icon = "fa-cubes"
    _flow_sequence = 55

    @api.model
    def _flow_label(self):
        return self.env._("Load")

    @api.model
    def _get_kind_domain(self):
        return Domain("picking_type_id.code", "=", "outgoing") & Domain("delivery_notice_id", "!=", False)

    @api.model
    def _get_job_domain(self):
        return super()._get_job_domain() & Domain("delivery_notice_id.state", "=", "released")

    @api.model
    def _get_named(self, found):
        return found.notice | super()._get_named(found)

    @api.model
    def _get_subtitle(self, picking):
        notice = picking.delivery_notice_id.sudo()  # sudo: what the paper in the driver's hand says
        return " · ".join(filter(None, (notice.name, notice.customer_id.display_name, notice.vehicle)))

    @api.model
    def _check_open(self, picking):
        result = super()._check_open(picking)
        notice = picking.delivery_notice_id.sudo()  # sudo: whether it is released, and its number
        if notice and notice.state != "released":
            raise UserError(self._says().not_released(notice.name))
        return result

    @api.model
    def _ask_over(self, walk, moves, goods, room):
        """Too many are not asked for: they stay."""
        product = moves.product_id
        raise UserError(self._says().too_many_loaded(
            product.display_name, goods["quantity"], room, product.uom_id.name))

    @api.model
    def _get_buttons(self, walk, missing):
        return [self._button("finish", self.env._("All Loaded"), "secondary" if missing else "primary"),
                self._button("other", self.env._("Other Transfer"))]

    @api.model
    def _on_press_count(self, walk, event):
        if event.get("value") != "finish":
            return self._on_press(walk, event)
        picking = self._get_picking(walk)
        self._check_scanned(picking)
        self._check_whole(picking)
        notice = picking.delivery_notice_id
        for other in notice.sudo().picking_ids.sudo(False) - picking:  # sudo: the transfers of a paper that he loads
            if other.state not in ("done", "cancel") and not self._is_whole(other):
                message = self._open(walk, other)
                further = self._says().next_transfer(notice.sudo().name, other.name)
                return self._message("info", f"{further} {message['text']}")
        notice._note_loading()
        walk.go("loaded")
        return self._message("success", self._says().loaded(notice.sudo().name))

    @api.model
    def _get_lacking(self, picking):
        """What is not loaded and the customer has not agreed to, ``{move: quantity}``."""
        # sudo: what was agreed stands on the paper that he loads by
        lines = picking.delivery_notice_id.sudo().line_ids.grouped("move_id")
        lacking = {}
        for move, left in self._get_missing(picking).items():
            agreed = sum(line.uom_id._compute_quantity(line.quantity_agreed, move.product_id.uom_id)
                         for line in lines.get(move.sudo(), []))
            if move.product_id.uom_id.compare(left, agreed) > 0:
                lacking[move] = left - agreed
        return lacking

    @api.model
    def _is_whole(self, picking):
        return not self._get_lacking(picking)

    @api.model
    def _check_whole(self, picking):
        """:raise UserError: something is missing, by name"""
        if lacking := self._get_lacking(picking):
            raise UserError(self._says().not_all_loaded(", ".join(
                f"{quantity:g} {move.product_id.uom_id.name} {move.product_id.display_name}"
                for move, quantity in lacking.items())))

    @api.model
    def _show_loaded(self, walk):
        return {
            **self._show_count(walk), "expect": self.env._("Let it leave"), "offline": False,
            "buttons": [self._button("leave", self.env._("It Leaves"), "primary"),
                        self._button("back", self.env._("Back"))]}

    @api.model
    def _on_press_loaded(self, walk, event):
        """What was loaded leaves: each transfer of the notice that was scanned is validated."""
        if event.get("value") != "leave":
            return self._on_press(walk, event)
        picking = self._get_picking(walk)
        # sudo: the transfers of a paper that he loads
        for other in picking.delivery_notice_id.sudo().picking_ids.sudo(False) - picking:
            if other.state not in ("done", "cancel"):
                self._finish(walk, other)
        return self._finish(walk, picking)

    @api.model
    def _on_scan_loaded(self, walk, event):
        """Something more is scanned: it is counted, and the check is made again."""
        walk.go("count")
        return self._on_scan_count(walk, event)
