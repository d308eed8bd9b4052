"""The free time of a work centre, on integers: moments are seconds since the epoch (UTC), durations seconds.

Work lies in one piece, as Odoo plans it: it may rest over a night or a holiday, but nothing else comes between.
Therefore everything is reckoned in *worked* seconds, in which nights do not exist, and only the answers are moments
again.
"""
from bisect import bisect_right
from math import inf

from odoo.addons.order_sla.kernel.worktime import OutOfTable, WorkTable, local_date


class Centre:
    """What is still free of the working time of a centre.

    :param table: its :class:`WorkTable`, from now to the horizon
    :param busy: pairs (start, stop) of what is planned, as moments
    :param queue: pairs (not before, seconds) of what is to be worked and has no time yet, in the order of its turn
    """

    def __init__(self, table, busy=(), queue=()):
        self.table = table
        self.busy = []
        for start, stop in busy:
            if stop > table.first and start < table.last:
                self._occupy(table.position(max(start, table.first)), table.position(min(stop, table.last)))
        for start, seconds in queue:
            self.place(start, seconds)

    def place(self, moment, seconds):
        """Occupy the first free time from the moment on that is long enough.

        :return: the moment at which the work ends; ``inf`` beyond the horizon
        """
        if seconds <= 0:
            return moment
        if not self.table.first <= moment <= self.table.last:
            return inf
        begin = self._find(self.table.position(moment), seconds)
        try:
            end = self.table.advance(self.table.first, begin + seconds)
        except OutOfTable:
            return inf
        self._occupy(begin, begin + seconds)
        return end

    def _find(self, begin, seconds):
        for start, stop in self.busy[max(bisect_right(self.busy, (begin, inf)) - 1, 0):]:
            if start - begin >= seconds:
                break
            begin = max(begin, stop)
        return begin

    def _occupy(self, begin, end):
        """Touching pieces become one, so that a full centre is looked through in no time."""
        if begin >= end:
            return
        at = bisect_right(self.busy, (begin, inf))
        first = at - 1 if at and self.busy[at - 1][1] >= begin else at
        last = at
        while last < len(self.busy) and self.busy[last][0] <= end:
            last += 1
        joined = self.busy[first:last]
        self.busy[first:last] = [(
            min([begin, *(start for start, _stop in joined)]), max([end, *(stop for _start, stop in joined)]))]

    def get_load(self):
        """Seconds of work that are planned or queued between now and the horizon."""
        return sum(stop - start for start, stop in self.busy)


def with_overtime(table, seconds, tz):
    """The table with so much more working time at the end of each working date, never into the next."""
    spans = list(zip(table.starts, table.stops, strict=True))
    longer = []
    for index, (start, stop) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else table.last
        is_last = index + 1 == len(spans) or local_date(following, tz) != local_date(start, tz)
        longer.append((start, min(stop + seconds, following) if is_last else stop))
    return WorkTable(longer, table.first, table.last)


def without(table, closed):
    """The table less the moments in which the centre is closed: pairs (start, stop)."""
    spans = list(zip(table.starts, table.stops, strict=True))
    for begin, end in closed:
        spans = [piece for start, stop in spans
                 for piece in ((start, min(stop, begin)), (max(start, end), stop)) if piece[0] < piece[1]]
    return WorkTable(spans, table.first, table.last)
