from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

OPEN = ("confirmed", "progress", "to_close")


class ScanFlowKitCheck(models.AbstractModel):
    """Pick for production by the material list, and sign that it is handed over (MAT-9, FQC-3).

    What was scanned is what the order has reserved from then on, lot by lot; production consumes it. Warehouse and
    picker sign the check of material_shortage, each their side. States: those of a transfer; ``count`` → ``missing``
    → ``done``.
    """

    _name = "scan.flow.kit_check"
    _inherit = "scan.transfer"
    _description = "Scanning: Pick for Production"

    _flow_icon = "fa-list-alt"
    _flow_sequence = 35
    _flow_groups = ("stock.group_stock_user", "mrp.group_mrp_user")
    _document = "mrp.production"
    _document_fields = (
        "name", "state", "origin", "picking_type_id", "location_src_id", "production_location_id", "product_id",
        "product_qty", "company_id")
    _move_field = "raw_material_production_id"

    @api.model
    def _flow_label(self):
        return self.env._("Pick for Production")

    # which order

    @api.model
    def _get_kind_domain(self):
        return Domain.TRUE

    @api.model
    def _get_job_domain(self):
        """Orders whose parts are due to be handed out: the check says so."""
        due = self.env["material.check"].search([
            ("kind", "=", "issue"), ("state", "=", "open"), ("company_id", "=", self.env.company.id)])
        return Domain("id", "in", due.production_id.ids) & Domain("state", "in", OPEN)

    @api.model
    def _search_listed(self, domain):
        return self.env["mrp.production"].search_fetch(
            domain, ("name", "origin", "product_id", "product_qty"), limit=40, order="date_start, id")

    @api.model
    def _get_subtitle(self, order):
        return f"{order.product_qty:g} {order.product_id.display_name}"

    @api.model
    def _get_named(self, found):
        return found.production | found.work

    @api.model
    def _get_goods_domain(self, products):
        return Domain("move_raw_ids.product_id", "in", products.ids)

    @api.model
    def _get_location_domain(self, locations):
        return Domain("location_src_id", "child_of", locations.ids)

    @api.model
    def _get_whole(self, order, end):
        return order.location_src_id if end == "location_id" else order.production_location_id

    @api.model
    def _get_tally_domain(self, order):
        return [("move_id.raw_material_production_id", "=", order.id)]

    @api.model
    def _check_open(self, order):
        if order.state not in OPEN:
            raise UserError(self._says().order_over(order.name))

    # the check

    @api.model
    def _get_check(self, order):
        """The open check of the order's handing over; one that is not due yet is made now."""
        checks = self.env["material.check"]
        check = checks.search([("production_id", "=", order.id), ("kind", "=", "issue"), ("state", "=", "open")],
            limit=1)
        # sudo: the system makes checks; who picks earlier than planned has it made now
        return check or checks.sudo()._make("issue", order.sudo()).sudo(False)

    @api.model
    def _get_side(self, check):
        """What the user signs: the warehouse hands out, the picker takes; None where his side is signed."""
        user = self.env.user
        if user.has_group("stock.group_stock_user") and not check.handed_by and check.taken_by != user:
            return "hand_out"
        if user.has_group("mrp.group_mrp_user") and not check.taken_by and check.handed_by != user:
            return "take"
        return None

    @api.model
    def _get_buttons(self, walk, missing):
        order = {"model": "mrp.production", "id": walk.memory["picking"]}
        return [self._button("finish", self.env._("All Together: Sign"), "secondary" if missing else "primary"),
                self._button("shortage", self.env._("Something Is Missing"), go={"flow": "shortage", "start": order}),
                self._button("other", self.env._("Other Order"))]

    @api.model
    def _on_press_count(self, walk, event):
        if event.get("value") != "finish":
            return self._on_press(walk, event)
        order = self._get_picking(walk)
        check = self._get_check(order)
        if check.handed_by or check.taken_by:  # the other side has scanned it; both look at it together
            return self._sign(walk, order, check, "")
        if not any(self._get_counted(order).values()):
            raise UserError(self._says().nothing_scanned(order.name))
        if self._get_missing(order):
            walk.go("missing")
            return self._message("info", self._says().say_what_is_missing(self._name_missing(order)))
        return self._sign(walk, order, check, "")

    @api.model
    def _name_missing(self, order):
        return ", ".join(f"{left:g} {move.product_id.uom_id.name} {move.product_id.display_name}"
                         for move, left in self._get_missing(order).items())

    @api.model
    def _show_missing(self, walk):
        shown = self._show_count(walk)
        return {
            **shown, "expect": self.env._("What of the missing parts?"), "offline": False,
            "lines": [line for line in shown["lines"] if line["status"] not in ("done", "over")],
            "input": {"id": "missing", "kind": "text", "label": self.env._("Does the order start without them?"),
                      "value": "", "unit": "", "choices": []},
            "buttons": [self._button("back", self.env._("Count On"))]}

    @api.model
    def _on_text_missing(self, walk, event):
        """The answer signs: each missing part is reported, and stands on the check in words."""
        text = str(event.get("value") or "").strip()[:500]
        if not text:
            raise UserError(self._says().nothing_here())
        order = self._get_picking(walk)
        missing = self._name_missing(order)
        shortages = self.env["material.shortage"]
        for move, left in self._get_missing(order).items():
            shortages._report(move.product_id, left, production=order, note=text)
        return self._sign(walk, order, self._get_check(order), self._says().note_of_missing(missing, text))

    @api.model
    def _on_scan_missing(self, walk, event):
        return self._on_scan_over(walk, event)

    @api.model
    def _sign(self, walk, order, check, note):
        """What was scanned is reserved, and the user's side of the check is signed.

        :raise UserError: his side is signed, or who refuses the goods
        """
        side = self._get_side(check)
        if not side:
            raise UserError(self._says().signed_already(order.name))
        self._take_turns(walk)
        self.env["scan.tally"].search(self._get_tally_domain(order))._write_lines(picked=False)
        if note:
            check.sudo().note = note  # sudo: what he has just said of what he signs
        check.action_hand_out() if side == "hand_out" else check.action_take()
        facts = [{"label": order.name, "value": note}] if note else []
        walk.memory, walk.past = {"title": order.name, "facts": facts}, []
        walk.go("done")
        return self._message("success", self._says().signed(order.name, side))
