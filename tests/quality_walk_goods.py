"""Steps of a random walk: the supplier's goods, their inspection and their urgent release."""
from odoo.fields import Command


class GoodsSteps:
    """What people do with goods until their verdict; see ``quality_walk.Walk``."""

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
