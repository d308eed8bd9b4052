"""A plan computed the slow way, to compare the kernel with: second by second, and over and over until nothing moves.

It shares no code with the kernel: a working time is a string of seconds, ``.`` free and ``#`` worked.
"""


class Strip:
    """Working time on a strip of seconds; what lies outside is free."""

    def __init__(self, seconds, first):
        self.seconds, self.first = seconds, first

    def works(self, moment):
        index = moment - self.first
        return 0 <= index < len(self.seconds) and self.seconds[index] == "#"

    def intervals(self):
        return [(self.first + i, self.first + i + 1) for i, second in enumerate(self.seconds) if second == "#"]

    def on(self, moment, seconds):
        """Go on until so much was worked."""
        while seconds:
            seconds -= self.works(moment)
            moment += 1
        return moment

    def back(self, moment, seconds):
        while seconds:
            moment -= 1
            seconds -= self.works(moment)
        return moment

    def opening(self, moment):
        while not self.works(moment):
            moment += 1
        return moment


class Elapsed(Strip):
    """Every second is worked."""

    def __init__(self):
        super().__init__("", 0)

    def works(self, moment):
        return True


def plan(items, links, strips, begin, now=None):
    """Start and finish by key: everything as early as possible, pushed until all links hold.

    :param strips: Strip by key
    """
    parents = {item.key: item.parent for item in items}
    summaries = set(parents.values())
    leaves = [item for item in items if item.key not in summaries]
    dates = {leaf.key: _placed(leaf, strips[leaf.key], begin, -10**9, now) for leaf in leaves}

    def below(key):
        return [leaf.key for leaf in leaves if key in _line(leaf.key, parents)]

    pins = {item.key: item.not_before for item in items if item.not_before is not None}
    floors = {leaf.key: max([begin, *(pins[key] for key in _line(leaf.key, parents) if key in pins),
                             *([now] if now is not None else [])]) for leaf in leaves}
    for _round in range(len(items) * len(links) + 2):
        former = dict(dates)
        starts, finishes = dict(floors), {}
        for link in links:
            ends = [dates[key] for key in below(link.source)]
            moment = min(start for start, _finish in ends) if link.kind[0] == "s" else max(end for _start, end in ends)
            strip = strips[link.source]
            moment = strip.on(moment, link.lag) if link.lag >= 0 else strip.back(moment, -link.lag)
            bounds = starts if link.kind[1] == "s" else finishes
            for key in below(link.target):
                bounds[key] = max(bounds.get(key, moment), moment)
        for leaf in leaves:
            dates[leaf.key] = _placed(leaf, strips[leaf.key], starts[leaf.key], finishes.get(leaf.key, -10**9), now)
        if dates == former:
            return dates
    raise AssertionError("the links run in a circle")


def _line(key, parents):
    while key is not None:
        yield key
        key = parents[key]


def _placed(leaf, strip, soonest, end, now):
    if leaf.actual_finish is not None:
        start = leaf.actual_start
        return (strip.back(leaf.actual_finish, leaf.duration) if start is None else start), leaf.actual_finish
    if leaf.actual_start is not None:
        since, left = leaf.actual_start, leaf.duration
        if now is not None:
            since, left = max(since, now), leaf.duration if leaf.remaining is None else leaf.remaining
        return leaf.actual_start, max(strip.on(since, left), end)
    if not leaf.duration:
        return (max(soonest, end),) * 2
    start = strip.opening(soonest)
    # done without a rest it must not be finished before the end that its links allow
    while sum(strip.works(moment) for moment in range(start, end)) > leaf.duration or not strip.works(start):
        start += 1
    return start, max(strip.on(start, leaf.duration), end)
