from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Lines that one answer carries.
MOST_LINES = 40
OPEN = ("waiting", "confirmed", "assigned")


class ScanTransfer(models.AbstractModel):
    """What flows share that count the goods of a transfer: which transfer, its list, and the state *count*.

    States: ``choose`` → ``count`` (→ ``lot``, ``which``, ``over`` and back) → ``short`` → ``done``.
    """

    _name = "scan.transfer"
    _inherit = "scan.flow"
    _description = "Scanning a Transfer"

    _flow_groups = ("stock.group_stock_user",)
    #: The document that is counted, and how its lines name it.
    _document = "stock.picking"
    _document_fields = ("name", "state", "origin", "partner_id", "picking_type_id", "location_id", "location_dest_id")
    _move_field = "picking_id"
    #: Goods come first and their shelf afterwards; else the place is scanned first and its goods afterwards.
    _shelf_last = False

    # hooks of the flows

    @api.model
    def _get_kind_domain(self):
        """Which transfers are of this flow, whatever their state."""
        return Domain.FALSE

    @api.model
    def _get_whole(self, picking, end):
        """The place within which goods of the document are taken (``location_id``) or put (``location_dest_id``)."""
        return picking[end]

    @api.model
    def _get_named(self, found):
        """Documents of this flow that a code names."""
        return found.picking | found.origin

    @api.model
    def _get_tally_domain(self, picking):
        """What was scanned of a document and is not booked."""
        return [("picking_id", "=", picking.id)]

    @api.model
    def _get_place_field(self):
        """The end of a line that the person has to find."""
        return "location_dest_id" if self._shelf_last else "location_id"

    # jobs

    @api.model
    def _get_job_domain(self):
        """Transfers of this flow that wait."""
        return self._get_kind_domain() & Domain("state", "in", OPEN) & Domain("company_id", "=", self.env.company.id)

    @api.model
    def _count_jobs(self):
        return self.env[self._document].search_count(self._get_job_domain())

    @api.model
    def _get_today_jobs(self):
        today, due = self.env.company._get_today(), self.env[self._document]._fields
        moment = "scheduled_date" if "scheduled_date" in due else "date_start"
        return [job for job in self._search_listed(self._get_job_domain())
                if not job[moment] or self.env.company._get_day(job[moment]) <= today]

    @api.model
    def _show_choose(self, walk):
        offer = walk.memory.get("offer")
        domain = Domain("id", "in", offer) if offer else self._get_job_domain()
        pickings = self._search_listed(domain)
        total = len(pickings) if len(pickings) < MOST_LINES else self.env[self._document].search_count(domain)
        return {
            "expect": self.env._("Scan a transfer, an order, a product or a location"), "hidden": total - len(pickings),
            "lines": [self._line(picking.id, picking.name, note=self._get_subtitle(picking),
                                 code=picking.origin or "") for picking in pickings]}

    @api.model
    def _search_listed(self, domain):
        return self.env["stock.picking"].search_fetch(
            domain, ("name", "origin", "partner_id", "scheduled_date"), limit=MOST_LINES, order="scheduled_date, id")

    @api.model
    def _get_subtitle(self, picking):
        """Whose it is."""
        return picking.partner_id.display_name or picking.origin or ""

    @api.model
    def _on_start(self, walk, value):
        if isinstance(value, dict) and value.get("model") == self._document:
            return self._open(walk, self._find_picking(value.get("id")))
        return None

    @api.model
    def _on_pick_choose(self, walk, event):
        return self._open(walk, self._find_picking(event.get("value")))

    @api.model
    def _on_scan_choose(self, walk, event):
        if walk.seen in ("count", "lot", "over", "which", "short"):
            raise UserError(self._says().not_opened(event.get("value")))
        reading, found = self._resolve(event)
        if named := self._get_named(found):
            return self._choose_of(walk, named)
        products = found.product | found.packaging.product_id | found.lot.product_id or found.reference
        if products:
            jobs = self._search_jobs(self._get_goods_domain(products))
            if not jobs:
                raise UserError(self._says().no_job_of_product(products[:1].display_name))
            message = self._choose_of(walk, jobs)
            return self._on_scan_count(walk, event) if walk.state == "count" else message
        if found.location:
            jobs = self._search_jobs(self._get_location_domain(found.location))
            if not jobs:
                raise UserError(self._says().no_job_of_place(found.location[:1].display_name))
            return self._choose_of(walk, jobs)
        if found.operation:
            return self._choose_of_operation(walk, found.operation)
        return self._refuse_unknown(reading)

    @api.model
    def _choose_of_operation(self, walk, operations):
        """The sign on the door of a room: what waits of this kind of operation."""
        jobs = self._search_jobs(Domain("picking_type_id", "in", operations.ids))
        if not jobs:
            raise UserError(self._says().no_job_of_operation(operations[:1].display_name))
        return self._choose_of(walk, jobs)

    @api.model
    def _get_goods_domain(self, products):
        return Domain("move_ids.product_id", "in", products.ids)

    @api.model
    def _get_location_domain(self, locations):
        return Domain("location_id", "child_of", locations.ids) | Domain("location_dest_id", "child_of", locations.ids)

    @api.model
    def _search_jobs(self, domain):
        return self.env[self._document].search(self._get_job_domain() & domain, limit=MOST_LINES)

    @api.model
    def _choose_of(self, walk, pickings):
        """Open the one transfer, or have one chosen."""
        fitting = pickings.filtered_domain(self._get_kind_domain())
        waiting = fitting.filtered_domain(self._get_job_domain()) or fitting or pickings
        if len(waiting) == 1:
            return self._open(walk, waiting)
        walk.memory["offer"] = waiting.ids
        return self._message("info", self._says().choose_transfer(len(waiting)))

    @api.model
    def _find_picking(self, picking_id):
        """:raise UserError: no such transfer in this company"""
        known = isinstance(picking_id, int) and not isinstance(picking_id, bool)
        picking = self.env[self._document].search_fetch(
            [("id", "=", picking_id)], self._document_fields) if known else None
        if not picking:
            raise UserError(self._says().transfer_gone())
        return picking

    @api.model
    def _get_picking(self, walk):
        """The open transfer of a walk.

        :raise UserError: it was done or cancelled meanwhile
        """
        picking = self._find_picking(walk.memory.get("picking"))
        self._check_open(picking)
        return picking

    @api.model
    def _check_open(self, picking):
        says = self._says()
        if picking.state == "done":
            raise UserError(says.transfer_done(picking.name))
        if picking.state == "cancel":
            raise UserError(says.transfer_cancelled(picking.name))
        if picking.state == "draft":
            raise UserError(says.transfer_draft(picking.name))

    @api.model
    def _open(self, walk, picking):
        """Begin to count a transfer (SCN-1)."""
        self._check_open(picking)
        if not picking.filtered_domain(self._get_kind_domain()):
            raise UserError(self._says().other_flow(picking.name, picking.picking_type_id.name, self._flow_label()))
        if picking.state == "confirmed" and picking.picking_type_id.code != "incoming":
            picking.action_assign()
        walk.memory = {"picking": picking.id, "title": picking.name,
                       "subtitle": self._get_subtitle(picking),
                       "inside": self._get_whole(picking, "location_id").usage in ("internal", "transit")}
        walk.past = []
        walk.go("count")
        self._load_lines(walk, picking)
        return self._message("success", self._says().opened(picking.name, walk.memory["total"]))

    # the list of a transfer

    @api.model
    def _load_lines(self, walk, picking):
        """Remember what is shown of a transfer, so that a scan need not read it again."""
        Move = self.env["stock.move"]
        domain = Domain(self._move_field, "=", picking.id) & Domain("state", "not in", ("done", "cancel"))
        done = self._get_counted(picking)
        full = Move.browse(done).filtered(lambda move: done[move.id] >= move.product_qty).ids
        moves = Move.search(domain & Domain("id", "not in", full), limit=MOST_LINES, order="sequence, id")
        if len(moves) < MOST_LINES and full:
            moves |= Move.search(domain & Domain("id", "in", full), limit=MOST_LINES - len(moves))
        total = Move.search_count(domain) if len(moves) == MOST_LINES else len(moves)
        current = Move.browse(walk.memory.get("current")).exists() - moves
        moves |= current
        walk.memory["total"] = total
        walk.memory["hidden"] = total - len(moves)
        walk.memory["shown"] = [self._describe_move(move) for move in moves]

    @api.model
    def _describe_move(self, move):
        """What is shown of a line of the transfer, except what was counted."""
        lines, product = move.move_line_ids, move.product_id
        places = lines[self._get_place_field()] or move[self._get_place_field()]
        inside = move.location_id.usage in ("internal", "transit")
        note = move.description_picking or ""
        return self._line(
            move.id, product.display_name, product=product.id, code=product.barcode or product.default_code or "",
            unit=product.uom_id.name, demand=move.product_qty,
            note="" if note in (product.name, product.display_name) else note,
            place=", ".join(places[:2].mapped("display_name")),
            lot=", ".join(lines.lot_id[:3].mapped("name")),
            status="hold" if inside and product.is_storable and not move.quantity else "open")

    @api.model
    def _get_title(self, walk, product):
        """What the product is called on the list, which need not be read again."""
        titles = {line["product"]: line["title"] for line in walk.memory["shown"]}
        return titles.get(product.id) or product.display_name

    @api.model
    def _get_counted(self, picking, moves=None):
        """What was scanned of each line and is not booked: ``{id of the move: quantity}``; one query."""
        domain = self._get_tally_domain(picking)
        if moves is not None:
            domain += [("move_id", "in", moves)]
        return {move.id: quantity for move, quantity in self.env["scan.tally"]._read_group(
            domain, ["move_id"], ["quantity:sum"])}

    @api.model
    def _show_count(self, walk):
        memory = walk.memory
        picking = self.env[self._document].browse(memory["picking"])
        if memory.get("current") and memory["current"] not in {line["id"] for line in memory["shown"]}:
            self._load_lines(walk, picking)
        done = self._get_counted(picking, [line["id"] for line in memory["shown"]])
        lines = [self._fill_line(line, done.get(line["id"], 0.0), memory.get("current")) for line in memory["shown"]]
        lines.sort(key=lambda line: (not line["current"], line["status"] in ("done", "over")))
        missing = any(line["status"] not in ("done", "over") for line in lines) or memory["hidden"]
        return {
            "title": memory["title"], "subtitle": memory["subtitle"], "expect": self._get_expected(walk),
            "offline": True, "lines": lines[:MOST_LINES],
            "hidden": memory["hidden"] + max(len(lines) - MOST_LINES, 0), "buttons": self._get_buttons(walk, missing)}

    @api.model
    def _fill_line(self, line, done, current):
        status = line["status"]
        if done > line["demand"]:
            status = "over"
        elif done and done >= line["demand"]:
            status = "done"
        return {**line, "done": done, "status": status, "current": line["id"] == current}

    @api.model
    def _get_expected(self, walk):
        """What to scan next, in words."""
        if walk.memory.get("place_name"):
            return self.env._("In %(place)s: scan goods", place=walk.memory["place_name"])
        return self.env._("Scan goods or a location")

    @api.model
    def _get_buttons(self, walk, missing):
        return [
            self._button("finish", self.env._("Finish"), "secondary" if missing else "primary"),
            self._button("other", self.env._("Other Transfer"))]

    @api.model
    def _on_press(self, walk, event):
        """Buttons that mean the same in each state: another transfer, back to counting."""
        if event.get("value") == "other":
            walk.memory, walk.past = {}, []
            walk.go("choose")
            return None
        if event.get("value") == "back" and walk.memory.get("picking"):
            walk.forget("ask")
            walk.go("count")
            return None
        raise UserError(self._says().nothing_here())
