from odoo import fields, models


class StockLot(models.Model):
    """What the quality documents say of many lots at once: one query per document, however many lots there are."""

    _inherit = "stock.lot"

    def _get_passport_facts(self, root):
        """Facts of each of these lots; runs as superuser, see :meth:`get_passport`.

        :param root: the lot whose passport it is; of the others measured values are summed up
        :return: ``{lot id: {"node", "inspections", "nonconformities", "concessions", "urgent_releases",
            "documents"}}``
        """
        receipts = self._get_passport_receipts()
        inspections = self._group_by_lot(self.env["quality.inspection"].search(
            [("state", "!=", "cancelled"), *self._get_inspection_domain()], order="id"),
            lambda inspection: inspection.lot_id | inspection.lot_ids)
        reports = self._group_by_lot(self.env["quality.nonconformity"].search(
            [("lot_ids", "in", self.ids), ("state", "!=", "cancelled")], order="id"), lambda report: report.lot_ids)
        releases = self._group_by_lot(self.env["quality.urgent.release"].search(
            [("lot_ids", "in", self.ids), ("state", "in", ("approved", "recalled"))], order="id"),
            lambda release: release.lot_ids)
        concessions = self.env["quality.disposition"]._get_lot_concessions(self)
        facts = {}
        for lot in self:
            found = {
                "inspections": [lot._get_inspection_data(one, lot == root) for one in inspections.get(lot, ())],
                "nonconformities": [lot._get_nonconformity_data(one) for one in reports.get(lot, ())],
                "concessions": [lot._get_concession_data(one) for one in concessions.get(lot, ())],
                "urgent_releases": [lot._get_urgent_data(one) for one in releases.get(lot, ())],
                "documents": [lot._get_document_data(one) for one in lot.quality_document_ids],
            }
            facts[lot.id] = {**found, "node": lot._get_node_facts(found, receipts.get(lot.id, {}))}
        return facts

    def _group_by_lot(self, records, get_lots):
        """``{lot: records}`` for documents that may belong to many lots."""
        grouped = {}
        for record in records:
            for lot in get_lots(record):
                grouped.setdefault(lot, []).append(record)
        return grouped

    def _get_node_facts(self, found, receipt):
        """What a component shows in the tree."""
        flags = [flag for flag, name in (
            ("urgent", "urgent_releases"), ("concession", "concessions"), ("nonconformity", "nonconformities"))
            if found[name]]
        batches = [row["supplier_batch"] for row in found["inspections"] if row["supplier_batch"]]
        return {
            "flags": flags, "supplier": receipt.get("supplier", ""), "received_on": receipt.get("date", False),
            "supplier_batch": batches[0] if batches else self.ref or "", "documents": found["documents"],
            "inspections": [{key: row[key] for key in ("id", "name", "verdict", "verdict_label", "state")}
                            for row in found["inspections"]]}

    def _get_passport_receipts(self):
        """Supplier and day of the first receipt of each lot: ``{lot id: {"supplier", "date"}}``."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", self.ids), ("state", "=", "done"), ("location_id.usage", "=", "supplier")],
            order="date desc")
        return {line.lot_id.id: {"supplier": line.picking_id.partner_id.commercial_partner_id.name or "",
                                 "date": fields.Datetime.to_string(line.date)} for line in lines}

    def _prepare_owner(self):
        """To whom a document belongs, as the passport shows it."""
        return {"lot_id": self.id, "lot": self.name, "product": self.product_id.display_name}

    def _get_inspection_data(self, inspection, is_root):
        labels = {name: inspection._get_selection_labels(name)
                  for name in ("trigger", "verdict", "state")}
        return {
            **self._prepare_owner(), "id": inspection.id, "name": inspection.name,
            "trigger": inspection.trigger, "trigger_label": labels["trigger"].get(inspection.trigger, ""),
            "state": inspection.state, "state_label": labels["state"].get(inspection.state, ""),
            "verdict": inspection.verdict or False, "verdict_label": labels["verdict"].get(inspection.verdict, ""),
            "plan": inspection.plan_id.name or "", "quantity": inspection.quantity,
            "supplier_batch": inspection.supplier_batch or "", "inspector": inspection.inspector_id.name or "",
            "done_by": inspection.done_by.name or "",
            "done_at": fields.Datetime.to_string(inspection.done_at) or False,
            "documents": [f"{document.name} {document.revision or ''}".strip() for document in inspection.document_ids],
            "results": [self._get_result_data(line, is_root) for line in inspection.line_ids],
        }

    def _get_result_data(self, line, is_root):
        """One characteristic: this unit's own value where it was measured unit by unit, else a summary."""
        labels = line._get_selection_labels("result")
        inspection = line.inspection_id
        mine = line.measurement_ids.filtered(lambda value: value.lot_id == self)
        alone = len(inspection.lot_ids | inspection.lot_id) == 1 and inspection.quantity <= 1
        values = mine or (line.measurement_ids if alone or not is_root or not line.measurement_ids.lot_id
                          else line.measurement_ids.browse())
        result = line.result
        if mine:
            result = "ng" if "ng" in mine.mapped("ok") else "ok"
        return {
            "name": line.name, "kind": line.kind, "defect_class": line.defect_class,
            "limits": self._get_limits(line), "unit": line.uom_id.name or "", "method": line.method or "",
            "instrument": line.instrument_id.display_name or "", "result": result,
            "result_label": labels.get(result, ""), "value": self._get_value(line, values, own=bool(mine) or alone),
            "own": bool(mine) or alone, "text": line.text_value or ""}

    def _get_limits(self, line):
        if line.kind != "measure":
            return ""
        lower = f"{line.lower:g}" if line.has_lower else ""
        upper = f"{line.upper:g}" if line.has_upper else ""
        return f"{lower} – {upper}" if lower and upper else f"≥ {lower}" if lower else f"≤ {upper}" if upper else ""

    def _get_value(self, line, values, own):
        """The measured value of the unit, or of many units: count, smallest, mean, largest."""
        if line.kind != "measure" or not values:
            return line.text_value or ""
        numbers = values.mapped("value")
        if own or len(numbers) == 1:
            return ", ".join(f"{number:g}" for number in numbers)
        return self.env._(
            "%(count)s values: %(low)s … %(mean)s … %(high)s", count=len(numbers), low=f"{min(numbers):g}",
            mean=f"{sum(numbers) / len(numbers):.5g}", high=f"{max(numbers):g}")

    def _get_nonconformity_data(self, report):
        return {
            **self._prepare_owner(), "id": report.id, "name": report.name, "state": report.state,
            "state_label": report._get_selection_label("state"),
            "description": report.description or "", "severity": report.severity,
            "date": fields.Datetime.to_string(report.reported_at) or False}

    def _get_concession_data(self, row):
        return {
            **self._prepare_owner(), "id": row.id, "name": row.nonconformity_id.name or row.inspection_id.name or "",
            "reason": row.reason or row.note or "", "scope": row.concession_scope or "",
            "limited_to": row.limited_to or "", "valid_until": fields.Date.to_string(row.valid_until) or False,
            "decided_by": row.decided_by.name or "", "date": fields.Datetime.to_string(row.decided_on) or False}

    def _get_urgent_data(self, release):
        return {
            **self._prepare_owner(), "id": release.id, "name": release.inspection_id.name, "state": release.state,
            "state_label": release._get_selection_label("state"),
            "reason": release.reason, "requested_by": release.requested_by.name, "approved_by": release.decided_by.name,
            "date": fields.Datetime.to_string(release.decided_on) or False}

    def _get_document_data(self, document):
        return {
            **self._prepare_owner(), "id": document.id, "name": document.display_name, "kind": document.kind,
            "kind_label": document._get_selection_label("kind")}
