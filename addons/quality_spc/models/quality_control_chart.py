from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.quality_inspection.kernel.errors import SamplingError

from ..kernel import control_chart, run_rules

#: Most points of a chart: the newest ones, more cannot be seen.
MOST_POINTS = 200
#: Most values that are read for them.
MOST_VALUES = 20_000
#: A subgroup of this size, or smaller where inspections measured fewer units.
USUAL_SUBGROUP = 5
RULE_SETS = {
    "nelson": run_rules.NELSON, "western_electric": run_rules.WESTERN_ELECTRIC, "limits": ("1",)}


class QualityControlChart(models.AbstractModel):
    """Control charts and capability of what was inspected, read for the web client (REC-4).

    Nothing is stored; every method only reads, with the rights of the user, in a constant number of queries.
    """
    _name = "quality.control.chart"
    _description = "Control Chart"

    @api.model
    def _check_reader(self):
        """Whoever is asked about one inspection may read that one; charts are for those who read plans."""
        self.env["quality.inspection.characteristic"].check_access("read")

    @api.model
    @api.readonly
    def get_characteristics(self, product_id=None, kind="measure"):
        """Characteristics with results of concluded inspections, for the filter.

        :return: ``[{id, name, plan, count}]``, by name; ``count`` is the number of inspections with a result
        :param product_id: only those inspected on this product
        :param kind: measure (for means, ranges, capability) or check (for shares)
        """
        self._check_reader()
        domain = [("characteristic_id", "!=", False), ("kind", "=", kind)]
        domain += self._get_inspection_domain(product_id=product_id)
        counts = {
            characteristic.id: count for characteristic, count in self.env["quality.inspection.line"]._read_group(
                domain, ["characteristic_id"], ["__count"], limit=MOST_POINTS)}
        characteristics = self.env["quality.inspection.characteristic"].browse(counts)
        return [{
            "id": characteristic.id,
            "name": characteristic.name,
            "plan": characteristic.plan_id.display_name,
            "count": counts[characteristic.id],
        } for characteristic in characteristics.sorted(lambda item: (item.name or "", item.id))]

    @api.model
    @api.readonly
    def get_chart(self, characteristic_id, date_from=None, date_to=None, partner_id=None, subgroup=None,
                  product_id=None, rules="nelson"):
        """Means and ranges (or single values) of a measured characteristic, with capability and histogram.

        Concluded first inspections count, by the time of their conclusion, the newest 200 at most; re-inspections of
        what was sorted or reworked do not. Values are in the
        characteristic's unit. Subgroups are units of one inspection that were measured one after the other; a rest
        that fills no subgroup is left out and counted.

        :param characteristic_id: id of a characteristic of kind measure
        :param date_from: first day, in the user's time zone; so ``date_to``, the last day
        :param partner_id: only goods of this supplier
        :param subgroup: values of a subgroup: 1 (single values) to 25; None: 5, or what most inspections have
        :param rules: nelson (tests 1 to 8), western_electric or limits (test 1 only)
        :return: dict for the client action; ``problem`` says why there is no chart
        :raise AccessError: the user may not read inspections
        :raise UserError: unknown set of rules
        """
        characteristic = self.env["quality.inspection.characteristic"].browse(int(characteristic_id)).exists()
        if not characteristic:
            raise UserError(self.env._("This characteristic no longer exists; choose another one."))
        characteristic.check_access("read")
        domain = [("characteristic_id", "=", characteristic.id), ("kind", "=", "measure"),
                  ("uom_id", "=", characteristic.uom_id.id)]
        domain += self._get_inspection_domain(date_from, date_to, partner_id, product_id)
        groups, left_out = self._get_subgroups(self._read_values(domain), subgroup)
        result = {"characteristic": self._prepare_characteristic(characteristic), "left_out": left_out}
        try:
            return result | self._prepare_variables(characteristic, groups, self._get_rules(rules))
        except SamplingError as refusal:
            return result | {"problem": self._describe(refusal)}

    @api.model
    @api.readonly
    def get_p_chart(self, product_id=None, characteristic_id=None, date_from=None, date_to=None, partner_id=None,
                    defect_class=None, rules="nelson"):
        """Share of nonconforming units, one point for each concluded inspection.

        With a characteristic, the units that failed it; else the nonconforming units of the samples of a class. Of
        the rules, those that suppose a symmetric distribution are not checked.

        :param defect_class: critical, major or minor; without characteristic and class, major
        :return: as ``get_chart``, without capability
        """
        self._check_reader()
        domain = self._get_inspection_domain(date_from, date_to, partner_id, product_id)
        if characteristic_id:
            samples = self._read_line_shares([("characteristic_id", "=", int(characteristic_id)), *domain])
        else:
            samples = self._read_sample_shares(
                [("defect_class", "=", defect_class or "major"), ("measure", "=", "items"), *domain])
        try:
            chart = control_chart.p_chart(
                [(bad, size) for _inspection, bad, size in samples], self._get_rules(rules))
        except SamplingError as refusal:
            return {"kind": "p", "problem": self._describe(refusal)}
        return {
            "kind": "p",
            "problem": False,
            "preliminary": len(samples) < control_chart.ESTABLISHED,
            "shares": self._prepare_points(
                chart, [inspection for inspection, _bad, _size in samples],
                [self.env._("%(bad)s of %(size)s", bad=bad, size=size) for _inspection, bad, size in samples]),
            "rules": self._get_rule_texts(),
        }

    # --- reading -------------------------------------------------------------------------------------------------

    def _get_inspection_domain(self, date_from=None, date_to=None, partner_id=None, product_id=None):
        """Concluded first inspections: what was sorted or reworked no longer shows how the process runs."""
        domain = [("inspection_id.state", "=", "done"), ("inspection_id.parent_id", "=", False)]
        if partner_id:
            domain.append(("inspection_id.partner_id", "=", int(partner_id)))
        if product_id:
            domain.append(("inspection_id.product_id", "=", int(product_id)))
        if date_from:
            domain.append(("inspection_id.done_at", ">=", self._to_utc(date_from, time.min)))
        if date_to:
            domain.append(("inspection_id.done_at", "<=", self._to_utc(date_to, time.max)))
        return domain

    def _to_utc(self, day, moment):
        """Start or end of the user's day as naive UTC."""
        zone = pytz.timezone(self.env.user.tz or "UTC")
        local = zone.localize(datetime.combine(fields.Date.to_date(day), moment))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _read_values(self, domain):
        """``[(inspection, [values in the order of the units])]``, oldest conclusion first."""
        lines = self._search_newest("quality.inspection.line", "line_ids", domain)
        values = {}
        rows = self.env["quality.inspection.measurement"].search_read(
            [("line_id", "in", lines.ids), ("ok", "!=", False)], ["line_id", "value"],
            order="line_id.id desc, unit_no, id", limit=MOST_VALUES, load=False)
        for row in rows:
            values.setdefault(row["line_id"], []).append(row["value"])
        found = [(line.inspection_id, values[line.id]) for line in lines if line.id in values]
        return sorted(found, key=lambda pair: self._order_key(pair[0]))

    def _search_newest(self, model, name, domain):
        """Results of the inspections that were concluded last. Not by the order of their inspections: descending, it
        begins with the first ones, as theirs is descending itself.

        :param name: field of the inspection that holds records of the model
        """
        inspections = self.env["quality.inspection"].search(
            [(name, "any", domain)], order="done_at desc, id desc", limit=MOST_POINTS)
        return self.env[model].search([*domain, ("inspection_id", "in", inspections.ids)], order="id")

    def _order_key(self, inspection):
        return inspection.done_at or datetime.min, inspection.id

    def _get_subgroups(self, measured, subgroup):
        """``([(inspection, values)], number of values that fill no subgroup)``."""
        size = subgroup
        if not size:
            counts = sorted(len(values) for _inspection, values in measured)
            size = min(USUAL_SUBGROUP, counts[len(counts) // 2]) if counts else USUAL_SUBGROUP
        size, left_out, groups = max(1, int(size)), 0, []
        for inspection, values in measured:
            whole = len(values) - len(values) % size
            left_out += len(values) - whole
            groups += [(inspection, values[start:start + size]) for start in range(0, whole, size)]
        return groups[-MOST_POINTS:], left_out

    def _read_line_shares(self, domain):
        lines = self._search_newest("quality.inspection.line", "line_ids", domain)
        failed = dict(self.env["quality.inspection.measurement"]._read_group(
            [("line_id", "in", lines.ids), ("ok", "=", "ng")], ["line_id"], ["__count"]))
        return self._sort_shares([
            (line.inspection_id, failed.get(line, 0) if line.per_unit else line.defect_count, line.sample_size)
            for line in lines])

    def _read_sample_shares(self, domain):
        samples = self._search_newest("quality.inspection.sample", "sample_ids", domain)
        return self._sort_shares(
            [(sample.inspection_id, sample.nonconforming, sample.sample_size) for sample in samples])

    def _sort_shares(self, found):
        """A count above the sample is one of nonconformities, not of units: there is no share of it."""
        usable = [item for item in found if item[2] and 0 <= item[1] <= item[2]]
        return sorted(usable, key=lambda item: self._order_key(item[0]))

    # --- answers -------------------------------------------------------------------------------------------------

    def _prepare_characteristic(self, characteristic):
        return {
            "id": characteristic.id,
            "name": characteristic.name,
            "unit": characteristic.uom_id.name or "",
            "lower": characteristic.lower if characteristic.has_lower else False,
            "upper": characteristic.upper if characteristic.has_upper else False,
            "has_lower": characteristic.has_lower,
            "has_upper": characteristic.has_upper,
            "plan": characteristic.plan_id.display_name,
        }

    def _prepare_variables(self, characteristic, groups, rules):
        inspections = [inspection for inspection, _values in groups]
        values = [group for _inspection, group in groups]
        single = bool(values) and len(values[0]) == 1
        if single:
            values = [group[0] for group in values]
            chart = control_chart.individuals(values, rules)
        else:
            chart = control_chart.xbar_r(values, rules)
        flat = values if single else [value for group in values for value in group]
        return {
            "kind": "individuals" if single else "xbar_r",
            "problem": False,
            "size": chart.size,
            "sigma": chart.sigma,
            "preliminary": chart.preliminary,
            "means": self._prepare_points(chart.means, inspections),
            # The first single value has no moving range.
            "ranges": self._prepare_points(chart.ranges, inspections[1:] if single else inspections),
            "capability": self._prepare_capability(characteristic, values),
            "histogram": control_chart.histogram(flat),
            "rules": self._get_rule_texts(),
        }

    def _prepare_points(self, chart, inspections, details=None):
        """Points for the client; the moment is UTC text, shown in the user's time zone."""
        broken = {}
        for violation in chart.violations:
            broken.setdefault(violation.index, []).append(violation.rule)
        return {
            "center": chart.center,
            "points": [{
                "value": value,
                "lower": chart.lower[index],
                "upper": chart.upper[index],
                "rules": broken.get(index, []),
                "inspection_id": inspection.id,
                "name": inspection.display_name,
                "moment": fields.Datetime.to_string(inspection.done_at) or False,
                "partner": inspection.partner_id.display_name or "",
                "detail": details[index] if details else "",
            } for index, (value, inspection) in enumerate(zip(chart.values, inspections, strict=True))],
        }

    def _prepare_capability(self, characteristic, values):
        """Indices against the tolerance, None where it has equal or no limits."""
        lower = characteristic.lower if characteristic.has_lower else None
        upper = characteristic.upper if characteristic.has_upper else None
        try:
            return control_chart.capability(values, lower, upper)._asdict()
        except SamplingError:
            return None

    # --- words ---------------------------------------------------------------------------------------------------

    def _get_rules(self, rules):
        if rules not in RULE_SETS:
            raise UserError(self.env._(
                "\"%(rules)s\" is no set of run rules; choose one of %(known)s.", rules=rules,
                known=", ".join(RULE_SETS)))
        return RULE_SETS[rules]

    def _get_rule_texts(self):
        """Name of each run rule; the numbers are those of Nelson (1984) and GB/T 4091-2001."""
        return {
            "1": self.env._("Rule 1: a point beyond three standard deviations"),
            "2": self.env._("Rule 2: nine points in a row on one side of the centre line"),
            "3": self.env._("Rule 3: six points in a row rising or falling"),
            "4": self.env._("Rule 4: fourteen points in a row alternating up and down"),
            "5": self.env._("Rule 5: two of three points in a row beyond two standard deviations, same side"),
            "6": self.env._("Rule 6: four of five points in a row beyond one standard deviation, same side"),
            "7": self.env._("Rule 7: fifteen points in a row within one standard deviation"),
            "8": self.env._("Rule 8: eight points in a row on both sides, none within one standard deviation"),
            "WE4": self.env._("Western Electric: eight points in a row on one side of the centre line"),
        }

    def _describe(self, refusal):
        """Why there is no chart, and what to do."""
        data = refusal.data
        if refusal.code == "too_few_points":
            return self.env._(
                "There are %(count)s points; a chart needs at least %(minimum)s. Widen the period or take smaller "
                "subgroups.", count=data["count"], minimum=data["minimum"])
        if refusal.code == "invalid_parameter" and data["name"] == "subgroup":
            return self.env._(
                "A subgroup has %(low)s to %(high)s values, or one for a chart of single values; not %(value)s.",
                low=data["low"], high=data["high"], value=data["value"])
        return self.env._("The results cannot be charted: %(reason)s.", reason=refusal)
