"""Steps of a random walk: reports, and what is done with their goods."""
from odoo.fields import Command

KINDS = ("scrap", "return", "repair", "sort", "rework", "concession")


class ReportSteps:
    """What people do with nonconforming goods; see ``quality_walk.Walk``."""

    def do_isolate(self):
        """Somebody finds bad goods, on a shelf or in the inspection area, and quality isolates them."""
        quants = self.env["stock.quant"].search([
            ("product_id", "in", self.products.ids), ("location_id", "child_of", self.warehouse.view_location_id.id),
            ("quantity", ">", 0)], order="id")
        if not (quant := self.any(quants)):
            return False
        quantity = self.part(quant.quantity)
        self.said = f"{quantity:g} {quant.product_id.name} {quant.lot_id.name} in {quant.location_id.name}"
        env = self.act("inspector")
        report = env["quality.nonconformity"].create({
            "product_id": quant.product_id.id, "quantity": quantity, "location_id": quant.location_id.id,
            "lot_ids": [Command.set(quant.lot_id.ids)], "description": "Scratched", "partner_id": self.supplier.id})
        report.action_open()
        return report.action_isolate()

    def do_decide(self):
        if not (report := self.any(self.reports("open"))):
            return False
        mine = report.with_env(self.act("inspector"))
        mine.severity = "minor"
        rows = [row for row in report.disposition_ids if row.state not in ("cancelled", "draft")]
        left = report.quantity - sum(row.quantity - row.quantity_cut for row in rows)
        tranches = self.tranches(report, left)
        self.said = f"{report.name}: {[(one['kind'], one['quantity']) for one in tranches]}"
        mine.disposition_ids.filtered(lambda row: row.state == "draft").unlink()
        mine.env["quality.disposition"].create(tranches)
        other = "head2" if report.reported_by == self.act("head").user else "head"
        return mine.with_env(self.act(other)).action_decide()

    def tranches(self, report, left):
        serial = report.tracking == "serial"
        lots = list(report.lot_ids - report.disposition_ids.filtered(
            lambda row: row.state != "cancelled").lot_ids) if serial else []
        tranches = []
        while left > 0:
            quantity = self.part(left) if left >= 1 else left
            chosen = [lots.pop() for _number in range(min(int(quantity), len(lots)))] if serial else []
            kind = self.random.choice(KINDS)
            tranches.append({
                "nonconformity_id": report.id, "kind": kind, "quantity": quantity,
                "lot_ids": [Command.set([lot.id for lot in chosen])] if chosen else False,
                "settlement": "credit" if kind == "return" else False, "partner_id": self.supplier.id,
                "expected_return": "2030-01-10" if kind == "repair" else False,
                "responsible_id": self.act("inspector").uid if kind in ("sort", "rework") else False})
            left -= quantity
        return tranches

    def do_task(self):
        if not (row := self.any(self.rows("sort", "rework"))):
            return False
        self.said = row.display_name
        return row.with_env(self.act("inspector")).action_task_done(hours=1.0)

    def gates(self, state):
        return self.env["stock.gate.pass"].search([
            ("disposition_id.product_id", "in", self.products.ids), ("state", "=", state)], order="id")

    def do_gate_out(self):
        """The second head approves, the guard lets all or a part out."""
        if not (gate := self.any(self.gates("draft") | self.gates("approved"))):
            return False
        self.said = f"{gate.name} {gate.disposition_id.display_name}"
        if gate.state == "draft":
            gate.with_env(self.act("head2")).action_approve()
        quantities = {line.id: self.part(line.quantity) for line in self.some(gate.line_ids)}
        self.said += f": {list(quantities.values())}"
        return gate.with_env(self.act("guard")).action_out(self.random.choice((None, quantities)))

    def do_gate_in(self):
        if not (gate := self.any(self.gates("out").filtered("must_return"))):
            return False
        lines = gate.line_ids.filtered(lambda line: line.balance > 0)
        quantities = {line.id: self.part(line.balance) for line in self.some(lines)}
        self.said = f"{gate.name}: {list(quantities.values())}"
        return gate.with_env(self.act("guard")).action_in(self.random.choice((None, quantities)))

    def do_settle_gate(self):
        if self.random.random() < 0.5 or not (gate := self.any(self.gates("out").filtered("must_return"))):
            return False
        self.said = gate.name
        return gate.with_env(self.act("head")).action_settle("Kept by the supplier")

    def pending_pickings(self):
        return self.rows("return", "repair").move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")).picking_id.sorted("id")

    def do_store_validates(self):
        """The storekeeper validates a transfer himself, perhaps a part of it."""
        if not (picking := self.any(self.pending_pickings())):
            return False
        mine = picking.with_env(self.act("storekeeper"))
        self.said = picking.name
        for line in mine.move_line_ids:
            if self.random.random() < 0.5:
                line.quantity = self.random.randint(0, int(line.quantity))
        mine.move_line_ids.filtered("quantity").picked = True
        return mine._action_done()

    def do_cancel_transfer(self):
        if not (picking := self.any(self.pending_pickings())):
            return False
        self.said = picking.name
        return picking.with_env(self.act("storekeeper")).action_cancel()

    def do_retry(self):
        if not (row := self.any(self.rows("return", "repair", "scrap"))):
            return False
        self.said = row.display_name
        return row.with_env(self.act("head")).action_retry()

    def do_give_up(self):
        if not (row := self.any(self.rows(*KINDS))):
            return False
        self.said = row.display_name
        return row.with_env(self.act("head")).action_cancel()

    def do_close(self):
        if not (report := self.any(self.reports("decided"))):
            return False
        self.said = report.name
        return report.with_env(self.act("inspector")).action_close()
