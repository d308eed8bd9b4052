from odoo import fields, models

from .. import kernel
from .quality_inspection_characteristic import CLASSES
from .quality_inspection_sampling import METHODS


class QualityInspectionSample(models.Model):
    """The sample of one class: how many units, by which plan, and what was found (REC-4).

    Written by the inspection's own actions only.
    """
    _name = "quality.inspection.sample"
    _description = "Sample of an Inspection"
    _rec_name = "inspection_id"
    _inherit = ["document.control.mixin"]
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one("quality.inspection", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    defect_class = fields.Selection(CLASSES, string="Class", required=True)
    method = fields.Selection(METHODS, required=True)
    level = fields.Char(string="Inspection Level")
    aql = fields.Char(string="AQL")
    limiting_quality = fields.Char(string="LQ")
    measure = fields.Selection(
        [("items", "Nonconforming units"), ("nonconformities", "Nonconformities")], required=True, default="items",
        string="What Is Counted")
    severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")], string="Strictness", required=True,
        default="normal")
    code_letter = fields.Char()
    lot_size = fields.Integer()
    sample_size = fields.Integer(string="n")
    acceptance = fields.Integer(string="Ac")
    rejection = fields.Integer(string="Re")
    state_id = fields.Many2one("quality.sampling.state", string="Series", index="btree_not_null",
                               ondelete="set null")
    is_original = fields.Boolean(default=True, help="A lot that was submitted again does not count for switching.")
    nonconforming = fields.Integer(string="Found", help="Nonconforming units, or nonconformities, in the sample.")
    nonconforming_typed = fields.Boolean(
        string="Counted by Inspector", help="One unit may have several defects: the inspector counted the units.")
    decision = fields.Selection(
        [("accept", "Accept"), ("reject", "Reject"), ("pending", "Pending")], required=True, default="pending")
    accepted_tighter = fields.Boolean(help="Would have been accepted with the AQL one step tighter too.")
    whole = fields.Boolean(string="Whole Lot", help="Every unit of the lot is inspected.")

    _class_uniq = models.UniqueIndex("(inspection_id, defect_class)", "A class has one sample.")

    def _is_frozen(self):
        return self.inspection_id._is_frozen()

    def _get_kernel_plan(self):
        """The plan that was made at the start, for the kernel's judgement."""
        self.ensure_one()
        kind = {"aql": "aql", "isolated": "isolated", "zero_acceptance": "computed"}.get(self.method, self.method)
        return kernel.SamplingPlan(
            kind, self.lot_size, self.sample_size, self.acceptance, self.measure, severity=self.severity,
            level=self.level or None, aql=self.aql or None, letter=self.code_letter or None)

    def _count_nonconforming(self):
        """What the lines say was found: ``(at least, at most)`` units, or nonconformities."""
        self.ensure_one()
        lines = self.inspection_id.line_ids.filtered(lambda line: line.defect_class == self.defect_class)
        units = {unit for line in lines for unit in line._get_bad_units()}
        counted = [line.defect_count for line in lines if line.is_entered and line.kind in ("check", "count")]
        if self.measure == "nonconformities":
            total = sum(counted) + sum(len(line._get_bad_units()) for line in lines)
            total += sum(1 for line in lines if line._is_counted_once() and line.result == "ng")
            return total, total
        once = 1 if any(line._is_counted_once() and line.result == "ng" for line in lines) else 0
        limit = self.sample_size
        lowest = max([len(units), once, *(1 if line_count else 0 for line_count in counted),
                      *(line.defect_count for line in lines if line.is_entered and line.kind == "check")])
        return min(lowest, limit), min(max(len(units) + sum(counted), lowest), limit)

    def _update_count(self):
        """Take over what the lines say, unless the inspector's own count is possible beside them."""
        for sample in self:
            low, high = sample._count_nonconforming()
            if sample.nonconforming_typed and low <= sample.nonconforming <= high:
                continue
            sample.write({"nonconforming": high, "nonconforming_typed": False})

    def _get_class_label(self):
        return self._get_selection_label("defect_class")

    def _get_entry_data(self):
        """What the screen for results shows of it."""
        severities = self._get_selection_labels("severity")
        return {
            "id": self.id,
            "defect_class": self.defect_class,
            "class_label": self._get_class_label(),
            "method": self._get_selection_label("method"),
            "severity": self.severity,
            "severity_label": severities[self.severity],
            "code_letter": self.code_letter,
            "sample_size": self.sample_size,
            "acceptance": self.acceptance,
            "rejection": self.rejection,
            "measure": self.measure,
            "nonconforming": self.nonconforming,
            "nonconforming_typed": self.nonconforming_typed,
            "decision": self.decision if self.inspection_id.state == "done" else self._get_decision(),
            "whole": self.whole,
        }

    def _count_bad_units(self):
        """Bad units of a class that counts nonconformities: one unit may hold all of them, or each another one."""
        return (1 if self.nonconforming else 0), min(self.nonconforming, self.sample_size)

    def _get_decision(self):
        """What the sample says now: accept, reject, or pending while results are missing."""
        self.ensure_one()
        lines = self.inspection_id.line_ids.filtered(lambda line: line.defect_class == self.defect_class)
        if any(line._describe_missing() for line in lines):
            return "pending"
        return "accept" if self._get_kernel_plan().accepts(self.nonconforming) else "reject"

    def _judge(self):
        """Write the decision and move the sampling series by it."""
        self.ensure_one()
        values = {"decision": self._get_decision()}
        if self.method == "aql" and self.state_id:
            result = kernel.switching.judge(self._get_kernel_plan(), self.nonconforming, self.is_original)
            values["accepted_tighter"] = result.accepted_tighter
            if not self.state_id._get_state().discontinued:
                self.state_id._judge(result, self.inspection_id)
        self.write(values)
