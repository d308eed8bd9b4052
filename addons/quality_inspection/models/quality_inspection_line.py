from odoo import api, fields, models

from ..tools.export_rows import export_rows
from .quality_inspection_characteristic import CLASSES, KINDS
from .sampling_words import plain


class QualityInspectionLine(models.Model):
    """The result of one characteristic (REC-4). Written by the inspection's own actions only."""
    _name = "quality.inspection.line"
    _description = "Inspection Result"
    _inherit = ["document.control.mixin"]
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one("quality.inspection", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="inspection_id.product_id")
    sample_id = fields.Many2one("quality.inspection.sample", index="btree_not_null", ondelete="cascade")
    characteristic_id = fields.Many2one(
        "quality.inspection.characteristic", string="Of the Plan", index="btree_not_null", ondelete="set null")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Characteristic", required=True)
    kind = fields.Selection(KINDS, required=True)
    defect_class = fields.Selection(CLASSES, string="Class", required=True)
    has_lower = fields.Boolean(string="Has Lower Limit")
    has_upper = fields.Boolean(string="Has Upper Limit")
    lower = fields.Float(string="Lower Limit", digits=(16, 6))
    target = fields.Float(string="Nominal", digits=(16, 6))
    upper = fields.Float(string="Upper Limit", digits=(16, 6))
    uom_id = fields.Many2one("uom.uom", string="Unit")
    method = fields.Char()
    instrument_id = fields.Many2one("quality.instrument")
    measured_units = fields.Integer(string="Units to Measure")
    is_required = fields.Boolean(string="Required", default=True)
    operation = fields.Char()
    instruction = fields.Text()
    per_unit = fields.Boolean(string="Result per Unit")
    sample_size = fields.Integer(string="Units", help="Units on which this characteristic is inspected.")

    is_entered = fields.Boolean(string="Entered")
    defect_count = fields.Integer(string="Defects")
    text_value = fields.Char(string="Text")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos")
    measurement_ids = fields.One2many("quality.inspection.measurement", "line_id", string="Measurements")
    result = fields.Selection(
        [("ok", "OK"), ("ng", "Not OK"), ("pending", "Pending")], compute="_compute_result", store=True)

    @api.depends("kind", "per_unit", "is_entered", "defect_count", "text_value", "attachment_ids", "sample_size",
                 "measurement_ids.ok", "measurement_ids.unit_no")
    def _compute_result(self):
        for line in self:
            if line._get_bad_units() or (line.is_entered and line.defect_count and not line.per_unit):
                line.result = "ng"
            else:
                line.result = "ok" if line._is_complete() else "pending"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """A limit that there is not is an empty cell, not the number 0 (RPT-3)."""
        def is_empty(line, name):
            return not {"lower": line.has_lower, "upper": line.has_upper, "target": line.kind == "measure"}.get(
                name, True)

        def export(records):
            parent = super(QualityInspectionLine, records)  # noqa: UP008 - of records, not of self
            return parent._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

        return export_rows(self, export, fields, is_empty)

    def _is_frozen(self):
        return self.inspection_id._is_frozen()

    def _is_counted_once(self):
        """Whether a bad result is one nonconformity of the lot, not of single units."""
        return self.kind in ("text", "photo", "document")

    def _get_bad_units(self):
        """Numbers of the units with a bad result."""
        return {measurement.unit_no for measurement in self.measurement_ids if measurement.ok == "ng"}

    def _get_measured_units(self):
        return {measurement.unit_no for measurement in self.measurement_ids if measurement.ok}

    def _is_complete(self):
        """Whether everything that the characteristic asks for was entered."""
        self.ensure_one()
        if self.per_unit:
            return bool(self.sample_size) and len(self._get_measured_units()) >= self.sample_size
        if self.kind == "text":
            return bool(self.text_value)
        if self.kind == "photo":
            return bool(self.attachment_ids)
        if self.kind == "document":
            return bool(self.attachment_ids or self.text_value)
        return self.is_entered

    def _describe_missing(self):
        """What is missing of this line, to be shown; False if nothing."""
        self.ensure_one()
        if not self.is_required or self._is_complete():
            return False
        if self.per_unit:
            return self.env._("%(name)s: %(done)s of %(wanted)s units", name=self.name,
                              done=len(self._get_measured_units()), wanted=self.sample_size)
        return self.name

    def _is_within(self, value):
        """Whether a value, in the unit of the tolerance, lies within it; its borders do.

        A conversion such as 900 g = 0.9 kg must not fail by the last bit: so much is rounding.
        """
        self.ensure_one()
        slack = 1e-9 * max(abs(value), abs(self.lower), abs(self.upper))
        return (not self.has_lower or value >= self.lower - slack) and (
            not self.has_upper or value <= self.upper + slack)

    def _get_entry_data(self, instruments, units):
        """What the screen for results shows of it."""
        return {
            "id": self.id,
            "sample_id": self.sample_id.id,
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "defect_class": self.defect_class,
            "has_lower": self.has_lower,
            "has_upper": self.has_upper,
            "has_target": bool(self.target),
            "lower": self.lower if self.has_lower else False,
            "target": self.target or False,
            "upper": self.upper if self.has_upper else False,
            "uom": {"id": self.uom_id.id, "name": self.uom_id.name} if self.uom_id else False,
            "units": units,
            "digits": 6,
            "method": self.method,
            "operation": self.operation,
            "instruction": self.instruction,
            "is_required": self.is_required,
            "per_unit": self.per_unit,
            "sample_size": self.sample_size,
            "instrument": self.instrument_id._get_entry_data() if self.instrument_id else False,
            "instruments": instruments if self.kind == "measure" else [],
            "defect_count": self.defect_count if self.is_entered else False,
            "text_value": self.text_value,
            "result": self.result,
            "attachments": [{"id": photo.id, "name": photo.name} for photo in self.attachment_ids],
            "measurements": [{
                "unit_no": measurement.unit_no,
                "lot_id": measurement.lot_id.id,
                "value": measurement.entered if self.kind == "measure" else False,
                "text": measurement.text,
                "uom_id": measurement.entered_uom_id.id,
                "ok": {"ok": True, "ng": False}.get(measurement.ok),
            } for measurement in self.measurement_ids],
        }

    def _describe_defect(self):
        """What was found, in a sentence for the nonconformity report."""
        self.ensure_one()
        units = sorted(self._get_bad_units())
        if not units:
            return self.text_value or self.name
        values = {one.unit_no: one for one in self.measurement_ids}
        if self.kind != "measure":
            return self.env._("%(name)s: units %(units)s", name=self.name, units=", ".join(map(str, units)))
        shown = ", ".join(
            f"{unit}: {plain(values[unit].entered)} {values[unit].entered_uom_id.name or ''}".strip()
            for unit in units[:10])
        words = {"name": self.name, "uom": self.uom_id.name or "", "values": shown}
        if not self.has_upper:
            return self.env._("%(name)s, at least %(lower)s %(uom)s: %(values)s", lower=plain(self.lower), **words)
        if not self.has_lower:
            return self.env._("%(name)s, at most %(upper)s %(uom)s: %(values)s", upper=plain(self.upper), **words)
        return self.env._("%(name)s, tolerance %(lower)s to %(upper)s %(uom)s: %(values)s",
                          lower=plain(self.lower), upper=plain(self.upper), **words)

    def _resize(self, size):
        """Follow the size of a lot that is inspected whole.

        Results of serial numbers that left go with them. Where nobody knows on which units something was found, or
        whether the new ones have it too, the result must be entered again.

        :return: whether the result was cleared
        """
        self.ensure_one()
        grown, partial = size > self.sample_size, self.sample_size < self.sample_id.sample_size
        self.sample_size = min(self.sample_size, size) if partial else size
        if self._is_counted_once():
            return False
        if self.measurement_ids.lot_id:
            self._renumber_measurements()
        elif self.per_unit and not grown and self._get_bad_units():
            self.measurement_ids.unlink()
            return True
        elif self.per_unit:
            self.measurement_ids.filtered(lambda one: one.unit_no > self.sample_size).unlink()
        elif self.is_entered and (grown or self.defect_count):
            self.write({"is_entered": False, "defect_count": 0})
            return True
        return False

    def _renumber_measurements(self):
        """Units are numbered by the serial numbers that are left, in their order."""
        numbers = {lot: number for number, lot in enumerate(self.inspection_id._get_serials(), start=1)}
        measurements = self.measurement_ids.sorted("unit_no")
        gone = measurements.filtered(lambda one: one.lot_id not in numbers)
        measurements -= gone
        gone.unlink()
        taken = set()
        for measurement in measurements:
            number = numbers[measurement.lot_id]
            if number in taken or number > self.sample_size:
                measurement.unlink()
                continue
            taken.add(number)
            measurement.unit_no = number
            measurement.flush_recordset(["unit_no"])  # one by one: a number must be free before the next takes it
