from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.document_control.tools.entered_values import check_quantity, shown

from .sampling_words import plain


class QualityInspection(models.Model):
    """The verdict: decided by the samples, in tranches that add up to the lot (REC-3, REC-5, REC-6)."""
    _inherit = "quality.inspection"

    def action_conclude(self, accepted=None, note=None, findings=None):
        """Conclude the inspection by its results; afterwards it is frozen.

        Where a sample rejects its class, the whole lot is rejected and a nonconformity report opens. Where the whole
        lot was inspected, good and bad units are separated. Nonconforming units that an accepting sample held are
        taken out, unless the inspector leaves them in.

        :param accepted: accepted quantity in the product's unit, within what the results allow; None: the results'
            own figure
        :param note: inspector's remark
        :param findings: ``{field: bool}`` or a list of fields of :meth:`_get_finding_fields` (REC-5)
        :raise AccessError: not the inspector
        :raise UserError: not in progress, results or documents missing (named), or a quantity
            that the results do not allow
        """
        self.ensure_one()
        self._check_mine()
        self._lock()
        self._check_mine()
        self._check_concludable()
        inspection = self.sudo()  # sudo: the verdict is written by this method only
        outcome = inspection._get_outcome()
        quantity = inspection._check_accepted(outcome, accepted)
        lots, bad_lots = inspection._separate_lots(quantity)
        inspection._judge_samples(outcome["rejected"])
        inspection._seal(quantity, outcome, note, inspection._check_findings(findings))
        inspection._apply_verdict(quantity, lots, bad_lots)
        inspection._notify_result()
        return True

    def _check_concludable(self):
        """:raise UserError: something is missing; says what"""
        if self.missing_documents:
            raise UserError(self.env._(
                "Inspection %(name)s waits for documents: %(note)s. Say that they are complete first.", name=self.name,
                note=self.missing_documents_note or "–"))
        missing = self._get_missing()
        if missing or not self.line_ids:
            raise UserError(self.env._(
                "Inspection %(name)s has no verdict yet, results are missing: %(missing)s", name=self.name,
                missing="; ".join(missing) or self.env._(
                    "no characteristic is inspected; look at the plan's sampling")))

    def _get_missing(self):
        """Results that are missing, ready to be shown."""
        return [text for line in self.line_ids if (text := line._describe_missing())]

    def _is_whole(self):
        """Whether every unit of the lot is inspected for every class, so that good and bad can be separated."""
        return bool(self.sample_ids) and all(sample.whole for sample in self.sample_ids)

    def _get_outcome(self):
        """What the results say.

        :return: ``rejected`` (a sample rejects the lot), ``lowest``, ``proposed`` and ``highest``: quantity that may
            be accepted, in the product's unit
        """
        self.ensure_one()
        rejecting = self.sample_ids.filtered(lambda sample: not sample.whole and sample._get_decision() == "reject")
        if rejecting:
            return {"rejected": True, "lowest": 0.0, "proposed": 0.0, "highest": 0.0}
        separated_low, separated_high = self._count_bad(self.sample_ids.filtered("whole"))
        unmeasured = self._count_unmeasured()
        drawn = self.sample_ids.filtered(lambda sample: not sample.whole)
        _low, found = self._count_bad(drawn)
        found -= self._count_bad_left(drawn)
        return {
            "rejected": False,
            "lowest": max(self.quantity - separated_high - found - unmeasured, 0.0),
            "proposed": max(self.quantity - separated_high - found, 0.0),
            "highest": max(self.quantity - separated_low, 0.0),
        }

    def _count_bad(self, samples):
        """Bad units of several classes, at least and at most: a unit may be bad in two of them.

        Units whose results were entered one by one are known and counted once.
        """
        if not samples:
            return 0, 0
        lows, highs = [], []
        units = {unit for line in self.line_ids if line.sample_id in samples for unit in line._get_bad_units()}
        for sample in samples:
            own = {unit for line in self.line_ids if line.sample_id == sample for unit in line._get_bad_units()}
            if sample.measure == "nonconformities":
                low, high = sample._count_bad_units()
            else:
                low = high = sample.nonconforming
            lows.append(max(low, len(own)))
            highs.append(max(high - len(own), 0))
        limit = max(samples.mapped("sample_size"))
        low = max(max(lows), len(units))
        return min(low, limit), min(max(len(units) + sum(highs), low), limit)

    def _count_unmeasured(self):
        """Units of a whole inspection on which a characteristic that failed was not measured.

        Its plan has fewer units measured than there are. How many of the others are bad too, the inspector says: those
        that were sorted out, for example.
        """
        return max((
            line.sample_id.sample_size - line.sample_size for line in self.line_ids
            if line.sample_id.whole and line.per_unit and line._get_bad_units()), default=0)

    def _count_bad_left(self, samples):
        """Bad serial numbers of a sample that left meanwhile: they spoke against the lot, and are no part of it."""
        bad = self.line_ids.filtered(lambda line: line.sample_id in samples).measurement_ids.filtered(
            lambda one: one.ok == "ng").lot_id
        return len(bad - self.lot_ids) if self.lot_ids else 0

    def _check_accepted(self, outcome, accepted):
        """The accepted quantity, when the results allow it."""
        if accepted is None or accepted is False:
            return self.product_uom_id.round(outcome["proposed"])
        check_quantity(self.env, self.name, accepted)
        compare = self.product_uom_id.compare
        if compare(accepted, outcome["lowest"]) < 0 or compare(accepted, outcome["highest"]) > 0:
            raise UserError(self.env._(
                "Inspection %(name)s: %(accepted)s %(uom)s cannot be accepted; the results allow %(low)s to %(high)s.",
                name=self.name, accepted=plain(accepted), uom=self.product_uom_id.name, low=plain(outcome["lowest"]),
                high=plain(outcome["highest"])))
        return self.product_uom_id.round(accepted)

    def _separate_lots(self, accepted):
        """Serial numbers that are accepted and rejected.

        :raise UserError: good and bad units are separated, and it is not known which serial numbers are bad
        """
        serials = self._get_serials()
        if not serials or self.product_id.tracking != "serial":
            lots = self.lot_id | self.lot_ids
            return lots, lots
        if not accepted:
            return serials.browse(), serials
        bad = self.line_ids.measurement_ids.filtered(lambda one: one.ok == "ng").lot_id & serials
        if len(serials) - len(bad) != accepted:
            if accepted == len(serials):
                return serials, serials.browse()
            raise UserError(self.env._(
                "Inspection %(name)s: %(count)s units are rejected, but the results name %(bad)s bad serial "
                "numbers. Scan the serial number of each bad unit.", name=self.name,
                count=plain(len(serials) - accepted), bad=len(bad)))
        return serials - bad, bad

    def _judge_samples(self, rejected):
        """Write the decision of each class and move its sampling series."""
        for sample in self.sample_ids:
            sample._judge()
        self._judge_skip_lot(not rejected and all(
            sample.decision == "accept" for sample in self.sample_ids))

    def _check_findings(self, findings):
        names = self._get_finding_fields()
        given = findings if isinstance(findings, dict) else dict.fromkeys(findings or [], True)
        if unknown := set(given) - set(names):
            raise UserError(self.env._("Unknown finding: %(names)s", names=", ".join(sorted(map(shown, unknown)))))
        if doubtful := [name for name in names if not isinstance(given.get(name), bool | None)]:
            raise UserError(self.env._("%(fields)s: found or not? Give true or false.",
                                       fields=self._describe_fields(doubtful)))
        return {name: bool(given.get(name)) or self[name] for name in names}

    def _seal(self, accepted, outcome, note, findings):
        """Write the verdict; from here on the inspection is frozen."""
        self.line_ids.attachment_ids._seal()
        self._write_transition(
            "conclude", **findings, verdict="accept" if self.product_uom_id.compare(accepted, 0.0) > 0 else "reject",
            done_at=fields.Datetime.now(), done_by=self.env.uid, conclusion_note=note or False,
            qualified_rate=self._get_qualified_rate(accepted, outcome))

    def _get_qualified_rate(self, accepted, outcome):
        """Per cent qualified: of the lot, or of the sample that rejected it (REC-5)."""
        if not outcome["rejected"]:
            return 100.0 * accepted / self.quantity if self.quantity else 0.0
        return min(100.0 * max(1.0 - sample.nonconforming / sample.sample_size, 0.0)
                   for sample in self.sample_ids if sample.sample_size)

    def _apply_verdict(self, accepted, lots, bad_lots):
        """Make the tranches: accepted goods leave the hold, the others get a nonconformity report.

        What urgent release had let out before is accepted where it is as far as it is good; bad goods that are out
        must be recalled, and the report covers what is held.
        """
        Disposition = self.env["quality.disposition"]
        compare = self.product_uom_id.compare
        before, lots_before = self._get_accepted_before(accepted, lots)
        if compare(before, 0.0) > 0:
            self.urgent_release_ids._settle(before, lots_before)
            Disposition._create_from_verdict(
                self, before, kind="accept", lots=lots_before, without_move=True)
        if compare(accepted - before, 0.0) > 0:
            Disposition._create_from_verdict(
                self, accepted - before, kind="accept", lots=lots - lots_before, without_move=False)
        self._update_quantities()
        if compare(self.quantity_open, 0.0) > 0:
            self.env["quality.nonconformity"]._create_from_inspection(
                self, self.quantity_open, lots=bad_lots - self._get_urgent_lots(), defects=self._get_defects())
            self._update_quantities()
        if compare(self.quantity_urgent, 0.0) > 0:
            self.urgent_release_ids._ask_recall()

    def _get_accepted_before(self, accepted, lots):
        """What of the accepted goods is out already by urgent release: ``(quantity, serial numbers)``.

        Serial numbers tell good and bad apart. In a lot the released units count as the good ones, never more than
        were accepted: the rest of them is bad.

        :param lots: lots or serial numbers that are accepted
        """
        if self.product_id.tracking == "serial":
            good = self._get_urgent_lots() & lots
            return float(len(good)), good
        return min(self.quantity_urgent + self.quantity_used, accepted), lots.browse()

    def _get_defects(self):
        """What was found, for the nonconformity report."""
        return [{
            "defect_class": line.defect_class,
            "name": line.name,
            "description": line._describe_defect(),
            "quantity": len(line._get_bad_units()) or line.defect_count or 1,
        } for line in self.line_ids if line.result == "ng"]

    def _accept_skipped(self):
        """Accept a lot that was not drawn."""
        self.write({"skipped": True})
        lots = self.lot_id | self.lot_ids
        self._seal(self.quantity, {"rejected": False}, self.env._("Accepted without inspection (skip-lot)."), {})
        self._apply_verdict(self.quantity, lots, lots.browse())

    def _get_verdict_preview(self):
        """What :meth:`action_conclude` would do now, for the screen."""
        if self.state == "done":
            return {"verdict": self.verdict, "accepted": self.quantity_accepted, "rejected": self.quantity_rejected,
                    "lowest": False, "highest": False, "text": self._get_selection_label("state")}
        if self.state != "in_progress" or self._get_missing():
            return {"verdict": False, "accepted": False, "rejected": False, "lowest": False, "highest": False,
                    "text": self.env._("Results are missing.")}
        outcome = self._get_outcome()
        accepted = outcome["proposed"]
        rejected = self.product_uom_id.round(self.quantity - accepted)
        words = {"accepted": plain(accepted), "rejected": plain(rejected), "uom": self.product_uom_id.name}
        if outcome["rejected"]:
            text = self.env._("The lot is rejected: %(rejected)s %(uom)s.", **words)
        elif rejected:
            text = self.env._("%(accepted)s %(uom)s are accepted, %(rejected)s rejected.", **words)
        else:
            text = self.env._("The lot is accepted: %(accepted)s %(uom)s.", **words)
        return {"verdict": "accept" if accepted else "reject", "accepted": accepted,
                "rejected": rejected, "lowest": outcome["lowest"], "highest": outcome["highest"],
                "text": text}
