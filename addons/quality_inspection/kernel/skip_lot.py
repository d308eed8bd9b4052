"""Skip-lot sampling in the shape of GB/T 2828.3-2008 (= ISO 2859-3:2005), with figures that are agreed, not ours.

What is the standard's: supplier and product are qualified first (clause 5); there are three states, lot-by-lot
inspection, skip-lot inspection and skip-lot interruption (6.1); in the second, each lot is drawn at random to be
inspected, one in two, three or four on average (6.2 to 6.4), and is else accepted without inspection; a lot not
accepted interrupts (6.5), after which the product is qualified again (6.6) or no longer (6.7); no critical class
and no AQL below 0.025 (5.2.1 b and c). It is an alternative to reduced inspection (GB/T 2828.1, 9.5), so it is
offered here beside normal inspection only.

Sources: contents and scope of GB/T 2828.3-2008, ISO 2859-3:2005 as quoted by ASQ's "Ask the experts" (5.2.1) and
described by IFS (states, frequencies).

What is not: the figures of its qualification score and limits. No source for them may be named here, so
``standard_rules`` refuses, and ``Rules`` takes what supplier and authority agree in writing (annex A). It qualifies
by lots accepted one after the other instead of by the score of 5.3.
"""
from decimal import Decimal
from typing import NamedTuple

from .errors import InvalidParameter
from .refused import refuse
from .tables import NORMAL, SEVERITIES, aql_key, choice
from .values import whole

LOT_BY_LOT, SKIPPING, INTERRUPTED = STATES = ("lot_by_lot", "skipping", "interrupted")
#: One lot in so many is inspected on average; the last one is by agreement only.
INTERVALS = (2, 3, 4, 5)
#: 5.2.1 c).
LOWEST_AQL = "0.025"

# Why the state changed, or why a product cannot be skipped.
QUALIFIED = "qualified"  # 5.2
LESS_OFTEN = "less_often"  # 6.3
LOT_NOT_ACCEPTED = "lot_not_accepted"  # 6.5
REQUALIFIED = "requalified"  # 6.6
DISQUALIFIED = "disqualified"  # 6.7
CRITICAL_CLASS = "critical_class"  # 5.2.1 b)
AQL_TOO_LOW = "aql_too_low"  # 5.2.1 c)
NOT_NORMAL = "not_normal_inspection"  # GB/T 2828.1, 9.5


class Rules(NamedTuple):
    """Agreed figures; all of them must be given, none is the standard's."""

    #: Consecutive lots accepted on original lot-by-lot inspection before the first lot may be skipped.
    lots_to_qualify: int
    #: Intervals in their order, from the first one on: (2, 4) begins with one lot in two.
    intervals: tuple
    #: Consecutive inspected lots accepted before the next interval.
    lots_to_next: int
    #: Consecutive lots accepted during an interruption before skipping goes on, at the first interval.
    lots_to_requalify: int
    #: Lots of an interruption after which a product that is not qualified again is disqualified.
    lots_of_interruption: int


class Event(NamedTuple):
    """A change, in force from the lot after number ``lot`` on."""

    lot: int
    before: str
    after: str
    reason: str
    interval: int | None = None


class SkipState(NamedTuple):
    """Where a product of a supplier stands. ``lots`` counts all lots, also the skipped ones."""

    state: str = LOT_BY_LOT
    #: Place in ``Rules.intervals``.
    place: int = 0
    lots: int = 0
    accepted_in_a_row: int = 0
    #: Lots since the interruption began.
    interrupted_for: int = 0
    history: tuple = ()


def standard_rules():
    """The figures of the standard itself are not vouched for.

    :raise PlanNotVouched: always
    """
    refuse("skip_lot_figures")


def checked(rules):
    """The rules, when they can be followed.

    :raise InvalidParameter: a figure that is not whole or too small, or intervals that are none of 2 to 5, ascending
    """
    for name in ("lots_to_qualify", "lots_to_next", "lots_to_requalify"):
        if (whole(getattr(rules, name)) or 0) < 1:
            raise InvalidParameter(name=name, value=getattr(rules, name), low=1, high=None)
    if (whole(rules.lots_of_interruption) or 0) < rules.lots_to_requalify:
        raise InvalidParameter(name="lots_of_interruption", value=rules.lots_of_interruption,
                               low=rules.lots_to_requalify, high=None)
    intervals = tuple(rules.intervals) if isinstance(rules.intervals, list | tuple) else ()
    if not intervals or any(value not in INTERVALS for value in intervals) or sorted(set(intervals)) != list(intervals):
        raise InvalidParameter(name="intervals", value=rules.intervals, low=INTERVALS[0], high=INTERVALS[-1])
    return rules


def obstacle(aql, severity, critical=False):
    """Why lots of this product must not be skipped now, as a code; None when they may.

    :param critical: there is a critical class of nonconformities
    """
    if critical:
        return CRITICAL_CLASS
    if Decimal(aql_key(aql)) < Decimal(LOWEST_AQL):
        return AQL_TOO_LOW
    return None if choice("severity", severity, SEVERITIES) == NORMAL else NOT_NORMAL


def interval(state, rules):
    """One lot in so many is inspected; 1 outside of skip-lot inspection. Fewer steps agreed since: the last one."""
    return rules.intervals[min(state.place, len(rules.intervals) - 1)] if state.state == SKIPPING else 1


def inspects(state, rules, draw):
    """Whether the next lot is inspected (6.4): at random, so that nobody knows beforehand.

    :param draw: function that returns a number of 0 <= x < 1, such as ``random.Random(seed).random``; the caller
        keeps seed or result, so that the draw can be repeated before an auditor
    """
    often = interval(state, rules)
    if often == 1:
        return True
    number = draw()
    if not 0 <= number < 1:
        raise InvalidParameter(name="draw", value=number, low=0, high=1)
    return number * often < 1


def skip(state):
    """State after a lot that was accepted without inspection."""
    choice("state", state.state, (SKIPPING,))
    return state._replace(lots=state.lots + 1)


def step(state, rules, accepted, original=True):
    """State after an inspected lot. A lot submitted again changes nothing."""
    if not original:
        return state
    state = state._replace(lots=state.lots + 1, accepted_in_a_row=state.accepted_in_a_row + 1 if accepted else 0)
    follow = {LOT_BY_LOT: _lot_by_lot, SKIPPING: _skipping, INTERRUPTED: _interrupted}[state.state]
    return follow(state, rules, accepted)


def disqualify(state):
    """Back to lot-by-lot inspection, by decision or because the supplier is no longer qualified (6.7, 6.8)."""
    return state if state.state == LOT_BY_LOT else _change(state, LOT_BY_LOT, DISQUALIFIED)


def _lot_by_lot(state, rules, accepted):
    if accepted and state.accepted_in_a_row >= rules.lots_to_qualify:
        return _change(state, SKIPPING, QUALIFIED, rules=rules)
    return state


def _skipping(state, rules, accepted):
    if not accepted:
        return _change(state, INTERRUPTED, LOT_NOT_ACCEPTED)
    if state.accepted_in_a_row >= rules.lots_to_next and state.place + 1 < len(rules.intervals):
        return _change(state, SKIPPING, LESS_OFTEN, state.place + 1, rules)
    return state


def _interrupted(state, rules, accepted):
    state = state._replace(interrupted_for=state.interrupted_for + 1)
    if accepted and state.accepted_in_a_row >= rules.lots_to_requalify:
        return _change(state, SKIPPING, REQUALIFIED, rules=rules)
    if state.interrupted_for >= rules.lots_of_interruption:
        return _change(state, LOT_BY_LOT, DISQUALIFIED)
    return state


def _change(state, after, reason, place=0, rules=None):
    event = Event(state.lots, state.state, after, reason, rules and rules.intervals[place])
    return SkipState(after, place, state.lots, history=(*state.history, event))
