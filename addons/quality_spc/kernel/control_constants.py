"""Factors of control charts, derived instead of copied.

The range R of ``n`` independent values of a normal distribution with standard deviation 1 has the mean ``d2`` and the
standard deviation ``d3``. Both follow from the distribution of the range (L. H. C. Tippett, Biometrika 17, 1925):

- ``d2`` is the integral of ``1 - (1 - Phi(x))**n - Phi(x)**n`` over all x;
- ``P(R <= w)`` is the integral of ``n * phi(x) * (Phi(x + w) - Phi(x))**(n - 1)`` over all x, and
  ``E[R**2]`` that of ``2 * w * P(R > w)`` over w from 0 on.

The factors of the charts (A2, D3, D4, with limits at three standard deviations) are those of GB/T 4091-2001 and
ISO 8258:1991, written by d2 and d3. The tests compare with tables that others have published.
"""
from functools import cache
from math import erf, exp, fsum, pi, sqrt
from typing import NamedTuple

from odoo.addons.quality_inspection.kernel.values import whole

from .errors import InvalidParameter

#: Beyond 25 values the range wastes most of what they tell; the published tables end there too.
SMALLEST, LARGEST = 2, 25
#: Standard deviations between the central line and a control limit.
SIGMAS = 3.0
# Beyond these, the tails are below 1e-14.
REACH, WIDEST = 8.5, 14.0
STEP = 0.1
#: Intervals of Simpson's rule for the second moment, an even number.
SLICES = 280


class Factors(NamedTuple):
    """Factors for subgroups of one size; those of the ranges are never negative."""

    size: int
    d2: float
    d3: float
    #: Limits of the means: grand mean -/+ A2 * mean range.
    a2: float
    #: Limits of the ranges: D3 and D4 times the mean range.
    lower_range: float
    upper_range: float


def subgroup_size(value):
    """Size of a subgroup, 2 .. 25.

    :raise InvalidParameter: not a whole number, or outside
    """
    size = whole(value)
    if size is None or not SMALLEST <= size <= LARGEST:
        raise InvalidParameter(name="subgroup", value=value, low=SMALLEST, high=LARGEST)
    return size


@cache
def factors(size):
    """The factors for subgroups of ``size`` values.

    :raise InvalidParameter: the size is not 2 .. 25
    """
    size = subgroup_size(size)
    d2 = mean_range(size)
    d3 = sqrt(_second_moment(size) - d2 * d2)
    spread = SIGMAS * d3 / d2
    return Factors(size, d2, d3, SIGMAS / (d2 * sqrt(size)), max(0.0, 1 - spread), 1 + spread)


@cache
def mean_range(size):
    """d2: mean range of ``size`` values of a normal distribution with standard deviation 1."""
    return STEP * fsum(1 - below**size - (1 - below)**size for _place, _density, below in _grid())


@cache
def _grid():
    """(x, density, share below x) on an even grid; for smooth tails the plain sum is exact to the last digits."""
    steps = round(REACH / STEP)
    places = [STEP * step for step in range(-steps, steps + 1)]
    return [(place, exp(-place * place / 2) / sqrt(2 * pi), _below(place)) for place in places]


def _below(place):
    return (1 + erf(place / sqrt(2))) / 2


def _range_beyond(size, width):
    """P(R > width)."""
    within = STEP * fsum(
        density * (_below(place + width) - below)**(size - 1) for place, density, below in _grid())
    return max(0.0, 1 - size * within)


def _second_moment(size):
    """E[R**2] by Simpson's rule."""
    width = WIDEST / SLICES
    return 2 * width / 3 * fsum(
        (1 if turn in (0, SLICES) else 4 if turn % 2 else 2) * turn * width * _range_beyond(size, turn * width)
        for turn in range(SLICES + 1))
