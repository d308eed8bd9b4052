"""Whether the documents of quality and the stock say the same of the same goods.

``imbalances(env, products)`` is a plain function: it reads documents, moves and quants, and gives a sentence for
everything that does not add up, so that a test prints them. What it holds against each other:

*each inspection*: its lot = accepted + conceded + returned + scrapped + handed to sorting, rework or repair +
urgently out + used before the recall + held; what is held after the verdict = what its reports still have to settle;
serial by serial.

*each report that isolated goods*: isolated = carried out + held.

*each disposition*: what it says was carried out = what its moves carried out of the inspection area, to where they had
to go, serial by serial.

*each product, and each lot*: what came into the inspection area = what all documents say of it; what stands there =
what the documents hold, each unit once.
"""
from collections import defaultdict

DONE = ("pending", "in_progress", "done")
PARTS = ("quantity_accepted", "quantity_conceded", "quantity_returned", "quantity_scrapped", "quantity_urgent",
         "quantity_used", "quantity_open")
MOVED = ("accept", "concession", "urgent", "return", "scrap")
TASKS = ("sort", "rework", "repair")


def imbalances(env, products):
    """Sentences about what does not add up for these products; none when everything does."""
    env.flush_all()
    env.invalidate_all()
    books = Books(env(su=True), products.with_env(env(su=True)))
    return [*books.inspections_off(), *books.reports_off(), *books.dispositions_off(), *books.standing_off(),
            *books.flow_off()]


class Books:
    """Documents and stock of some products, read once."""

    def __init__(self, env, products):
        self.env, self.products = env, products
        self.hold_ids = env["stock.location"]._get_quality_hold_location_ids()
        self.inspections = env["quality.inspection"].search([
            ("product_id", "in", products.ids), ("state", "in", DONE), ("location_id", "!=", False)])
        self.reports = env["quality.nonconformity"].search([
            ("product_id", "in", products.ids), ("state", "!=", "cancelled"),
            "|", ("inspection_id", "!=", False), ("quantity_isolated", ">", 0)])
        self.isolated = self.reports.filtered(lambda report: not report.inspection_id)
        self.rows = env["quality.disposition"].search([("product_id", "in", products.ids)])
        self.lines = env["stock.move.line"].search([("product_id", "in", products.ids), ("state", "=", "done")])
        self.quants = env["stock.quant"].search([
            ("product_id", "in", products.ids), ("location_id", "in", tuple(self.hold_ids))])
        self.recalls = set(env["quality.urgent.release"].search([
            ("product_id", "in", products.ids), ("quantity_recalled", ">", 0)]).mapped("name"))

    def inspections_off(self):
        for inspection in self.inspections:
            uom, name = inspection.product_uom_id, inspection.name
            parts = {part: inspection[part] for part in (*PARTS, "quantity_reinspect")}
            if uom.compare(sum(parts.values()), inspection.quantity):
                yield f"{name}: lot of {inspection.quantity:g}, parts {parts}"
            if uom.compare(inspection.quantity_held, inspection.quantity_open):
                yield f"{name}: {inspection.quantity_open:g} undecided, {inspection.quantity_held:g} held"
            if inspection.tracking == "serial" and len(inspection.held_lot_ids) != inspection.quantity_held:
                yield f"{name}: {inspection.quantity_held:g} held, serials {inspection.held_lot_ids.mapped('name')}"
            reports = self.reports.filtered(lambda report, mine=inspection: report.inspection_id == mine)
            yield from self._verdict_off(inspection, reports)

    def _verdict_off(self, inspection, reports):
        name = inspection.name
        if inspection.state != "done":
            if reports:
                yield f"{name}: no verdict yet, but {reports.mapped('name')}"
            return
        left = sum(self._left(report) for report in reports)
        if inspection.product_uom_id.compare(left, inspection.quantity_open):
            yield f"{name}: {inspection.quantity_open:g} held, its reports have {left:g} to settle"
        if inspection.tracking == "serial":
            serials = [lot for report in reports for lot in report.lot_ids - self._gone_lots(report)]
            if sorted(lot.id for lot in serials) != sorted(inspection.held_lot_ids.ids):
                yield (f"{name}: holds {inspection.held_lot_ids.mapped('name')}, its reports have "
                       f"{[lot.name for lot in serials]}")

    def _rows(self, report):
        return self.rows.filtered(lambda row: row.nonconformity_id == report and row.state != "cancelled")

    def _left(self, report):
        return report.quantity - sum(self._rows(report).mapped("quantity_done"))

    def _gone_lots(self, report):
        """Serials that left the report: moved out of the area, or handed to a re-inspection."""
        rows = self._rows(report)
        return self._out_lines(rows).lot_id | rows.child_inspection_ids.mapped("lot_ids") | self._recounted(rows)

    def _recounted(self, rows):
        """Serials that a re-inspection had and lost since: counted out."""
        return self.lines.filtered(
            lambda line: line.move_id.is_inventory and line.lot_id in rows.lot_ids).lot_id

    def _out_lines(self, rows):
        return self.lines.filtered(
            lambda line: line.move_id.quality_disposition_id in rows and line.location_id.id in self.hold_ids
            and line.location_dest_id.id not in self.hold_ids)

    def reports_off(self):
        for report in self.isolated:
            gone = sum(self._rows(report).mapped("quantity_done"))
            if report.product_uom_id.compare(report.quantity_isolated, gone + report.quantity_held):
                yield (f"{report.name}: {report.quantity_isolated:g} isolated, {gone:g} carried out, "
                       f"{report.quantity_held:g} held")
            if report.tracking == "serial" and report.held_lot_ids != (
                    report.lot_ids - self._gone_lots(report)) and report.quantity_held:
                yield f"{report.name}: holds {report.held_lot_ids.mapped('name')}, of {report.lot_ids.mapped('name')}"

    def dispositions_off(self):
        for row in self.rows:
            lines = self._out_lines(row)
            moved = sum(lines.mapped("quantity_product_uom"))
            said = 0.0 if row.kind in TASKS or row.without_move else row.quantity_done
            if row.product_uom_id.compare(said, moved):
                yield f"{row.display_name}: {said:g} carried out, {moved:g} moved"
            places = set(lines.location_dest_id.mapped("usage"))
            if places - {"return": {"supplier"}, "scrap": {"inventory"}}.get(row.kind, {"internal"}):
                yield f"{row.display_name}: went to {places}"
            if row.tracking == "serial" and row.lot_ids and (strange := lines.lot_id - row.lot_ids):
                yield f"{row.display_name}: {strange.mapped('name')} are not its own"
            if row.state == "done" and row.product_uom_id.compare(row.quantity_done, row.quantity - row.quantity_cut):
                yield f"{row.display_name}: done, but {row.quantity_done:g} carried out"

    def standing_off(self):
        """What stands in the inspection area and at the supplier for repair, against what is held, each unit once."""
        standing, held, holders = defaultdict(float), defaultdict(float), defaultdict(list)
        for quant in self.quants:
            standing[quant.product_id] += quant.quantity
            if quant.quantity < 0:
                yield f"{quant.location_id.name}: {quant.quantity:g} of {quant.product_id.name} {quant.lot_id.name}"
        for document in [*self.inspections, *self.isolated]:
            held[document.product_id] += document.quantity_held
            for lot in document.held_lot_ids:
                holders[lot].append(document)
        for product in self.products:
            if product.uom_id.compare(standing[product], held[product]):
                yield f"{product.name}: {standing[product]:g} stand in the area, {held[product]:g} are held"
        lots = self.env["stock.lot"].union(*holders, self.quants.filtered("quantity").lot_id)
        for lot in lots:
            yield from self._lot_off(lot, holders[lot])

    def _lot_off(self, lot, documents):
        there = sum(self.quants.filtered(lambda quant: quant.lot_id == lot).mapped("quantity"))
        if lot.product_id.tracking == "serial":
            if (there, len(documents)) not in ((0, 0), (1, 1)):
                yield f"{lot.name}: {there:g} in the area, held by {[document.name for document in documents]}"
            return
        single = all(len(document.held_lot_ids) == 1 for document in documents)
        claimed = sum(document.quantity_held for document in documents)
        if single and lot.product_id.uom_id.compare(there, claimed):
            yield f"{lot.name}: {there:g} in the area, {claimed:g} held by {[one.name for one in documents]}"

    def flow_off(self):
        """What came in, by the moves, against what became of it, by the documents: per product, and per lot."""
        came, became = defaultdict(float), defaultdict(float)
        for line in self.lines:
            came[self._key(line.product_id, line.lot_id)] += self._came(line)
        for inspection in self.inspections:
            became[self._key(inspection.product_id, inspection.lot_id)] += sum(inspection[part] for part in PARTS)
        for report in self.isolated:
            rows = self._rows(report).filtered(lambda row: row.kind in MOVED)
            became[self._key(report.product_id, report.lot_ids[:1])] += report.quantity_held + sum(
                rows.mapped("quantity_done"))
        for key in came.keys() | became.keys():
            product, lot = key
            if product.uom_id.compare(came[key], became[key]):
                yield f"{product.name} {lot.name or ''}: {came[key]:g} came in, the documents say {became[key]:g}"

    def _key(self, product, lot):
        return product, lot if product.tracking == "lot" else lot.browse()

    def _came(self, line):
        """What a line brought into the area, or took out of it without a disposition of quality.

        A recall brings back what its inspection never ceased to count.
        """
        into = line.location_dest_id.id in self.hold_ids
        if into == (line.location_id.id in self.hold_ids) or line.move_id.quality_disposition_id:
            return 0.0
        if into and line.move_id.origin in self.recalls:
            return 0.0
        return line.quantity_product_uom if into else -line.quantity_product_uom
