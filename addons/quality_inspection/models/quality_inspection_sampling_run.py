from odoo import models
from odoo.exceptions import UserError

from .. import kernel
from .sampling_words import describe_error


class QualityInspection(models.Model):
    """Samples and lines of an inspection that starts, from its plan and the sampling series (REC-4)."""
    _inherit = "quality.inspection"

    def _make_samples(self):
        """Make one sample per class and one line per characteristic."""
        self.ensure_one()
        if not self.plan_id:
            return self._make_plain_sample()
        samplings = self._get_samplings()
        states = self._get_sampling_states(samplings)
        samples = self.env["quality.inspection.sample"].create([
            self._prepare_sample_vals(sampling, states.get(sampling)) for sampling in samplings
            if sampling.method != "none" or self._is_inspected_whole()])
        by_class = {sample.defect_class: sample for sample in samples}
        self.env["quality.inspection.line"].create([
            self._prepare_line_vals(characteristic, by_class[characteristic.defect_class])
            for characteristic in self.plan_id.characteristic_ids if characteristic.defect_class in by_class])
        return samples

    def _make_plain_sample(self):
        """Without a plan: the whole lot is looked at, good and bad are counted."""
        sample = self.env["quality.inspection.sample"].create({
            "inspection_id": self.id, "defect_class": "major", "method": "whole", "whole": True,
            "lot_size": self._get_lot_size(), "sample_size": self._get_lot_size(), "acceptance": 0, "rejection": 1,
            "is_original": not self._is_resubmitted()})
        name = self.env._("Re-inspection") if self._is_resubmitted() else self.env._("Inspection")
        self.env["quality.inspection.line"].create({
            "inspection_id": self.id, "sample_id": sample.id, "name": name, "kind": "check", "defect_class": "major",
            "sample_size": sample.sample_size, "per_unit": bool(self.lot_ids)})
        return sample

    def _get_samplings(self):
        """The sampling of each class that has characteristics."""
        used = set(self.plan_id.characteristic_ids.mapped("defect_class"))
        return self.plan_id.sampling_ids.filtered(lambda sampling: sampling.defect_class in used)

    def _is_inspected_whole(self):
        """A lot that comes again is inspected whole, if its plan says so."""
        return self._is_resubmitted() and self.plan_id.reinspection_whole

    def _get_sampling_states(self, samplings):
        """``{sampling: quality.sampling.state}`` of the classes that follow the switching rules."""
        if self._is_inspected_whole():
            return {}
        keys = {
            sampling: (self.company_id.id, self.product_id.id, self.partner_id.commercial_partner_id.id or None,
                       sampling.defect_class, sampling.aql, sampling.level)
            for sampling in samplings if sampling.method == "aql" and (sampling.switching or sampling.skip_lot)}
        found = self.env["quality.sampling.state"]._find_or_create(keys.values()) if keys else {}
        return {sampling: found[key] for sampling, key in keys.items()}

    def _prepare_sample_vals(self, sampling, state):
        """Values of the sample of one class.

        :raise UserError: the kernel refuses the plan, or the series is discontinued
        """
        severity = state._get_severity() if state and sampling.switching else kernel.NORMAL
        try:
            if self._is_inspected_whole():
                plan = kernel.whole_plan(self._get_lot_size(), 0, sampling.measure)
            else:
                plan = sampling._get_sampling_plan(self._get_lot_size(), severity)
        except kernel.SamplingError as refusal:
            raise UserError(self.env._(
                "Inspection %(name)s, class %(class_name)s: %(problem)s", name=self.name,
                class_name=sampling._get_class_label(), problem=describe_error(self.env, refusal))) from refusal
        return {
            "inspection_id": self.id,
            "sequence": sampling.sequence,
            "defect_class": sampling.defect_class,
            "method": "whole" if self._is_inspected_whole() else sampling.method,
            "level": plan.level,
            "aql": plan.aql,
            "limiting_quality": plan.limiting_quality,
            "measure": plan.measure,
            "severity": severity,
            "code_letter": plan.letter,
            "lot_size": plan.lot_size,
            "sample_size": plan.sample_size,
            "acceptance": plan.acceptance,
            "rejection": plan.rejection,
            "state_id": state.id if state and sampling.switching else False,
            "is_original": not self._is_resubmitted(),
            "whole": plan.whole_lot,
        }

    def _prepare_line_vals(self, characteristic, sample):
        """Values of the line of one characteristic."""
        per_unit = characteristic.kind == "measure" or characteristic.kind == "check" and (
            self.plan_id.serial_wise or bool(self.lot_ids))
        units = characteristic.measured_units or sample.sample_size
        return {
            **characteristic._prepare_line_vals(),
            "inspection_id": self.id,
            "sample_id": sample.id,
            "per_unit": per_unit,
            "sample_size": min(units, sample.sample_size),
        }

    # ---- skip-lot

    def _draw_skip_lot(self):
        """Draw whether this lot is accepted without inspection (GB/T 2828.3).

        Every class must allow it; one that is inspected has the lot inspected. The draws are the system's, at random.
        :return: True when the lot is skipped
        """
        self.ensure_one()
        samplings = self._get_samplings().filtered(lambda sampling: sampling.method != "none")
        if self._is_resubmitted() or not samplings or not all(samplings.mapped("skip_lot")):
            return False
        states = self._get_sampling_states(samplings)
        self.env["quality.sampling.state"].union(*states.values())._lock()
        inspected = [state._draws_inspection(sampling) for sampling, state in states.items()]
        if any(inspected):
            return False
        for state in states.values():
            state._save_skip(kernel.skip_lot.skip(state._get_skip()))
        return True

    def _judge_skip_lot(self, accepted):
        """Move the skip-lot states by the result of an inspected lot."""
        samplings = self._get_samplings().filtered("skip_lot")
        if self._is_resubmitted() or not samplings or self.skipped:
            return
        for sampling, state in self._get_sampling_states(samplings).items():
            state._lock()
            skip = kernel.skip_lot.step(state._get_skip(), sampling._get_skip_rules(), accepted)
            if skip.state == kernel.skip_lot.SKIPPING and state.severity != kernel.NORMAL:
                skip = kernel.skip_lot.disqualify(skip)
            state._save_skip(skip)
