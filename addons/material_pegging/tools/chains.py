"""Moves that feed other moves: what was made, bought, picked or sent for a demand."""
from collections import defaultdict

from .gather import Coming, Wanted


class Chains:
    """What follows from the links between open moves.

    :ivar shares: ``{demand: quantity}`` that lies set aside for it in moves that come before it
    :ivar passing: moves within a place that are on their way to a demand
    :ivar fed: ``{demand: supplies}`` that were made or bought for it, minus purchase lines that are not confirmed
    :ivar sent: ``{supply: demands}`` elsewhere whose goods it brings
    :ivar departures: all these demands
    """

    def __init__(self, wanted, coming, links):
        self.shares, self.passing, self.fed, self.sent = {}, set(), defaultdict(list), defaultdict(list)
        for row in coming:
            if row[6] is not None and row[6] != row[2]:
                self.sent[row[0]].append(row[0])  # it leaves one place and arrives at another one by itself
        if links:
            self.wanted = {row[0]: Wanted._make(row) for row in wanted}
            self.coming = {row[0]: Coming._make(row) for row in coming}
            self.after = defaultdict(list)
            for origin, target in links:
                self.after[origin].append(target)
            self.rank = {id_: rank for rank, id_ in enumerate(self.wanted)}
            for origin, targets in self.after.items():
                self._follow(origin, targets)
        self.departures = {id_ for ids in self.sent.values() for id_ in ids}

    def _follow(self, origin, targets):
        before = self.coming.get(origin)
        if origin < 0 or before and before.source != before.place:
            for end in self._get_ends(origin):
                if origin < 0 or self.wanted[end].place == before.place:
                    self.fed[end].append(origin)
        elif before:
            self._set_aside(before)
        if origin in self.wanted and not before:
            for target in targets:
                after = self.coming.get(target)
                if after and after.source is None:
                    self.sent[target].append(origin)

    def _set_aside(self, move):
        """What a move within a place has reserved is set aside for the demands that it feeds, first come first."""
        ends = sorted(self._get_ends(move.id), key=self.rank.get)
        if not ends:
            return
        self.passing.add(move.id)
        left = move.reserved
        for end in ends:
            demand = self.wanted[end]
            taken = max(min(left, demand.quantity - demand.reserved - self.shares.get(end, 0)), 0)
            if taken:
                self.shares[end] = self.shares.get(end, 0) + taken
                left -= taken

    def _get_ends(self, start):
        """Demands that a move feeds, through moves that stay within their place."""
        found, queue, seen = [], list(self.after[start]), set()
        while queue:
            id_ = queue.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            if id_ in self.wanted:
                found.append(id_)
            elif id_ in self.coming and self.coming[id_].source == self.coming[id_].place:
                queue += self.after.get(id_, ())
        return found
