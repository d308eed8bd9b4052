"""Run rules: patterns of points by which a control chart tells an assignable cause.

``1`` .. ``8`` are the tests of L. S. Nelson, "The Shewhart Control Chart - Tests for Special Causes", Journal of
Quality Technology 16 (1984), 237-239. GB/T 4091-2001 (= ISO 8258:1991) has the same eight as its criteria (判异准则);
it was replaced by GB/T 17989.2-2020 (= ISO 7870-2:2013), whose text was not at hand: nothing here is said to be from
it. ``1``, ``5`` and ``6`` are also tests of the Western Electric Statistical Quality Control Handbook (1956), whose
run on one side has eight points instead of nine: ``WE4``.

Zones are counted in standard deviations of the plotted point from the central line: C up to one, B up to two, A up to
three. A point on a border is not beyond it, and a point on the central line ends a run on one side.
"""
from typing import NamedTuple

from .errors import UnknownChoice


class Rule(NamedTuple):
    """``points`` is the length of the pattern, ``hits`` how many of them must be what the rule asks for."""

    code: str
    points: int
    hits: int
    source: str


class Violation(NamedTuple):
    """Rule ``rule`` is broken at point ``index`` (from 0), the last one of its pattern ``points``."""

    rule: str
    index: int
    points: tuple


NELSON_1984 = "Nelson 1984; GB/T 4091-2001"
HANDBOOK_1956 = "Western Electric 1956"
RULES = {rule.code: rule for rule in (
    Rule("1", 1, 1, NELSON_1984),
    Rule("2", 9, 9, NELSON_1984),
    Rule("3", 6, 6, NELSON_1984),
    Rule("4", 14, 14, NELSON_1984),
    Rule("5", 3, 2, NELSON_1984),
    Rule("6", 5, 4, NELSON_1984),
    Rule("7", 15, 15, NELSON_1984),
    Rule("8", 8, 8, NELSON_1984),
    Rule("WE4", 8, 8, HANDBOOK_1956),
)}
NELSON = ("1", "2", "3", "4", "5", "6", "7", "8")
WESTERN_ELECTRIC = ("1", "5", "6", "WE4")
#: Only these for ranges and shares, whose distribution is not symmetric (so SAS/QC, on Nelson 1984).
ASYMMETRIC = ("1", "2", "3", "4", "WE4")


def violations(deviations, rules=NELSON):
    """Every violation, by point and then by rule.

    :param deviations: points as standard deviations from the central line, in time order
    :param rules: codes of ``RULES``
    :raise UnknownChoice: a code that is none
    """
    found = []
    for code in rules:
        if code not in RULES:
            raise UnknownChoice(name="rules", value=code, known=tuple(RULES))
        check, rule = CHECKS[code], RULES[code]
        for index in range(len(deviations)):
            start = max(0, index + 1 - rule.points)
            window = deviations[start:index + 1]
            if len(window) >= rule.hits and check(window, rule.hits):
                found.append(Violation(code, index, tuple(range(start, index + 1))))
    return tuple(sorted(found, key=lambda item: (item.index, NELSON_ORDER[item.rule])))


NELSON_ORDER = {code: place for place, code in enumerate(RULES)}


def _beyond(border):
    """Of the window, ``hits`` points lie beyond the border on the side of the last one, which is one of them."""
    def check(window, hits):
        side = 1 if window[-1] > 0 else -1
        return window[-1] * side > border and sum(point * side > border for point in window) >= hits
    return check


def _steady(window, _hits):
    steps = _steps(window)
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _alternating(window, _hits):
    steps = _steps(window)
    return all(steps) and all(one * other < 0 for one, other in zip(steps, steps[1:], strict=False))


def _steps(window):
    """Direction of each step: -1, 0 or 1 (differences of infinite deviations would have none)."""
    return [(after > before) - (after < before) for before, after in zip(window, window[1:], strict=False)]


def _within_c(window, _hits):
    return all(abs(point) < 1 for point in window)


def _outside_c(window, _hits):
    return all(abs(point) > 1 for point in window) and min(window) < 0 < max(window)


CHECKS = {
    "1": _beyond(3), "2": _beyond(0), "3": _steady, "4": _alternating, "5": _beyond(2), "6": _beyond(1),
    "7": _within_c, "8": _outside_c, "WE4": _beyond(0),
}
