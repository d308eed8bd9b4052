"""Sampling plans: what to inspect of a lot and when to accept it.

Kinds: ``aql`` (GB/T 2828.1, single sampling), ``whole`` (100 %), ``percentage``, ``fixed``, and those of
``isolated.py`` and ``computed.py``. A sample as large as the lot, or larger, means that the whole lot is inspected.
"""
from math import ceil
from typing import NamedTuple

from .errors import AqlOnlyForNonconformities, InvalidParameter
from .refused import refuse
from .tables import LEVELS, MASTER, NORMAL, SEVERITIES, aql_key, choice, code_letter, plans
from .values import count_of, exact, lot_size_of, whole

#: What is counted (clause 4): nonconforming items, or nonconformities, of which an item may have several.
ITEMS, NONCONFORMITIES = MEASURES = ("items", "nonconformities")
#: Up to here an AQL may be a percentage of nonconforming items (clause 5.2).
HIGHEST_PERCENT = "10"


class SamplingPlan(NamedTuple):
    """A plan for one lot. Counts are items; ``aql`` and ``limiting_quality`` are per cent, or per 100 items."""

    kind: str
    lot_size: int
    #: Items to inspect, never more than the lot has.
    sample_size: int
    #: Ac: the lot is accepted with so many nonconforming items (or nonconformities), or fewer.
    acceptance: int
    measure: str = ITEMS
    #: The sample of the plan itself, before it met the size of the lot.
    planned_size: int = 0
    severity: str | None = None
    level: str | None = None
    aql: str | None = None
    limiting_quality: str | None = None
    #: Table that the figures are from; None for a computed or agreed plan.
    table: str | None = None
    #: Code letter of table 1, and that of the plan, to which an arrow may have led.
    first_letter: str | None = None
    letter: str | None = None

    @property
    def rejection(self):
        """Re: the lot is not accepted with so many or more. Single sampling leaves no gap (clause 11.1.1)."""
        return self.acceptance + 1

    @property
    def whole_lot(self):
        """Every item of the lot is inspected."""
        return self.sample_size >= self.lot_size

    def accepts(self, count):
        """Whether the lot is accepted with ``count`` found in the sample (clause 11.1.1).

        :raise InvalidCount: so many cannot have been found
        """
        return count_of(count, self.sample_size if self.measure == ITEMS else None) <= self.acceptance


def planned(kind, lot_size, size, acceptance, measure=ITEMS, **details):
    """A plan whose sample is cut to the lot. Ac stays: so GB 2828 rules on a sample that reaches the lot."""
    return SamplingPlan(kind, lot_size, min(size, lot_size), acceptance, measure, size, **details)


def single_plan(lot_size, level="II", aql="1.0", severity=NORMAL, measure=ITEMS):
    """Single sampling plan of GB/T 2828.1-2012 (clause 10, tables 1, 2-A, 2-B, 2-C), arrows followed.

    A lot of one item is below table 1, which starts at two: it is inspected whole and accepted without fault.

    :param lot_size: items in the lot
    :param level: inspection level S-1 .. S-4, I, II or III (clause 10.1); the same whatever the severity
    :param aql: a preferred AQL, text or number: percent nonconforming, or nonconformities per 100 items
    :param severity: ``normal``, ``tightened`` or ``reduced`` (clause 9)
    :param measure: ``items`` or ``nonconformities``
    :raise InvalidLotSize: zero, negative or not whole
    :raise UnknownAql: not preferred; the next ones are named
    :raise AqlOnlyForNonconformities: above 10 for items (clause 5.2)
    :raise UnknownChoice: level, severity or measure
    """
    size = lot_size_of(lot_size)
    aql = aql_key(aql)
    choice("severity", severity, SEVERITIES)
    if choice("measure", measure, MEASURES) == ITEMS and float(aql) > float(HIGHEST_PERCENT):
        raise AqlOnlyForNonconformities(aql=aql, highest=HIGHEST_PERCENT)
    choice("level", level, LEVELS)
    if size == 1:
        return planned("aql", 1, 1, 0, measure, severity=severity, level=level, aql=aql)
    first = code_letter(size, level)
    cell = plans(severity)[first, aql]
    return SamplingPlan("aql", size, min(cell.sample_size, size), cell.acceptance, measure, cell.sample_size, severity,
                        level, aql, None, MASTER[severity], first, cell.letter)


def double_plan(*_arguments, **_options):
    """Double sampling (clause 11.1.2, tables 3-A to 3-C) is not vouched for.

    :raise PlanNotVouched: always
    """
    refuse("double")


def _agreed(kind, lot_size, size, acceptance, measure):
    """A plan by agreement. It never accepts whatever it finds: among n items Ac is at most n - 1."""
    choice("measure", measure, MEASURES)
    number = whole(acceptance)
    if number is None or number < 0:
        raise InvalidParameter(name="acceptance", value=acceptance, low=0, high=None)
    if measure == ITEMS:
        number = min(number, min(size, lot_size) - 1)
    return planned(kind, lot_size, size, number, measure)


def whole_plan(lot_size, acceptance=0, measure=ITEMS):
    """100 % inspection; by default a single nonconforming item is too many.

    :raise InvalidLotSize: zero, negative or not whole
    :raise InvalidParameter: the acceptance number is negative or not whole
    """
    size = lot_size_of(lot_size)
    return _agreed("whole", size, size, acceptance, measure)


def percentage_plan(lot_size, percent, acceptance=0, measure=ITEMS):
    """A share of the lot, rounded up, at least one item. It is no statistical plan: look at its OC curve.

    :param percent: above 0, at most 100
    :raise InvalidLotSize: zero, negative or not whole
    :raise InvalidParameter: percentage or acceptance number out of bounds
    """
    size = lot_size_of(lot_size)
    share = exact("percent", percent, 0, 100, low_allowed=False)
    return _agreed("percentage", size, ceil(size * share / 100), acceptance, measure)


def fixed_plan(lot_size, sample_size, acceptance=0, measure=ITEMS):
    """The same sample for every lot; a smaller lot is inspected whole.

    :raise InvalidLotSize: zero, negative or not whole
    :raise InvalidParameter: sample size or acceptance number out of bounds; for items Ac must be below the sample
    """
    size = lot_size_of(lot_size)
    wanted = whole(sample_size)
    if wanted is None or wanted < 1:
        raise InvalidParameter(name="sample_size", value=sample_size, low=1, high=None)
    if measure == ITEMS and (whole(acceptance) or 0) >= wanted:
        raise InvalidParameter(name="acceptance", value=acceptance, low=0, high=wanted - 1)
    return _agreed("fixed", size, wanted, acceptance, measure)
