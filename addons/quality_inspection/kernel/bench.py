"""How many sampling decisions a second: ``rates()``."""
from itertools import product
from time import perf_counter

from .curve import oc_curve
from .plans import single_plan
from .switching import judge, start, step
from .tables import LEVELS, SEVERITIES, aqls


def rates(seconds=1.0):
    """Decisions per second of one core, tables already loaded.

    :return: ``plan`` (lot, level, AQL and severity to a plan), ``lot`` (plan, verdict and switching of one lot after
        the other) and ``curve`` (OC curves of 101 points)
    """
    cases = list(product((2, 90, 500, 3200, 600_000), LEVELS, aqls()[:16], SEVERITIES))
    state = start()

    def plan(turn):
        return single_plan(*cases[turn % len(cases)])

    def lot(turn):
        nonlocal state
        result = judge(single_plan(500, "II", "1.0", state.severity), int(turn % 9 == 0))
        state = step(state._replace(history=()), result)

    def curve(turn):
        return oc_curve(plan(turn))

    return {work.__name__: _rate(work, seconds) for work in (plan, lot, curve)}


def _rate(work, seconds):
    work(0)
    turn, begin = 0, perf_counter()
    while perf_counter() - begin < seconds:
        work(turn)
        turn += 1
    return round(turn / (perf_counter() - begin))
