"""Distribution functions: the chance of at most ``acceptance`` events. Exact up to rounding, no approximation.

Terms are summed as logarithms, so that large samples neither overflow nor vanish.
"""
from math import comb, exp, fsum, inf, lgamma, log, log1p

#: Up to this lot size binomial coefficients are whole numbers; beyond, logarithms are faster and as good.
COUNTED = 600


def _sum(first, ratios):
    """Sum of exp(first), exp(first) * ratio, ...: never above one."""
    terms = [first]
    for ratio in ratios:
        terms.append(terms[-1] + (log(ratio) if ratio > 0 else -inf))
    top = max(terms)
    return 0.0 if top == -inf else min(1.0, exp(top) * fsum(exp(term - top) for term in terms))


def hypergeometric(acceptance, lot_size, nonconforming, sample_size):
    """Chance of at most ``acceptance`` nonconforming items in a sample without replacement from a finite lot."""
    good = lot_size - nonconforming
    least = max(0, sample_size - good)
    most = min(acceptance, nonconforming, sample_size)
    if least > most:
        return 0.0
    if acceptance >= min(nonconforming, sample_size):
        return 1.0
    if lot_size <= COUNTED:
        ways = sum(comb(nonconforming, found) * comb(good, sample_size - found) for found in range(least, most + 1))
        return ways / comb(lot_size, sample_size)
    ratios = [(nonconforming - found) * (sample_size - found) / ((found + 1) * (good - sample_size + found + 1))
              for found in range(least, most)]
    return _sum(_log_hypergeometric(least, lot_size, nonconforming, sample_size), ratios)


def _log_hypergeometric(found, lot_size, nonconforming, sample_size):
    """Logarithm of the chance of exactly ``found``, the least that there can be."""
    if not found:
        # The shorter of two equal products.
        few, many = sorted((nonconforming, sample_size))
        return fsum(log1p(-many / (lot_size - done)) for done in range(few))
    # Every good item is in the sample.
    return _log_comb(nonconforming, found) - _log_comb(lot_size, sample_size)


def _log_comb(whole, part):
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def binomial(acceptance, sample_size, share):
    """Chance of at most ``acceptance`` nonconforming items from a process with that share (0 .. 1) of them."""
    if share <= 0 or acceptance >= sample_size:
        return 1.0
    if share >= 1:
        return 0.0
    ratios = [(sample_size - found) / (found + 1) * share / (1 - share) for found in range(acceptance)]
    return _sum(sample_size * log1p(-share), ratios)


def poisson(acceptance, mean):
    """Chance of at most ``acceptance`` nonconformities where ``mean`` are expected in the sample."""
    if mean <= 0:
        return 1.0
    return _sum(-mean, [mean / (found + 1) for found in range(acceptance)])
