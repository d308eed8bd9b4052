"""Critical path over items with calendars: the earliest and latest dates of a plan, its floats and what drives it.

Moments are whole seconds since the epoch (UTC), durations whole working seconds; an item counts in its own working
time, a lag in that of the link's source. Nothing here knows a database: what goes in decides what comes out.
"""
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from .faults import BadItem, BadLink, Circular  # noqa: F401, they are part of what a caller meets
from .graph import build, ordered
from .passes import Backward, Forward, shown, slack


@dataclass(slots=True)
class Item:
    """Something to be done.

    :ivar duration: working seconds, 0 is a milestone
    :ivar time: its WorkTime; None is elapsed time
    :ivar not_before: it is not started earlier
    :ivar deadline: it has to be finished by then, besides what the plan promises
    :ivar remaining: working seconds that are left of it now, once begun; None: all of it
    :ivar parent: key of its summary item, whose span follows from its children; what links, pin and deadline of a
        summary demand, they demand of each of its children
    """
    key: Hashable
    name: str
    duration: int
    time: Any = None
    not_before: int | None = None
    deadline: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    remaining: int | None = None
    parent: Hashable | None = None


@dataclass(slots=True)
class Link:
    """The target's start or finish waits for the source's start or finish (``fs ss ff sf``: source's, then target's).

    :ivar lag: working seconds of the source between them; negative: the target may come so much earlier
    """
    source: Hashable
    target: Hashable
    kind: str = "fs"
    lag: int = 0


class Planned(NamedTuple):
    """Dates of an item.

    :ivar total_float: working seconds of its own by which it can come later and all promises are kept still; below 0 by
        so much it is too late. A summary has the smallest of its children
    :ivar free_float: the same, and no other item nor the plan's finish moves
    :ivar critical: if it comes later, the plan's finish does, or a promise is missed by more
    :ivar driver: key of the item that its start waits for, or ``begin``, ``not_before``, ``now``, ``actual``
    """
    start: int
    finish: int
    latest_start: int
    latest_finish: int
    total_float: int
    free_float: int
    critical: bool
    driver: Hashable


class Schedule(NamedTuple):
    """A computed plan.

    :ivar plans: Planned by key, in the order of the items
    :ivar finish: the last finish; None of a plan without items
    :ivar critical_path: keys of the items that one after the other drive the last finish, none of them finished. Where
        several paths are as long, the one whose items and links were given first; ``critical`` is set on all of them
    """
    plans: dict
    finish: int | None
    critical_path: list


def schedule(items, links, begin, now=None, promised=None):
    """Plan the items.

    :param begin: nothing that has not begun starts earlier
    :param now: makes it a forecast: what has not begun does not start before now, what has goes on from now
    :param promised: moment by which all is to be finished, from which latest dates are counted; None: the own finish
    :raise Circular: if items wait for each other
    :raise ValueError: if an item or a link cannot be planned; it is named
    """
    nodes = build(items, links)
    if not nodes:
        return Schedule({}, None, [])
    steps = ordered(nodes)
    leaves = [node for node in nodes if not node.children]
    Forward(begin, now).run(steps)
    last = max(leaves, key=lambda leaf: leaf.finish)
    _measure(steps, leaves, last.finish, promised)
    for node, closing in steps:
        if closing:
            _sum_up(node)
    return Schedule({node.item.key: _planned(node) for node in nodes}, last.finish, _path(last))


def _measure(steps, leaves, finish, promised):
    """Floats, latest dates and what is critical: by the own finish and, if more was promised, by the promise."""
    Backward(finish, early=True).run(steps)
    for leaf in leaves:
        leaf.free = slack(leaf)
    end = finish if promised is None else promised
    Backward(min(finish, end)).run(steps)
    for leaf in leaves:
        leaf.total = slack(leaf)
        leaf.critical = not leaf.fixed and leaf.total <= 0
    if end > finish:
        Backward(end).run(steps)
    for leaf in leaves:
        leaf.late, leaf.total = shown(leaf), slack(leaf)


def _sum_up(summary):
    """A summary reaches from the first to the last of its children, and has the smallest of their floats."""
    children = [child for child in summary.children if not child.fixed] or summary.children
    summary.total, summary.free = min(child.total for child in children), min(child.free for child in children)
    summary.critical = any(child.critical for child in children)
    summary.late = min(child.late[0] for child in summary.children), max(child.late[1] for child in summary.children)


def _planned(node):
    return Planned(node.start, node.finish, *node.late, node.total, node.free, node.critical, node.driver)


def _path(last):
    """From the item that finishes last back to what its dates wait for."""
    path = []
    while last is not None and not last.fixed:
        path.append(last.item.key)
        last = last.bound_by
    return path[::-1]
