"""A random walk over the documents of quality: what people may do with goods, in any order, by anybody's mistake too.

``Walk(env, seed).run(steps)`` does one thing after the other, each with the rights of who does it, and looks after each
whether documents and stock still say the same (``quality_balance``). What the suite refuses (``UserError``) is no
fault; it is counted, and nothing of it may stay. The same seed gives the same walk.
"""
import random
from collections import Counter

from odoo.exceptions import UserError
from odoo.fields import Command

import quality_company as company
from quality_balance import imbalances

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True, "mail_create_nosubscribe": True}
WEIGHTS = {"do_receive": 1.5, "do_conclude": 3, "do_decide": 3, "do_gate_out": 3, "do_gate_in": 2, "do_enter": 0.7,
           "do_correct_receipt": 0.5, "do_add_to_receipt": 0.3, "do_request_by_hand": 0.2, "do_ship": 0.5,
           "do_count": 0.5}
KINDS = ("scrap", "return", "repair", "sort", "rework", "concession")


class Lost(AssertionError):
    """The walk found something that does not add up; the message has all that is needed to walk there again."""


class Walk:

    def __init__(self, env, seed):
        self.random, self.seed = random.Random(seed), seed
        self.env = env(context={**env.context, **QUIET})
        self.did, self.refused, self.log = Counter(), Counter(), []
        company.hire(self.env, "storekeeper", "inspector", "head", "head2", "guard")
        for role in ("head", "head2"):
            company.act(self.env, role).user.sudo().group_ids += self.env.ref("stock.group_stock_manager")
        self.warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.hold, self.stock = self.warehouse.wh_qc_stock_loc_id, self.warehouse.lot_stock_id
        self.suppliers = self.env.ref("stock.stock_location_suppliers")
        self.customers = self.env.ref("stock.stock_location_customers")
        self.supplier = self.env["res.partner"].create({"name": "Copper Works"})
        self.number = 0
        self.products = self.make_products()

    def make_products(self):
        """Goods of each tracking, inspected whole and by a drawn sample."""
        products = self.env["product.product"]
        for tracking in ("none", "lot", "serial"):
            for method, sampling in (("whole", {"method": "whole"}),
                                     ("sample", {"method": "fixed", "fixed_size": 3, "acceptance": 1})):
                product = company.component(self.env, f"{tracking} {method}", tracking=tracking)
                company.plan(self.env, product, sampling)
                products |= product
        return products

    # ---- walking

    def run(self, steps):
        """Do, or try, so many things; :raise Lost: something does not add up"""
        names = sorted(name for name in dir(self) if name.startswith("do_"))
        weights = [WEIGHTS.get(name, 1) for name in names]
        while self.number < steps:
            self.step(self.random.choices(names, weights)[0])
        return self

    def step(self, name):
        try:
            with self.env.cr.savepoint():
                self.said = None
                if getattr(self, name)() is False:  # there is nothing to do it with
                    return
                self.env.flush_all()
            self.did[name] += 1
        except UserError as refusal:
            self.refused[name, type(refusal).__name__] += 1
            self.said = f"{self.said} REFUSED {refusal.args[0][:160]}"
        except Exception as error:
            raise Lost(self.describe(f"{name}: {error!r}")) from error
        self.number += 1
        self.log.append(f"{self.number} {name[3:]}: {self.said}")
        if problems := imbalances(self.env, self.products):
            raise Lost(self.describe("\n".join(problems)))

    def describe(self, problem):
        return f"seed {self.seed}, step {self.number}\n{problem}\n---- the way there\n" + "\n".join(self.log[-25:])

    def act(self, role):
        env = company.act(self.env, role)
        return env(context=self.env.context)

    def any(self, records):
        return records[self.random.randrange(len(records))] if records else None

    def some(self, records, least=1):
        picked = self.random.sample(records.ids, self.random.randint(least, len(records)))
        return records.browse(picked).sorted("id")

    def part(self, quantity):
        """All of it, or a whole part."""
        return float(self.random.choice((quantity, self.random.randint(1, max(int(quantity), 1)))))

    def inspections(self, *states):
        return self.env["quality.inspection"].search([
            ("product_id", "in", self.products.ids), ("state", "in", states)], order="id")

    def reports(self, *states):
        return self.env["quality.nonconformity"].search([
            ("product_id", "in", self.products.ids), ("state", "in", states)], order="id")

    def rows(self, *kinds):
        return self.env["quality.disposition"].search([
            ("product_id", "in", self.products.ids), ("kind", "in", kinds),
            ("state", "in", ("decided", "in_progress"))], order="id")

    def lots_for(self, product, quantity):
        """New lots, now and then a known one."""
        Lot = self.env["stock.lot"]
        known = Lot.search([("product_id", "=", product.id)], order="id")
        if product.tracking == "lot" and known and self.random.random() < 0.4:
            return self.any(known)
        count = {"none": 0, "lot": 1, "serial": int(quantity)}[product.tracking]
        return Lot.create([{"name": f"{product.tracking[0]}{self.number}-{number}", "product_id": product.id}
                           for number in range(count)])

    def move(self, env, product, source, target, shares, **vals):
        """A transfer's move of lots and quantities, done."""
        return env["stock.move"].create({
            "product_id": product.id, "product_uom": product.uom_id.id, "location_id": source.id,
            "product_uom_qty": sum(quantity for _lot, quantity in shares), "location_dest_id": target.id,
            "picked": True, "move_line_ids": [Command.create({
                "product_id": product.id, "product_uom_id": product.uom_id.id, "quantity": quantity, "picked": True,
                "lot_id": lot.id, "location_id": source.id, "location_dest_id": target.id,
                "picking_id": vals.get("picking_id")}) for lot, quantity in shares], **vals})

    def shares(self, lots, quantity):
        serial = lots and lots.product_id.tracking == "serial"
        return [(lot, 1.0) for lot in lots] if serial else [(lots, quantity)]

    # ---- the supplier's goods and their inspection

    def do_receive(self):
        product = self.any(self.products)
        quantity = float(self.random.randint(2, 5) if product.tracking == "serial" else self.random.randint(4, 40))
        lots = self.lots_for(product, quantity)
        self.said = f"{quantity:g} {product.name} {lots.mapped('name')}"
        env = self.act("storekeeper")
        picking = env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id, "partner_id": self.supplier.id,
            "location_id": self.suppliers.id, "location_dest_id": self.stock.id})
        move = self.move(env, product, self.suppliers, self.stock, self.shares(lots, quantity), picking_id=picking.id)
        move._action_confirm(merge=False)
        picking._action_done()

    def do_enter(self):
        """Start, and enter results without concluding."""
        if not (inspection := self.any(self.inspections("pending", "in_progress"))):
            return False
        self.said = inspection.name
        mine = inspection.with_env(self.act("inspector"))
        mine.action_start()
        self.fill(mine)
        return mine

    def fill(self, mine):
        data = mine.get_entry_data()
        entries = [self.entry(mine, line) for line in data["lines"]]
        mine.save_results({"revision": data["revision"], "lines": entries, "samples": []})
        self.said += f", bad {[entry['bad'] for entry in entries]}"

    def entry(self, mine, line):
        size = line["sample_size"]
        bad = self.random.choice((0, 0, 1, self.random.randint(0, size)))
        if not line["per_unit"]:
            return {"id": line["id"], "defect_count": bad, "bad": bad}
        units = self.random.sample(range(1, size + 1), bad)
        lots = self.random.sample(mine.lot_ids.ids, min(size, len(mine.lot_ids)))
        whole = mine._is_whole()
        return {"id": line["id"], "bad": units, "measurements": [
            {"unit_no": unit, "ok": unit not in units, **({} if whole or unit > len(lots) else {
                "lot_id": lots[unit - 1]})} for unit in range(1, size + 1)]}

    def do_conclude(self):
        if not (mine := self.do_enter()):
            return False
        preview = mine.get_entry_data()["preview"]
        accepted = self.random.choice((None, None, preview["lowest"], preview["highest"]))
        self.said += f", accepted {accepted}"
        return mine.action_conclude(accepted=accepted)

    def do_conclude_as_entered(self):
        if not (inspection := self.any(self.inspections("in_progress"))):
            return False
        self.said = inspection.name
        return inspection.with_env(self.act("inspector")).action_conclude()

    def do_split(self):
        if not (inspection := self.any(self.inspections("pending").filtered(lambda one: one.quantity > 1))):
            return False
        lots = self.some(inspection.lot_ids) if inspection.lot_ids else inspection.lot_ids
        quantity = len(lots) or self.part(inspection.quantity)
        self.said = f"{inspection.name}: {quantity:g} {lots.mapped('name')}"
        return inspection.with_env(self.act("inspector")).action_split(quantity, lots.ids)

    def do_merge(self):
        waiting = self.inspections("pending")
        if not (inspection := self.any(waiting.filtered("split_from_id"))):
            return False
        same = waiting.filtered(lambda one: one.move_id == inspection.move_id)
        self.said = same.mapped("name")
        return same.with_env(self.act("inspector")).action_merge()

    def do_cancel_inspection(self):
        """The goods are free then, and go to the stock as anybody may bring them."""
        if self.random.random() < 0.5 or not (inspection := self.any(self.inspections("pending", "in_progress"))):
            return False
        self.said = inspection.name
        lots, quantity = inspection.held_lot_ids, inspection.quantity_held
        inspection.with_env(self.act("head")).action_cancel()
        move = self.move(self.env, inspection.product_id, self.hold, self.stock, self.shares(lots, quantity))
        return move._action_done()

    def do_give_back(self):
        """The storekeeper returns goods of a receipt before their verdict."""
        if not (inspection := self.any(self.inspections("pending", "in_progress").filtered("move_id"))):
            return False
        serial = inspection.tracking == "serial"
        lots = self.some(inspection.lot_ids) if serial and inspection.lot_ids else inspection.lot_id
        quantity = len(lots) if serial else self.part(inspection.quantity)
        self.said = f"{inspection.name}: {quantity:g} {lots.mapped('name')}"
        move = self.move(self.act("storekeeper"), inspection.product_id, self.hold, self.suppliers,
                         self.shares(lots, quantity), origin_returned_move_id=inspection.move_id.id)
        return move._action_done()

    def do_correct_receipt(self):
        lines = self.inspections("pending", "in_progress", "done").move_id.move_line_ids.sorted("id")
        if not (line := self.any(lines)):
            return False
        quantity = max(line.quantity + self.random.choice((-2, -1, 1, 3)), 0)
        self.said = f"{line.product_id.name} {line.lot_id.name}: {line.quantity:g} to {quantity:g}"
        line.with_env(self.act("storekeeper")).quantity = quantity

    def do_add_to_receipt(self):
        """One more unit is added to a done receipt: of its lot, or another serial number."""
        if not (move := self.any(self.inspections("pending", "in_progress", "done", "cancelled").move_id.sorted("id"))):
            return False
        line = move.move_line_ids[:1]
        lot = self.lots_for(move.product_id, 1) if move.product_id.tracking == "serial" else line.lot_id
        self.said = f"{move.product_id.name} {lot.name}"
        move.with_env(self.act("storekeeper")).move_line_ids = [Command.create({
            "product_id": move.product_id.id, "product_uom_id": move.product_uom.id, "quantity": 1.0, "lot_id": lot.id,
            "location_id": line.location_id.id, "location_dest_id": line.location_dest_id.id,
            "picking_id": move.picking_id.id})]

    def do_count(self):
        """The head of quality counts what stands in the inspection area."""
        quants = self.env["stock.quant"].search([
            ("product_id", "in", self.products.ids), ("location_id", "=", self.hold.id), ("quantity", ">", 0)],
            order="id")
        if not (quant := self.any(quants)):
            return False
        quantity = max(quant.quantity - self.random.choice((1, 1, 2)), 0)
        self.said = f"{quant.product_id.name} {quant.lot_id.name}: {quant.quantity:g} to {quantity:g}"
        counted = quant.with_env(self.act("head")).with_context(inventory_mode=True)
        counted.inventory_quantity = quantity
        return counted.action_apply_inventory()

    def do_request_by_hand(self):
        """An inspector asks for an inspection of goods that stand in the area: they have their document already."""
        quants = self.env["stock.quant"].search([
            ("product_id", "in", self.products.ids), ("location_id", "=", self.hold.id), ("quantity", ">", 0)],
            order="id")
        if not (quant := self.any(quants)):
            return False
        serial = quant.product_id.tracking == "serial"
        self.said = f"{quant.product_id.name} {quant.lot_id.name}"
        return self.act("inspector")["quality.inspection"].create({
            "product_id": quant.product_id.id, "quantity": 1.0, "location_id": self.hold.id,
            "lot_id": False if serial else quant.lot_id.id,
            "lot_ids": [Command.set(quant.lot_id.ids)] if serial else False}).action_submit()

    # ---- urgent release

    def do_release_urgently(self):
        if not (inspection := self.any(self.inspections("pending", "in_progress"))):
            return False
        serial = inspection.tracking == "serial"
        lots = self.some(inspection.lot_ids) if serial and inspection.lot_ids else inspection.lot_ids.browse()
        quantity = len(lots) if serial else self.part(inspection.quantity)
        self.said = f"{inspection.name}: {quantity:g} {lots.mapped('name')}"
        inspection.with_env(self.act("inspector")).action_request_urgent_release("hurry", quantity, lots.ids)
        release = inspection.urgent_release_ids.filtered(lambda one: one.state == "draft")
        return release.with_env(self.act("head")).action_approve()

    def do_recall(self):
        releases = self.env["quality.urgent.release"].search([
            ("product_id", "in", self.products.ids), ("state", "=", "approved")], order="id")
        if not (release := self.any(releases.filtered(lambda one: one._get_outstanding() > 0))):
            return False
        self.said = f"{release.name}: {release._get_outstanding():g}"
        return release.with_env(self.act("head")).action_recall()

    def do_ship(self):
        """Stock is used."""
        quants = self.env["stock.quant"].search([
            ("product_id", "in", self.products.ids), ("location_id", "child_of", self.stock.id), ("quantity", ">", 0)],
            order="id")
        if not (quant := self.any(quants)):
            return False
        quantity = self.part(min(quant.quantity, 10))
        self.said = f"{quantity:g} {quant.product_id.name} {quant.lot_id.name}"
        move = self.move(self.act("storekeeper"), quant.product_id, quant.location_id, self.customers,
                         [(quant.lot_id, quantity)])
        return move._action_done()

    # ---- reports and what is done with the goods

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
        return self.env["quality.gate.pass"].search([
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
