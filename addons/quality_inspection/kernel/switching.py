"""Switching rules of GB/T 2828.1-2012, clause 9: normal, tightened and reduced inspection.

One state per series of lots: supplier, product and class of nonconformities (clause 9.2 applies the rules to each
class on its own). ``start`` makes a state, ``judge`` a result, ``step`` the state after a lot; a state never changes.
"""
from typing import NamedTuple

from .errors import InspectionDiscontinued, NotDiscontinued
from .plans import SamplingPlan
from .tables import NORMAL, REDUCED, SEVERITIES, TIGHTENED, cells, choice, tighter_aql

#: Clause 9.3.1: so many lots of five (or fewer) consecutive ones not accepted.
WINDOW, NOT_ACCEPTED_OF_WINDOW = 5, 2
#: Clause 9.3.2: so many consecutive lots accepted.
ACCEPTED_IN_A_ROW = 5
#: Clause 9.3.3.1 a).
SCORE_FOR_REDUCED = 30
#: Clause 9.4: cumulative lots not accepted on original tightened inspection.
NOT_ACCEPTED_TIGHTENED = 5

# Why a switch was made: codes, which the caller words.
TWO_OF_FIVE = "two_of_five_not_accepted"  # 9.3.1
FIVE_ACCEPTED = "five_accepted"  # 9.3.2
SCORE_REACHED = "score_reached"  # 9.3.3
LOT_NOT_ACCEPTED = "lot_not_accepted"  # 9.3.4 a)
PRODUCTION_IRREGULAR = "production_irregular"  # 9.3.4 b)
OTHER_CONDITIONS = "other_conditions"  # 9.3.4 c)
FIVE_NOT_ACCEPTED = "five_not_accepted"  # 9.4
IMPROVED = "improved"  # 9.4, resumption


class Switch(NamedTuple):
    """A change, in force from the lot after number ``lot`` on; severity None stands for discontinued."""

    lot: int
    before: str | None
    after: str | None
    reason: str
    #: Switching score at that moment.
    score: int = 0


class State(NamedTuple):
    """Where a series of lots stands. ``lots`` counts its lots on original inspection."""

    severity: str = NORMAL
    discontinued: bool = False
    lots: int = 0
    #: Switching score (9.3.3.2); kept on normal inspection only.
    score: int = 0
    #: Normal: whether each of the last five lots was accepted, latest last.
    window: tuple = ()
    #: Tightened: lots accepted one after the other.
    accepted_in_a_row: int = 0
    #: Tightened: lots not accepted since it began.
    not_accepted: int = 0
    history: tuple = ()

    def to_json(self):
        """The state as plain lists and dicts, for ``from_json``."""
        return {**self._asdict(), "window": list(self.window), "history": [list(switch) for switch in self.history]}

    @classmethod
    def from_json(cls, values):
        """State from what ``to_json`` gave."""
        return cls(**{**values, "window": tuple(values["window"]),
                      "history": tuple(Switch(*switch) for switch in values["history"])})


class LotResult(NamedTuple):
    """Result of one lot, as far as switching needs it."""

    accepted: bool
    #: Ac of the plan that was used.
    acceptance: int
    #: Whether the lot would have been accepted with the AQL one step tighter; asked only for Ac of two or more.
    accepted_tighter: bool = False
    #: False for a lot that was submitted again: it does not count (9.3.1).
    original: bool = True


class Conditions(NamedTuple):
    """What the responsible authority knows and wants, beside the lots."""

    #: Production runs at a steady rate, neither irregular nor delayed (9.3.3.1 b, 9.3.4 b).
    steady: bool = True
    #: Reduced inspection is considered desirable (9.3.3.1 c).
    reduced_desired: bool = False
    #: Other conditions warrant normal inspection (9.3.4 c).
    normal_warranted: bool = False


#: Steady production, and nobody wants reduced inspection.
USUAL = Conditions()


def start(severity=NORMAL):
    """State before the first lot: normal inspection, unless the responsible authority directs otherwise (9.1)."""
    return State(choice("severity", severity, SEVERITIES))


def judge(plan: SamplingPlan, count, original=True):
    """Result of a lot inspected by an AQL plan of ``single_plan`` with ``count`` found in the sample.

    "One step tighter" is read in the row of the sample that was inspected, so that the same sample is judged twice.

    :raise InvalidCount: so many cannot have been found
    """
    accepted = plan.accepts(count)
    tighter = False
    if accepted and plan.acceptance >= 2 and plan.letter:
        # Left of an Ac of two or more the row always has a number: the next smaller one.
        tighter = count <= int(cells(plan.severity)[plan.letter][1][tighter_aql(plan.aql)])
    return LotResult(accepted, plan.acceptance, tighter, original)


def score_after(score, result):
    """Switching score for single sampling (9.3.3.2): 3 or 2 more, or back to zero."""
    if result.acceptance >= 2:
        return score + 3 if result.accepted and result.accepted_tighter else 0
    return score + 2 if result.accepted else 0


def step(state, result, conditions=USUAL):
    """State after a lot. A lot submitted again changes nothing.

    :raise InspectionDiscontinued: no lot may be judged before ``resume`` (9.4)
    """
    if state.discontinued:
        raise InspectionDiscontinued(lots=state.lots, not_accepted=state.not_accepted)
    if not result.original:
        return state
    follow = {NORMAL: _normal, TIGHTENED: _tightened, REDUCED: _reduced}[state.severity]
    return review(follow(state._replace(lots=state.lots + 1), result), conditions)


def review(state, conditions):
    """State after a change of conditions alone: approval given, production irregular (9.3.3, 9.3.4)."""
    if state.severity == NORMAL and (state.score >= SCORE_FOR_REDUCED and conditions.steady
                                     and conditions.reduced_desired and not conditions.normal_warranted):
        return _switch(state, REDUCED, SCORE_REACHED)
    if state.severity == REDUCED and not conditions.steady:
        return _switch(state, NORMAL, PRODUCTION_IRREGULAR)
    if state.severity == REDUCED and conditions.normal_warranted:
        return _switch(state, NORMAL, OTHER_CONDITIONS)
    return state


def resume(state):
    """Tightened inspection again, after the supplier's improvement was accepted by the authority (9.4).

    :raise NotDiscontinued: inspection was not discontinued
    """
    if not state.discontinued:
        raise NotDiscontinued(severity=state.severity)
    return _switch(state, TIGHTENED, IMPROVED)


def _normal(state, result):
    window = (*state.window, result.accepted)[-WINDOW:]
    state = state._replace(window=window, score=score_after(state.score, result))
    return _switch(state, TIGHTENED, TWO_OF_FIVE) if window.count(False) >= NOT_ACCEPTED_OF_WINDOW else state


def _tightened(state, result):
    if result.accepted:
        state = state._replace(accepted_in_a_row=state.accepted_in_a_row + 1)
        return _switch(state, NORMAL, FIVE_ACCEPTED) if state.accepted_in_a_row >= ACCEPTED_IN_A_ROW else state
    state = state._replace(accepted_in_a_row=0, not_accepted=state.not_accepted + 1)
    return _switch(state, None, FIVE_NOT_ACCEPTED) if state.not_accepted >= NOT_ACCEPTED_TIGHTENED else state


def _reduced(state, result):
    return state if result.accepted else _switch(state, NORMAL, LOT_NOT_ACCEPTED)


def _switch(state, after, reason):
    """Counters begin anew with every severity; a discontinued series keeps them to be shown."""
    before = None if state.discontinued else state.severity
    history = (*state.history, Switch(state.lots, before, after, reason, state.score))
    if after is None:
        return state._replace(discontinued=True, history=history)
    return State(after, lots=state.lots, history=history)
