"""Operating characteristic: the probability that a plan accepts lots of a given quality (clause 12.1).

Quality is what the AQL is: percent nonconforming, or nonconformities per 100 items. Models:

- ``binomial``: items from a process, lots of it endless (type B; what the standard's AQL is about);
- ``hypergeometric``: items of this very lot, so many of which are nonconforming (type A; isolated lots);
- ``poisson``: nonconformities.
"""
from math import ceil, floor

from .errors import InvalidParameter
from .plans import ITEMS
from .probability import binomial, hypergeometric, poisson
from .tables import choice
from .values import exact, probability, whole

BINOMIAL, HYPERGEOMETRIC, POISSON = MODELS = ("binomial", "hypergeometric", "poisson")
#: A curve ends where only so much is still accepted.
TAIL = 0.01
STEPS = 60


def model_of(plan, model=None):
    """The model of a plan: what is counted decides, and a lot that is inspected whole has no process behind it.

    :raise UnknownChoice: no model, or one that does not fit what is counted
    """
    fitting = (BINOMIAL, HYPERGEOMETRIC) if plan.measure == ITEMS else (POISSON,)
    if model is not None:
        return choice("model", model, fitting)
    if plan.measure == ITEMS and (plan.whole_lot or plan.kind in ("isolated", "computed")):
        return HYPERGEOMETRIC
    return fitting[0]


def nonconforming_in(lot_size, quality, rounding=ceil):
    """Whole number of nonconforming items in a lot of that percentage.

    Rounded up: the fewest with which the lot is as bad as that; ``floor``: the most with which it is as good.
    """
    return rounding(exact("quality", quality, 0, 100) * lot_size / 100)


def acceptance_probability(plan, quality, model=None):
    """Probability of acceptance (0 .. 1) of a lot, or of lots from a process, of that quality.

    :param quality: percent nonconforming (0 .. 100), or nonconformities per 100 items
    :raise InvalidParameter: the quality is out of bounds
    :raise UnknownChoice: the model does not fit what is counted
    """
    model = model_of(plan, model)
    value = exact("quality", quality, 0, None if model == POISSON else 100)
    if model == POISSON:
        return poisson(plan.acceptance, float(plan.sample_size * value / 100))
    if model == BINOMIAL:
        return binomial(plan.acceptance, plan.sample_size, float(value / 100))
    return hypergeometric(plan.acceptance, plan.lot_size, nonconforming_in(plan.lot_size, value), plan.sample_size)


def quality_accepted(plan, accepted, model=None):
    """Quality that is accepted with the probability ``accepted``: the LQ for 0.10 (consumer's risk quality, 3.1.27).

    With the hypergeometric model: the smallest percentage that a lot can have and that is accepted with at most
    that probability. None when even the worst lot is accepted more often.
    """
    target = probability("accepted", accepted)
    model = model_of(plan, model)
    if model == HYPERGEOMETRIC:
        return _lot_accepted(plan, target)
    low, high = 0.0, 100.0
    while acceptance_probability(plan, high, model) > target:
        if model == BINOMIAL:
            return None
        low, high = high, 2 * high
    for _step in range(STEPS):
        middle = (low + high) / 2
        if acceptance_probability(plan, middle, model) > target:
            low = middle
        else:
            high = middle
    return high


def _lot_accepted(plan, target):
    """Bisection over the whole numbers of nonconforming items."""
    def chance(nonconforming):
        return hypergeometric(plan.acceptance, plan.lot_size, nonconforming, plan.sample_size)

    low, high = -1, plan.lot_size
    if chance(high) > target:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if chance(middle) > target else (low, middle)
    return 100 * high / plan.lot_size


def oc_curve(plan, points=101, upto=None, model=None):
    """Points (quality, probability of acceptance) of the curve, from quality 0 on.

    :param points: how many, at least two
    :param upto: quality of the last point; by default where only 1 % of lots is still accepted
    """
    number = whole(points)
    if number is None or number < 2:
        raise InvalidParameter(name="points", value=points, low=2, high=None)
    model = model_of(plan, model)
    if upto is None:
        upto = quality_accepted(plan, TAIL, model) or 100
    last = exact("upto", upto, 0, None if model == POISSON else 100, low_allowed=False)
    qualities = [last * place / (number - 1) for place in range(number)]
    return [(float(quality), acceptance_probability(plan, quality, model)) for quality in qualities]


def risk_points(plan, consumer_risk=0.10, model=None):
    """The points that a plan is judged by.

    :return: ``acceptance_at_aql`` and ``producer_risk`` (None without AQL), ``limiting_quality`` (accepted with the
        probability ``consumer_risk``) and ``indifference_quality`` (accepted with 0.5), both as quality or None
    """
    at_aql = None
    if plan.aql is not None:
        model = model_of(plan, model)
        quality = exact("aql", plan.aql, 0, None)
        if model == HYPERGEOMETRIC:
            # A lot that is as good as the AQL: not the next whole item above it.
            at_aql = hypergeometric(plan.acceptance, plan.lot_size, floor(quality * plan.lot_size / 100),
                                    plan.sample_size)
        else:
            at_aql = acceptance_probability(plan, quality, model)
    return {
        "acceptance_at_aql": at_aql,
        "producer_risk": None if at_aql is None else 1 - at_aql,
        "limiting_quality": quality_accepted(plan, consumer_risk, model),
        "indifference_quality": quality_accepted(plan, 0.5, model),
    }


def average_outgoing_quality(plan, quality, model=None):
    """Quality behind inspection (clause 12.4) when lots that are not accepted are sorted and made good."""
    left = 1 - plan.sample_size / plan.lot_size
    return float(quality) * acceptance_probability(plan, quality, model) * left
