"""The items as a graph: who waits for whom, in which order they can be computed, and which of them run in a circle.

A summary item stands in it twice. It *opens* before its children, which take over what its links demand; it *closes*
after them, when its span is known. Both passes therefore stay linear in items and links.
"""
from math import inf

from .clock import Clock
from .faults import BadItem, BadLink, Circular

KINDS = ("fs", "ss", "ff", "sf")


class Arc:
    """A link between two nodes: the lag is working time of its source."""
    __slots__ = ("from_start", "lag", "source", "target", "to_start")

    def __init__(self, source, target, kind, lag):
        self.source, self.target, self.lag = source, target, lag
        self.from_start, self.to_start = kind[0] == "s", kind[1] == "s"

    def earliest(self):
        """From when on the target's end of the link is free."""
        moment = self.source.start if self.from_start else self.source.finish
        return self.source.clock.advance(moment, self.lag) if self.lag else moment

    def latest(self, limit):
        """Until when the source's end may come so that the target's keeps the limit; exactly the way back of above."""
        if not self.lag or limit == inf:
            return limit
        if self.lag > 0:
            return self.source.clock.retreat(limit, self.lag)
        return self.source.clock.advance(limit + 1, -self.lag) - 1


class Node:
    """An item with what the passes find out about it; those that fill an attribute are named in ``passes``."""
    __slots__ = (
        "arcs_in", "arcs_out", "bound_by", "children", "clock", "critical", "driver", "early_finish", "early_start",
        "finish", "first", "free", "index", "item", "keep", "last", "late", "limit", "parent", "start", "total",
    )

    def __init__(self, index, item, clock):
        self.index, self.item, self.clock = index, item, clock
        self.parent, self.children, self.arcs_in, self.arcs_out = None, [], [], []
        self.start = self.finish = self.driver = self.bound_by = None
        self.critical = False

    @property
    def fixed(self):
        """It is finished: nothing moves it any more."""
        return self.item.actual_finish is not None

    @property
    def begun(self):
        return self.item.actual_start is not None


def build(items, links):
    """Nodes of the items, in their order, joined by the links; what cannot be meant is refused by name."""
    nodes, clocks = {}, {}
    for index, item in enumerate(items):
        _check(item, nodes)
        clock = clocks.get(id(item.time)) or clocks.setdefault(id(item.time), Clock(item))
        nodes[item.key] = Node(index, item, clock)
    for node in nodes.values():
        if node.item.parent is not None:
            node.parent = nodes.get(node.item.parent)
            if not node.parent:
                raise BadItem(node.item, f"its summary item {node.item.parent!r} is not among the items")
            node.parent.children.append(node)
    for link in links:
        _join(nodes, link)
    return list(nodes.values())


def _check(item, nodes):
    if item.key in nodes:
        raise BadItem(item, f"the key {item.key!r} is used twice")
    for label, seconds in (("duration", item.duration), ("remaining work", item.remaining)):
        if seconds is not None and (not isinstance(seconds, int) or seconds < 0):
            raise BadItem(item, f"the {label} must be a whole number of seconds, 0 or more, not {seconds!r}")
    if item.actual_start is not None and item.actual_finish is not None and item.actual_finish < item.actual_start:
        raise BadItem(item, "it was finished before it was begun")


def _join(nodes, link):
    for end in (link.source, link.target):
        if end not in nodes:
            raise BadLink(link, f"{end!r} is not among the items")
    if link.kind not in KINDS:
        raise BadLink(link, f"the kind is {link.kind!r}, not one of {', '.join(KINDS)}")
    if not isinstance(link.lag, int):
        raise BadLink(link, f"the lag must be a whole number of seconds, not {link.lag!r}")
    source, target = nodes[link.source], nodes[link.target]
    arc = Arc(source, target, link.kind, link.lag)
    source.arcs_out.append(arc)
    target.arcs_in.append(arc)


def ordered(nodes):
    """Steps (node, closing) such that everything a step needs comes before it.

    :raise Circular: if there is no such order
    """
    after = [[] for _step in range(2 * len(nodes))]  # step i opens node i, step n + i closes it
    waits = [0] * len(after)
    for node in nodes:
        ends = _end(node, nodes)
        targets = [(ends, arc.target.index) for arc in node.arcs_out]
        if node.parent:
            targets += [(node.parent.index, node.index), (ends, _end(node.parent, nodes))]
        for step, following in targets:
            after[step].append(following)
            waits[following] += 1
    closings = {_end(node, nodes): node.index for node in nodes if node.children}
    queue = [step for step, count in enumerate(waits) if not count and (step < len(nodes) or step in closings)]
    for step in queue:  # grows while it is read
        for following in after[step]:
            waits[following] -= 1
            if not waits[following]:
                queue.append(following)
    if any(waits):
        raise _circle(nodes, after, waits)
    return [(nodes[closings.get(step, step)], step in closings) for step in queue]


def _end(node, nodes):
    """The step after which the dates of the node are known."""
    return len(nodes) + node.index if node.children else node.index


def _circle(nodes, after, waits):
    """The cycle that is found when one walks back from the first item that waits for ever."""
    before = {}
    for step, followings in enumerate(after):
        if waits[step]:
            for following in followings:
                before.setdefault(following, step)
    step, seen = next(step for step, count in enumerate(waits) if count), {}
    while step not in seen:
        seen[step] = len(seen)
        step = before[step]
    steps = [other for other, position in seen.items() if position >= seen[step]]
    circle = list(dict.fromkeys(nodes[step % len(nodes)] for step in reversed(steps)))
    first = circle.index(min(circle, key=lambda node: node.index))
    return Circular([node.item for node in circle[first:] + circle[:first]])
