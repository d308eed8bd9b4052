import base64
from dataclasses import dataclass

from odoo import api, models

from ..tools import matrix_code, symbols

#: Labels of one job; the rest is printed from the job itself.
MOST = 60


@dataclass(frozen=True)
class Label:
    """What is printed on one label. ``code`` is what a scanner sends, ``symbol`` how it is drawn (GS1 for GS1
    DataMatrix)."""

    kind: str
    title: str
    note: str
    code: str
    symbol: str
    text: str
    picture: str

    @property
    def is_wide(self):
        """Whether bars stand below the text, not a square beside it."""
        return self.symbol not in ("GS1", "QR")


class ScanLabel(models.AbstractModel):
    """Labels that our own reader reads back: of whatever can be scanned (SCN-2)."""

    _name = "scan.label"
    _description = "Labels to Scan"

    # what stands on a label

    @api.model
    def _get_coded(self):
        """Models that have labels: ``{model: name of the field with their code}``; addons above add theirs."""
        return {
            "product.product": "barcode", "product.uom": "barcode", "stock.location": "barcode", "stock.lot": "name",
            "stock.package": "name", "stock.picking": "name", "stock.picking.type": "barcode"}

    @api.model
    def _get_texts(self, record):
        """Title and note of a record's label."""
        if record._name == "stock.lot":
            return record.name, record.product_id.display_name
        if record._name == "product.uom":
            return record.product_id.display_name, record.uom_id.display_name
        if record._name == "stock.picking":
            return record.name, " · ".join(filter(None, (record.origin, record.partner_id.display_name)))
        if record._name == "stock.location":
            return record.name, record.display_name
        if record._name == "product.product":
            return record.name, record.default_code or ""
        return record.display_name, ""

    @api.model
    def _get_elements(self, record):
        """Element string of GS1 for what has a number there, else nothing."""
        if record._name == "stock.lot":
            gtin, number = record.product_id.barcode or "", record.name
            is_serial = record.product_id.tracking == "serial"
            return symbols.get_elements(gtin, "" if is_serial else number, number if is_serial else "")
        if record._name == "product.product":
            return symbols.get_elements(record.barcode or "") if len(record.barcode or "") in (12, 14) else ""
        if record._name == "stock.package" and record.valid_sscc:
            return f"00{record.name}"
        return ""

    @api.model
    def _get_code(self, record):
        """What is scanned of a record that has no element string; empty where nothing can be."""
        code = record[self._get_coded()[record._name]]
        if not code and record._name == "product.product":
            code = record.default_code
        return code or ""

    @api.model
    def _make(self, records):
        """Labels of records, in their order; of what has no code there is a label that says so.

        :return: list of :class:`Label`
        """
        kind = self._get_kind(records._name) if records else ""
        labels = []
        for record in records:
            title, note = self._get_texts(record)
            elements = self._get_elements(record)
            code = elements or self._get_code(record)
            symbol = "GS1" if elements else symbols.choose(code) if code else ""
            text = symbols.spell_elements(elements) if elements else code
            labels.append(Label(kind, title, note, code, symbol, text, self._draw(symbol, code)))
        return labels

    @api.model
    def _get_kind(self, model):
        """What stands on top of the label: what sort of thing it is."""
        kinds = {
            "product.product": "product", "product.uom": "packaging", "stock.location": "location",
            "stock.lot": "lot", "stock.package": "package", "stock.picking": "picking",
            "stock.picking.type": "operation"}
        return self.env["scan.message"].kind_of_record(kinds[model]) if model in kinds \
            else self.env["ir.model"]._get(model).name

    @api.model
    def _draw(self, symbol, code):
        """Picture of a symbol as an address of its data."""
        if not symbol:
            return ""
        if symbol == "GS1":
            picture = matrix_code.draw(code)
        elif symbol == "QR":
            picture = matrix_code.draw_qr(code)
        else:
            picture = self.env["ir.actions.report"].barcode(symbol, code, width=900, height=150)
        return f"data:image/png;base64,{base64.b64encode(picture).decode()}"

    # sheets

    @api.model
    def _get_job_records(self, job):
        """What a person scans who does a job, in order: record sets, the job itself first; addons above add theirs.

        :param job: a transfer, or another document that a flow counts
        """
        if job._name == "stock.location":
            quants = self.env["stock.quant"].search(
                [("location_id", "=", job.id), ("quantity", ">", 0)], limit=MOST)
            return [job, *self._get_goods(quants.product_id, quants.lot_id), quants.package_id]
        if job._name != "stock.picking":
            return [job]
        lines, moves = job.move_line_ids, job.move_ids
        places = moves.location_id | lines.location_id | lines.location_dest_id | moves.location_dest_id
        places = places.filtered(lambda place: place.usage in ("internal", "transit"))
        return [job, places, *self._get_goods(moves.product_id, lines.lot_id), lines.package_id]

    @api.model
    def _get_goods(self, products, lots):
        """Products, and numbers of those that have some: a number says its product."""
        return [products - lots.product_id, lots]

    @api.model
    def _make_job(self, job):
        """All labels of a job, each once (SCN-2)."""
        labels = []
        for records in self._get_job_records(job):
            labels += self._make(records[:MOST - len(labels)])
        return list(dict.fromkeys(labels))

    @api.model
    def _get_sheet(self):
        """Labels for all jobs that wait for the user today, flow by flow: what is printed once in the morning.

        :return: list of dicts ``{title, jobs: [{title, note, labels}]}``
        """
        sheet = []
        for name in self.env["scan.flow"]._get_flow_names().values():
            flow = self.env[name]
            jobs = flow._get_today_jobs() if flow._is_allowed() else []
            if jobs:
                sheet.append({"title": flow._flow_label(), "jobs": [
                    {"title": job.display_name, "labels": self._make_job(job)} for job in jobs]})
        return sheet

    @api.model
    def action_print_sheet(self):
        """Print the labels for the jobs of today."""
        report = self.env.ref("warehouse_scan.action_report_label_sheet")
        return report.report_action(self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)])[:1])
