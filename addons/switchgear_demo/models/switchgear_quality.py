import base64
from datetime import timedelta
from random import Random

from odoo import api, fields, models
from odoo.fields import Command

from ..tools.paper import paper


class SwitchgearDemo(models.AbstractModel):
    """Stories of goods that come in and are inspected.

    A purchase is called by its name in the story, ``rail`` for ``switchgear_demo.purchase_rail``; its goods by their
    product. Whoever does a step is the ``uid`` of the demo file.
    """

    _inherit = "switchgear.demo"

    @api.model
    def _release_papers(self, hours_ago, papers):
        """Put documents to inspect by into force.

        :param papers: name, kind, revision, lines of text and the plans that use it
        """
        for name, kind, revision, lines, plans in papers:
            with self._living(hours_ago):
                document = self.env["quality.inspection.document"].create({
                    "name": name,
                    "kind": kind,
                    "revision": revision,
                    "datas": base64.b64encode(paper(f"{name} {revision}", lines)),
                    "file_name": f"{name} {revision}.pdf",
                })
                document.action_release()
                for plan in plans:
                    self._get("plan", plan).document_ids += document

    @api.model
    def _buy(self, name, hours_ago, supplier, lines, days):
        """Order from a supplier.

        :param lines: product and quantity of each line
        :param days: the goods are to come in so many working days
        """
        hours_left = hours_ago - 8 * days
        due = self._get_moment(max(hours_left, 0)) + timedelta(days=max(-hours_left, 0) / 8)
        with self._living(hours_ago):
            now = fields.Datetime.now()
            order = self.env["purchase.order"]._load_records([{
                "xml_id": f"switchgear_demo.purchase_{name}",
                "noupdate": True,
                "values": {
                    "partner_id": self._get("supplier", supplier).id,
                    "company_id": self.env.company.id,
                    "user_id": self.env.uid,
                    "date_order": now,
                    "order_line": [Command.create({
                        "product_id": self._get("product", product).id,
                        "product_qty": quantity,
                        "date_planned": due,
                    }) for product, quantity in lines],
                },
            }])
            order.button_confirm()

    @api.model
    def _arrive(self, name, hours_ago, note, lots=(), counts=()):
        """Take the goods of a purchase in, against the supplier's delivery note.

        :param lots: product with its lots or serial numbers, each with a quantity
        :param counts: product with the quantity of the note, the counted one and values of the count
        """
        picking = self._get_receipt(name)
        with self._living(hours_ago):
            picking.delivery_note_ref = note
            for product, rows in dict(lots).items():
                self._put_lots(picking, self._get("product", product), rows)
            if counts:
                picking.action_fill_delivery_note()
            by_product = picking.delivery_note_line_ids.grouped("product_id")
            for product, (noted, counted, values) in dict(counts).items():
                by_product[self._get("product", product)].write(
                    {"quantity_note": noted, "quantity_counted": counted, **values})
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()

    def _put_lots(self, picking, product, rows):
        move = picking.move_ids.filtered(lambda move: move.product_id == product)
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create([{
            "picking_id": picking.id,
            "move_id": move.id,
            "product_id": product.id,
            "lot_name": lot,
            "quantity": quantity,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        } for lot, quantity in rows])

    @api.model
    def _act_inspection(self, name, product, hours_ago, method, *arguments):
        """Call a method of the inspection of a purchase's product."""
        self._call(hours_ago, self._get_inspection(name, product), method, *arguments)

    @api.model
    def _inspect(self, name, product, hours_ago, results=(), note=None, findings=None, accepted=None):
        """Inspect from the queue to the verdict: start, enter results, conclude after half an hour.

        :param results: values (measured), or the count of defects, by name of the characteristic; the rest is good
        """
        inspection = self._get_inspection(name, product)
        self._begin(inspection, hours_ago, results)
        self._call(hours_ago - 0.5, inspection, "action_conclude", accepted, note, findings)

    @api.model
    def _begin_inspection(self, name, product, hours_ago, results=()):
        """Start an inspection and save what was found so far."""
        self._begin(self._get_inspection(name, product), hours_ago, results)

    def _begin(self, inspection, hours_ago, results):
        if inspection.state == "pending":
            self._call(hours_ago, inspection, "action_start")
        data = inspection.get_entry_data()
        self._call(hours_ago, inspection, "save_results", {
            "revision": data["revision"],
            "lines": self._prepare_results(data, dict(results), Random(inspection.name)),
            "samples": [],
        })

    def _prepare_results(self, data, results, rng):
        """Results of the lines: those given, good ones for the others, none for photos and documents."""
        rows = []
        for line in data["lines"]:
            given = results.get(line["name"])
            row = {"id": line["id"]}
            if line["kind"] == "measure":
                values = given or [self._get_good_value(line, rng) for _unit in range(line["sample_size"])]
                row["measurements"] = self._prepare_units(data, [{"value": value} for value in values])
            elif line["per_unit"]:
                bad = given or 0
                row["measurements"] = self._prepare_units(data, [
                    {"ok": unit >= bad} for unit in range(line["sample_size"])])
            elif line["kind"] in ("check", "count"):
                row["defect_count"] = given or 0
            elif line["kind"] == "text":
                row["text_value"] = given or "合格"
            else:
                continue
            rows.append(row)
        return rows

    def _prepare_units(self, data, units):
        lots = [serial["id"] for serial in data.get("serials") or data["units"] or []]
        return [{"unit_no": number + 1, "lot_id": lots[number] if number < len(lots) else False, **unit}
                for number, unit in enumerate(units)]

    def _get_good_value(self, line, rng):
        """A value well within the tolerance, around the nominal one where there is one."""
        lower, upper = line["has_lower"] and line["lower"], line["has_upper"] and line["upper"]
        if line["has_lower"] and line["has_upper"]:
            middle, spread = line["target"] or (lower + upper) / 2, (upper - lower) / 10
        elif line["has_lower"]:
            middle = line["target"] or lower * 1.4
            spread = (middle - lower) / 5
        else:
            middle = line["target"] or upper * 0.8
            spread = (upper - middle) / 5
        return round(middle + max(-2, min(2, rng.gauss(0, 1))) * spread, 3)

    @api.model
    def _act_nonconformity(self, name, product, hours_ago, method, *arguments):
        """Call a method of the latest nonconformity of a purchase's product."""
        self._call(hours_ago, self._get_nonconformity(name, product), method, *arguments)

    @api.model
    def _describe(self, name, product, hours_ago, defects):
        """Take the nonconformity and say what is wrong with the goods.

        :param defects: code and quantity of each defect
        """
        nonconformity = self._get_nonconformity(name, product)
        with self._living(hours_ago):
            nonconformity.action_take()
            nonconformity.defect_line_ids = [Command.clear(), *(Command.create({
                "defect_code_id": self._get("defect", code).id,
                "defect_class": self._get("defect", code).defect_class,
                "quantity": quantity,
            }) for code, quantity in defects)]

    @api.model
    def _close(self, name, product, hours_ago):
        """Close what is carried out."""
        # sudo: as in _get_inspection
        pickings = self._get("purchase", name).sudo().picking_ids
        settled = self.env["quality.nonconformity"].search([
            ("picking_id", "in", pickings.ids), ("product_id", "=", self._get("product", product).id),
            ("state", "=", "decided")]).filtered("is_settled")
        self._call(hours_ago, settled, "action_close")

    @api.model
    def _improve(self, name, product, hours_ago, values, steps=1):
        """Start a corrective action for the nonconformity, or write on it, and take it on by so many steps."""
        nonconformity = self._get_nonconformity(name, product)
        with self._living(hours_ago):
            if not nonconformity.corrective_action_ids:
                nonconformity.action_corrective_action()
            action = nonconformity.corrective_action_ids[-1:]
            action.write(values)
            for _step in range(steps):
                action.action_next()

    @api.model
    def _improved(self, name, product, hours_ago, task, result):
        """Report an action of the corrective action as done."""
        tasks = self._get_nonconformity(name, product).corrective_action_ids.task_ids
        self._call(hours_ago, tasks.filtered(lambda row: row.name == task), "action_done", result)

    @api.model
    def _request_urgent(self, name, product, hours_ago, reason, serials):
        """Ask for the urgent release of serial numbers."""
        inspection = self._get_inspection(name, product)
        lots = inspection.lot_ids.filtered(lambda lot: lot.name in serials)
        self._call(hours_ago, inspection, "action_request_urgent_release", reason, len(lots), lots.ids)

    @api.model
    def _act_urgent(self, name, product, hours_ago, method, *arguments):
        """Call a method of the latest urgent release."""
        releases = self._get_inspection(name, product).urgent_release_ids
        self._call(hours_ago, releases[-1:], method, *arguments)

    @api.model
    def _propose(self, name, product, hours_ago, rows):
        """Propose what is done with the goods: values of each tranche."""
        nonconformity = self._get_nonconformity(name, product)
        serials = nonconformity.lot_ids if nonconformity.tracking == "serial" else nonconformity.lot_ids.browse()
        with self._living(hours_ago):
            self.env["quality.disposition"].create([{
                "nonconformity_id": nonconformity.id,
                **({"lot_ids": [Command.set(serials.ids)]} if serials else {}),
                **values,
            } for values in rows])

    @api.model
    def _opine(self, name, product, hours_ago, answer, note=""):
        """Sign for one's department in the material review."""
        nonconformity = self._get_nonconformity(name, product)
        line = nonconformity.review_line_ids.filtered("can_sign")[-1:]
        self._call(hours_ago, line, f"action_{answer}", note)

    @api.model
    def _act_disposition(self, name, product, kind, hours_ago, method, *arguments):
        """Call a method of the latest tranche of a kind."""
        self._call(hours_ago, self._get_disposition(name, product, kind), method, *arguments)

    def _get_receipt(self, name):
        # sudo: the storekeeper does not read purchase orders; he finds the receipt by its supplier
        pickings = self._get("purchase", name).sudo().picking_ids
        return pickings.filtered(lambda picking: picking.state not in ("done", "cancel")).sudo(False)[:1]

    def _get_inspection(self, name, product):
        """The latest inspection of a purchase's product."""
        # sudo: the inspector does not read purchase orders
        pickings = self._get("purchase", name).sudo().picking_ids
        return self.env["quality.inspection"].search([
            ("picking_id", "in", pickings.ids), ("product_id", "=", self._get("product", product).id),
            ("state", "!=", "cancelled")], order="id desc", limit=1)

    def _get_nonconformity(self, name, product):
        # sudo: as above
        pickings = self._get("purchase", name).sudo().picking_ids
        return self.env["quality.nonconformity"].search([
            ("picking_id", "in", pickings.ids), ("product_id", "=", self._get("product", product).id)],
            order="id desc", limit=1)

    def _get_disposition(self, name, product, kind):
        # sudo: as above
        pickings = self._get("purchase", name).sudo().picking_ids
        return self.env["quality.disposition"].search([
            ("nonconformity_id.picking_id", "in", pickings.ids), ("kind", "=", kind),
            ("product_id", "=", self._get("product", product).id)], order="id desc", limit=1)
