"""Plans that are computed, not looked up: exact hypergeometric risks of one finite lot.

They are no plans of GB/T 2828.2 or of Squeglia's book, which round and group; they are the smallest (or largest)
sample that meets the risks asked for. Quality is percent nonconforming. In a lot, a quality is a whole number of
nonconforming items: the fewest with which it is as bad as the LQ, the most with which it is as good as the AQL.
"""
from math import floor

from .curve import nonconforming_in
from .errors import NoSuchPlan
from .plans import ITEMS, planned
from .probability import hypergeometric
from .refused import refuse
from .values import exact, lot_size_of, probability

#: No plan is looked for beyond this acceptance number: an AQL so near to the LQ asks for a different method.
LARGEST_ACCEPTANCE = 50
#: A risk that is met exactly, 4 of 40 for 0.10, is met: so much is rounding.
ROUNDING = 1e-12


def _risk(name, value):
    return float(probability(name, value)) + ROUNDING


def _smallest(low, high, fits):
    """Smallest number of low .. high that fits, where all above it fit too; None when none does."""
    if not fits(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return high


def _plan(lot_size, sample_size, acceptance, limiting_quality=None, aql=None):
    return planned("computed", lot_size, sample_size, acceptance, ITEMS,
                   limiting_quality=None if limiting_quality is None else str(limiting_quality),
                   aql=None if aql is None else str(aql))


def zero_acceptance_plan(lot_size, limiting_quality, beta=0.10):
    """Smallest sample without nonconforming item that accepts a lot as bad as the LQ with at most ``beta``.

    :param limiting_quality: percent nonconforming, above 0
    :param beta: consumer's risk, between 0 and 1
    """
    size = lot_size_of(lot_size)
    bad = nonconforming_in(size, exact("limiting_quality", limiting_quality, 0, 100, low_allowed=False))
    risk = _risk("beta", beta)
    sample = _smallest(1, size, lambda n: hypergeometric(0, size, bad, n) <= risk)
    return _plan(size, sample, 0, limiting_quality)


def zero_acceptance_plan_for_aql(lot_size, aql, alpha=0.05):
    """Largest sample without nonconforming item that refuses a lot as good as the AQL with at most ``alpha``.

    A lot too small to have a nonconforming item at the AQL is inspected whole.

    :param aql: percent nonconforming, above 0; it need not be a preferred one
    :param alpha: producer's risk, between 0 and 1
    :raise NoSuchPlan: even a sample of one has a greater producer's risk
    """
    size = lot_size_of(lot_size)
    good = nonconforming_in(size, exact("aql", aql, 0, 100, low_allowed=False), floor)
    risk = _risk("alpha", alpha)
    too_large = _smallest(1, size, lambda n: 1 - hypergeometric(0, size, good, n) > risk)
    if too_large == 1:
        raise NoSuchPlan(lot_size=size, aql=str(aql), alpha=float(alpha))
    return _plan(size, size if too_large is None else too_large - 1, 0, None, aql)


def limiting_quality_plan(lot_size, limiting_quality, aql, beta=0.10, alpha=0.05):
    """Smallest sample, with its acceptance number, that keeps both risks.

    :param limiting_quality: percent nonconforming that is accepted with at most ``beta``
    :param aql: percent nonconforming, below it, that is refused with at most ``alpha``
    :raise InvalidParameter: a quality or risk out of bounds, or the AQL not below the LQ
    :raise NoSuchPlan: it would have to accept more than 50 nonconforming items
    """
    size = lot_size_of(lot_size)
    limit = exact("limiting_quality", limiting_quality, 0, 100, low_allowed=False)
    level = exact("aql", aql, 0, limit, high_allowed=False)
    bad, good = nonconforming_in(size, limit), nonconforming_in(size, level, floor)
    consumer, producer = _risk("beta", beta), _risk("alpha", alpha)
    for acceptance in range(min(good, LARGEST_ACCEPTANCE) + 1):
        # The larger the sample, the less of bad and of good lots is accepted: the smallest that is safe decides.
        sample = _smallest(1, size, lambda n, c=acceptance: hypergeometric(c, size, bad, n) <= consumer)
        if sample is not None and 1 - hypergeometric(acceptance, size, good, sample) <= producer:
            return _plan(size, sample, acceptance, limiting_quality, aql)
    raise NoSuchPlan(lot_size=size, limiting_quality=str(limiting_quality), aql=str(aql), most=LARGEST_ACCEPTANCE)


def squeglia_plan(*_arguments, **_options):
    """Squeglia's c = 0 table is not vouched for; ``zero_acceptance_plan`` computes a plan by risk instead.

    :raise PlanNotVouched: always
    """
    refuse("squeglia")
