"""Forwards and backwards through an ordered network.

*Forwards* every item starts as early as its bounds allow. A finish that must not come before a moment in free time ends
at that moment: nothing is worked between.

*Backwards* a node hands to its sources what they must keep. An item with working time d that must be finished by L
starts at the latest at ``retreat(L, d)``; counted in its own working time it is then as far from its earliest start as
its latest finish is from its earliest finish, so that a float is one number.
"""
from math import inf


class Forward:
    """Earliest dates: fills ``start finish driver bound_by``; of a summary also ``first`` and ``last``."""

    def __init__(self, begin, now):
        self.begin, self.now = begin, now

    def run(self, steps):
        for node, closing in steps:
            if closing:
                self._close(node)
            elif node.children:
                self._open(node)
            else:
                self._place(node)

    def _close(self, node):
        node.first = min((child.first for child in node.children), key=lambda leaf: leaf.start)
        node.last = max((child.last for child in node.children), key=lambda leaf: leaf.finish)
        node.start, node.finish, node.driver = node.first.start, node.last.finish, node.first.driver

    def _open(self, node):
        """What the links of a summary item demand: of it, hence of each of its children."""
        node.early_start, node.early_finish = (max(bounds, key=lambda bound: bound[0], default=None)
                                               for bounds in self._bounds(node))
        pin = node.item.not_before
        if pin is not None and (not node.early_start or node.early_start[0] < pin):
            node.early_start = (pin, "not_before")

    @staticmethod
    def _bounds(node):
        """Bounds of the start and of the finish, each (moment, arc), own links first, then those of its summary."""
        starts, finishes = [], []
        for arc in node.arcs_in:
            (starts if arc.to_start else finishes).append((arc.earliest(), arc))
        if node.parent:
            if node.parent.early_start:
                starts.append(node.parent.early_start)
            if node.parent.early_finish:
                finishes.append(node.parent.early_finish)
        return starts, finishes

    def _place(self, leaf):
        leaf.first = leaf.last = leaf
        item = leaf.item
        if leaf.fixed:
            leaf.finish, leaf.driver = item.actual_finish, "actual"
            leaf.start = item.actual_start if leaf.begun else leaf.clock.retreat(leaf.finish, item.duration)
            return
        starts, finishes = self._bounds(leaf)
        if leaf.begun:
            self._continue(leaf, finishes)
            return
        starts += [(moment, name) for moment, name in (
            (item.not_before, "not_before"), (self.now, "now"), (self.begin, "begin")) if moment is not None]
        self._start(leaf, starts, finishes)

    def _continue(self, leaf, finishes):
        """It has begun, so nothing holds its start; what is left of it goes on from now."""
        item = leaf.item
        leaf.start, leaf.driver = item.actual_start, "actual"
        since, left = leaf.start, item.duration
        if self.now is not None:
            since = max(since, self.now)
            left = item.duration if item.remaining is None else item.remaining
        leaf.finish = leaf.clock.advance(since, left)
        for moment, arc in finishes:
            if moment > leaf.finish:
                leaf.finish = moment
                self._drive(leaf, arc)

    def _start(self, leaf, starts, finishes):
        clock, duration = leaf.clock, leaf.item.duration
        soonest = max(moment for moment, _bound in starts)
        if duration:
            soonest = clock.opening(soonest)
        end = max((moment for moment, _bound in finishes), default=-inf)
        leaf.start = max(soonest, clock.retreat(end, duration)) if finishes else soonest
        worked_until = clock.advance(leaf.start, duration)
        leaf.finish = max(worked_until, end)
        # the first bound that leads to this very start: between it and the start nothing could have been worked
        held = clock.closing(leaf.start) if duration else leaf.start
        bounds = [bound for moment, bound in starts if moment >= held]
        bounds += [bound for moment, bound in finishes if moment >= worked_until]
        self._drive(leaf, next((bound for bound in bounds if not isinstance(bound, str)), bounds[0]))

    @staticmethod
    def _drive(leaf, bound):
        if isinstance(bound, str):
            leaf.driver = bound
        else:
            leaf.driver = bound.source.item.key
            leaf.bound_by = bound.source.first if bound.from_start else bound.source.last


class Backward:
    """What every node must keep so that the plan ends in time: fills ``limit`` and ``keep``, pairs (start, finish).

    :param end: moment by which all must be finished
    :param early: sources must not move their targets at all, instead of not moving them beyond what these must keep
    """

    def __init__(self, end, early=False):
        self.end, self.early = end, early

    def run(self, steps):
        for node, closing in reversed(steps):
            if closing or not node.children:
                node.limit = self._limit(node)
            if not node.children:
                node.keep = self._keep(node)
            elif not closing:
                node.keep = tuple(min(bounds) for bounds in zip(*(child.keep for child in node.children), strict=True))

    def _limit(self, node):
        """Latest (start, finish) by the plan's end, the own deadline, the summary's and the links."""
        start, finish = inf, self.end
        if node.parent:
            parent_start, finish = node.parent.limit
            if node.parent.first is node.first:  # a summary begins with the child that begins first
                start = parent_start
        if not self.early and node.item.deadline is not None:
            finish = min(finish, node.item.deadline)
        for arc in node.arcs_out:
            limit = arc.latest(arc.target.keep[0] if arc.to_start else arc.target.keep[1])
            if arc.from_start:
                start = min(start, limit)
            else:
                finish = min(finish, limit)
        return start, finish

    def _keep(self, leaf):
        if leaf.fixed:
            return inf, inf
        start, finish = (leaf.start, leaf.finish) if self.early else latest(leaf)
        return (inf if leaf.begun else start), finish


def latest(leaf):
    """Latest start and finish of an item that is not finished, from its limits."""
    start, finish = leaf.limit
    duration, clock = leaf.item.duration, leaf.clock
    if leaf.begun:
        return leaf.start, finish
    if not duration:
        return min(leaf.limit), min(leaf.limit)
    last = clock.retreat(finish, duration)
    if start < last:
        start = clock.latest_opening(start)
        return start, clock.advance(start + 1, duration) - 1
    return last, finish


def slack(leaf):
    """Working seconds by which an item can come later and still keep its limits; finished, it has none."""
    return 0 if leaf.fixed else leaf.clock.worked(leaf.finish, latest(leaf)[1])


def shown(leaf):
    """The latest dates as people read them: a finish where work ends, not where the free time after it does."""
    if leaf.fixed:
        return leaf.start, leaf.finish
    start, finish = latest(leaf)
    closing = leaf.clock.closing(finish)
    if closing < leaf.finish <= finish:
        closing = leaf.finish
    return (start if leaf.item.duration or leaf.begun else closing), closing
