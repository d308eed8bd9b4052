from odoo import api, models

#: Places, goods or transfers that are named; the rest is only counted.
MOST = 12


class ScanFlowLookUp(models.AbstractModel):
    """What is this code: product, lot, where, whose. Nothing is ever booked here (SCN-1).

    States: ``show``.
    """

    _name = "scan.flow.look_up"
    _inherit = "scan.flow"
    _description = "Scanning: Look Up"

    _flow_icon = "fa-search"
    _flow_sequence = 90
    _flow_groups = ("stock.group_stock_user",)
    _flow_start = "show"

    @api.model
    def _flow_label(self):
        return self.env._("Look Up")

    @api.model
    def _on_scan(self, walk, event):
        reading, found = self._resolve(event)
        records = next((records for records in found.values() if records), None)
        if records is None:
            self._refuse_unknown(reading)
        walk.memory["title"] = records[:1].display_name
        walk.memory["facts"] = self._get_facts(found)
        walk.memory["buttons"] = self._get_ways(found)
        message = self._says().doubtful(", ".join(reading.doubts)) if reading.doubts else records[:1].display_name
        return self._message("warning" if reading.doubts else "success", message)

    @api.model
    def _show_show(self, walk):
        return {
            "title": walk.memory.get("title") or self._flow_label(), "facts": walk.memory.get("facts") or [],
            "buttons": walk.memory.get("buttons") or [], "expect": self.env._("Scan any code")}

    @api.model
    def _get_facts(self, found):
        """Rows of label and value about what was found; addons above add theirs."""
        products = found.product | found.packaging.product_id or found.reference
        facts = []
        for lot in found.lot[:MOST]:
            if not products or lot.product_id in products:
                facts += self._tell_lot(lot)
        if not facts:
            for product in products[:MOST]:
                facts += self._tell_product(product, found)
        for location in found.location[:1]:
            facts += self._tell_stock(location.display_name, [("location_id", "child_of", location.id)], "product_id")
        for package in found.package[:1]:
            facts += self._tell_stock(package.display_name, [("id", "in", package.contained_quant_ids.ids)],
                "product_id")
        for picking in (found.picking | found.origin)[:MOST]:
            facts += self._tell_transfer(picking)
        for operation in found.operation[:1]:
            facts += [self._fact(self.env._("Operation Type"), operation.display_name),
                      self._fact(self.env._("Ready"), str(operation.count_picking_ready))]
        return facts

    @api.model
    def _tell_product(self, product, found):
        facts = [self._fact(self.env._("Product"), product.display_name)]
        if product.barcode:
            facts.append(self._fact(self.env._("Barcode"), product.barcode))
        for packaging in found.packaging.filtered(lambda one: one.product_id == product):
            facts.append(self._fact(self.env._("Packaging"), packaging.uom_id.display_name))
        label = self.env._("In Stock")
        return facts + self._tell_stock(label, [("product_id", "=", product.id)], "location_id")

    @api.model
    def _tell_lot(self, lot):
        facts = [self._fact(self.env._("Lot/Serial Number"), lot.name),
                 self._fact(self.env._("Product"), lot.product_id.display_name)]
        label = self.env._("In Stock")
        places = self._tell_stock(label, [("lot_id", "=", lot.id)], "location_id")
        gone = self.env["stock.move.line"].search(
            [("lot_id", "=", lot.id), ("state", "=", "done"), ("picking_id", "!=", False)],
            order="date desc, id desc", limit=1)
        if gone:
            last = f"{gone.picking_id.name} → {gone.location_dest_id.display_name}"
            facts.append(self._fact(self.env._("Last Moved"), last))
            if gone.picking_id.partner_id:
                facts.append(self._fact(self.env._("Whose"), gone.picking_id.partner_id.display_name))
        return facts + places

    @api.model
    def _tell_stock(self, label, domain, by):
        """What is on hand, by place or by product; what is promised to somebody is named, too."""
        rows = self.env["stock.quant"]._read_group(
            [*domain, ("location_id.usage", "in", ("internal", "transit"))], [by, "product_uom_id", "owner_id"],
            ["quantity:sum", "reserved_quantity:sum"], limit=MOST + 1)
        rows = [row for row in rows if row[3]]
        if not rows:
            return [self._fact(label, self.env._("None"))]
        facts = []
        for record, unit, owner, quantity, reserved in rows[:MOST]:
            value = f"{quantity:g} {unit.name}"
            if reserved:
                value += self.env._(" (%(quantity)s reserved)", quantity=f"{reserved:g}")
            if owner:
                value += self.env._(" of %(owner)s", owner=owner.display_name)
            facts.append(self._fact(record.display_name, value))
        if len(rows) > MOST:
            facts.append(self._fact("…", ""))
        return facts

    @api.model
    def _tell_transfer(self, picking):
        return [
            self._fact(self.env._("Transfer"), f"{picking.name} · {picking._get_selection_label('state')}"),
            self._fact(self.env._("Partner"), picking.partner_id.display_name or "–"),
            self._fact(self.env._("From"), picking.location_id.display_name),
            self._fact(self.env._("To"), picking.location_dest_id.display_name)]

    @api.model
    def _get_ways(self, found):
        """Buttons to the jobs that can be done with what was found."""
        buttons = []
        names = self._get_flow_names()
        for picking in (found.picking | found.origin)[:3]:
            for name, model in names.items():
                flow = self.env[model]
                if hasattr(flow, "_get_kind_domain") and flow._is_allowed() and picking.filtered_domain(
                        flow._get_job_domain()):
                    buttons.append(self._button(
                        f"go_{name}_{picking.id}", f"{flow._flow_label()}: {picking.name}", "primary",
                        go={"flow": name, "start": {"model": "stock.picking", "id": picking.id}}))
        return buttons

    @api.model
    def _fact(self, label, value):
        return {"label": label, "value": value}
