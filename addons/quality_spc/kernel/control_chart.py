"""Shewhart control charts and capability, in plain Python.

- ``xbar_r``: means and ranges of equal subgroups; ``individuals``: single values and their moving ranges
- ``p_chart``: share of nonconforming items in samples of unequal size
- ``capability``: Cp, Cpk (spread within subgroups), Pp, Ppk (spread of all values)
- ``histogram``: equal classes

Formulas: GB/T 4091-2001 (= ISO 8258:1991) for the charts, factors in ``control_constants``, rules in ``run_rules``.
Cp and Cpk estimate the standard deviation by mean range / d2, Pp and Ppk by the sample standard deviation of all
values, as ISO 22514 and the AIAG manual distinguish capability from performance.
"""
from math import ceil, inf, isfinite, log2, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from odoo.addons.quality_inspection.kernel.values import count_of, whole

from .control_constants import SIGMAS, factors, subgroup_size
from .errors import InvalidParameter, NoTolerance, TooFewPoints, UnevenSubgroups
from .run_rules import ASYMMETRIC, NELSON, Violation, violations

#: Customary number of subgroups before limits are more than preliminary; the charts are drawn with fewer too.
ESTABLISHED = 20
#: Most classes of a histogram.
CLASSES = 30
#: Moving ranges are those of two neighbours.
NEIGHBOURS = 2


class Chart(NamedTuple):
    """Points in time order with central line, control limits (one each per point) and broken rules."""

    values: tuple[float, ...]
    center: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    violations: tuple[Violation, ...]


class VariablesChart(NamedTuple):
    """``means`` (or single values) and ``ranges`` (or moving ranges: one less); ``sigma`` is that within subgroups."""

    size: int
    sigma: float
    means: Chart
    ranges: Chart

    @property
    def preliminary(self):
        """There are fewer subgroups than limits are customarily established with."""
        return len(self.means.values) < ESTABLISHED


class Capability(NamedTuple):
    """Indices; None where the tolerance or the spread does not give one. Standard deviations in the values' unit."""

    count: int
    mean: float
    sigma_within: float
    sigma_overall: float
    cp: float | None
    cpk: float | None
    pp: float | None
    ppk: float | None
    #: Values outside the tolerance.
    outside: int


def number(name, value):
    """A finite number.

    :raise InvalidParameter: a text, a boolean, nothing, infinite or not a number
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise InvalidParameter(name=name, value=value, low=None, high=None)
    return float(value)


def xbar_r(subgroups, rules=NELSON):
    """Chart of means and ranges.

    :param subgroups: equal subgroups of 2 .. 25 values, in time order, at least two of them
    :param rules: codes of run rules; of these the ranges are only checked for those that bear their skew
    :raise TooFewPoints: fewer than two subgroups
    :raise UnevenSubgroups: subgroups differ in size
    :raise InvalidParameter: a size outside 2 .. 25, or a value that is no number
    """
    groups = _numbers(subgroups)
    factor = factors(len(groups[0]))
    means = [fmean(group) for group in groups]
    ranges = [max(group) - min(group) for group in groups]
    center, spread = fmean(means), fmean(ranges)
    sigma = spread / factor.d2
    reach = factor.a2 * spread
    return VariablesChart(
        factor.size, sigma,
        _chart(means, center, center - reach, center + reach, reach / SIGMAS, rules),
        _chart(ranges, spread, factor.lower_range * spread, factor.upper_range * spread, factor.d3 * sigma,
               _asymmetric(rules)))


def _numbers(subgroups):
    groups = [[number("value", value) for value in group] for group in subgroups]
    if len(groups) < NEIGHBOURS:
        raise TooFewPoints(name="subgroups", count=len(groups), minimum=NEIGHBOURS)
    expected = subgroup_size(len(groups[0]))
    for position, group in enumerate(groups):
        if len(group) != expected:
            raise UnevenSubgroups(position=position, size=len(group), expected=expected)
    return groups


def individuals(values, rules=NELSON):
    """Chart of single values and moving ranges of two neighbours; the limits follow from the mean moving range.

    :raise TooFewPoints: fewer than three values
    :raise InvalidParameter: a value that is no number
    """
    points = [number("value", value) for value in values]
    if len(points) <= NEIGHBOURS:
        raise TooFewPoints(name="values", count=len(points), minimum=NEIGHBOURS + 1)
    ranges = _moving_ranges(points)
    factor, spread, center = factors(NEIGHBOURS), fmean(ranges), fmean(points)
    sigma = spread / factor.d2
    return VariablesChart(
        1, sigma,
        _chart(points, center, center - SIGMAS * sigma, center + SIGMAS * sigma, sigma, rules),
        # Neighbouring moving ranges share a value: runs among them mean nothing.
        _chart(ranges, spread, factor.lower_range * spread, factor.upper_range * spread, factor.d3 * sigma,
               [code for code in rules if code == "1"]))


def _moving_ranges(points):
    return [abs(after - before) for before, after in zip(points, points[1:], strict=False)]


def p_chart(samples, rules=ASYMMETRIC):
    """Chart of the share nonconforming, with limits that follow the size of each sample.

    The rules are checked on points standardised by their own limits.

    :param samples: pairs (nonconforming items, items inspected), in time order, at least two
    :param rules: of these only those that bear the skew of a share are checked
    :raise TooFewPoints: fewer than two samples
    :raise InvalidCount: more nonconforming than inspected, negative, or not whole
    :raise InvalidParameter: a sample without items
    """
    pairs = [_sample(bad, size) for bad, size in samples]
    if len(pairs) < NEIGHBOURS:
        raise TooFewPoints(name="samples", count=len(pairs), minimum=NEIGHBOURS)
    center = sum(bad for bad, _size in pairs) / sum(size for _bad, size in pairs)
    sigmas = [sqrt(center * (1 - center) / size) for _bad, size in pairs]
    shares = [bad / size for bad, size in pairs]
    deviations = [_deviation(share, center, sigma) for share, sigma in zip(shares, sigmas, strict=True)]
    return Chart(
        tuple(shares), center,
        tuple(max(0.0, center - SIGMAS * sigma) for sigma in sigmas),
        tuple(min(1.0, center + SIGMAS * sigma) for sigma in sigmas),
        violations(deviations, _asymmetric(rules)))


def _sample(bad, size):
    items = whole(size)
    if items is None or items < 1:
        raise InvalidParameter(name="sample_size", value=size, low=1, high=None)
    return count_of(bad, items), items


def _asymmetric(rules):
    return [code for code in rules if code in ASYMMETRIC]


def _chart(values, center, lower, upper, sigma, rules):
    deviations = [_deviation(value, center, sigma) for value in values]
    count = len(values)
    return Chart(tuple(values), center, (lower,) * count, (upper,) * count, violations(deviations, rules))


def _deviation(value, center, sigma):
    """Standard deviations from the central line; without any spread whatever leaves the line is beyond all limits."""
    if sigma > 0:
        return (value - center) / sigma
    return 0.0 if value == center else inf if value > center else -inf


def capability(subgroups, lower=None, upper=None):
    """Capability (Cp, Cpk) and performance (Pp, Ppk) against a tolerance.

    Cp and Pp need both limits. With one limit only, Cpk and Ppk are those of that side.

    :param subgroups: equal subgroups of values, or single values: then moving ranges tell the spread within
    :param lower: lower limit of the tolerance, None when there is none; so ``upper``
    :raise NoTolerance: neither limit
    :raise InvalidParameter: the limits are no numbers, or the lower one is not below the upper one
    :raise TooFewPoints: fewer than two subgroups, or three single values
    """
    low, high = _tolerance(lower, upper)
    groups = list(subgroups)
    if groups and isinstance(groups[0], (int, float)):
        chart, values = individuals(groups, ()), [float(value) for value in groups]
    else:
        chart = xbar_r(groups, ())
        values = [float(value) for group in groups for value in group]
    mean, overall = fmean(values), stdev(values)
    return Capability(
        len(values), mean, chart.sigma, overall,
        *_indices(mean, chart.sigma, low, high), *_indices(mean, overall, low, high),
        sum((low is not None and value < low) or (high is not None and value > high) for value in values))


def _tolerance(lower, upper):
    low = None if lower is None else number("lower", lower)
    high = None if upper is None else number("upper", upper)
    if low is None and high is None:
        raise NoTolerance()
    if low is not None and high is not None and low >= high:
        raise InvalidParameter(name="lower", value=lower, low=None, high=upper)
    return low, high


def _indices(mean, sigma, low, high):
    """(width index, index of the nearer side); None where there is no spread to compare with."""
    if not sigma > 0:
        return None, None
    sides = [] if low is None else [mean - low]
    sides += [] if high is None else [high - mean]
    width = (high - low) / (2 * SIGMAS * sigma) if len(sides) == 2 else None
    return width, min(sides) / (SIGMAS * sigma)


def histogram(values, classes=None):
    """Equal classes ``(from, to, count)`` over all values; a value on a border counts in the upper one.

    :param classes: how many; by default after Sturges (1926), 1 + log2 of the number of values
    :raise TooFewPoints: no value
    :raise InvalidParameter: a value that is no number, or not 1 .. 30 classes
    """
    points = [number("value", value) for value in values]
    if not points:
        raise TooFewPoints(name="values", count=0, minimum=1)
    wanted = min(CLASSES, 1 + ceil(log2(len(points)))) if classes is None else whole(classes)
    if wanted is None or not 1 <= wanted <= CLASSES:
        raise InvalidParameter(name="classes", value=classes, low=1, high=CLASSES)
    low, high = min(points), max(points)
    if low == high:
        return [(low, high, len(points))]
    width = (high - low) / wanted
    counts = [0] * wanted
    for point in points:
        counts[min(wanted - 1, int((point - low) / width))] += 1
    return [(low + place * width, low + (place + 1) * width, count) for place, count in enumerate(counts)]
