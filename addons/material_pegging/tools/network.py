"""The whole web of demands and supplies, matched pool by pool; what waits for an order is dated by its parts."""
from collections import defaultdict
from operator import attrgetter, itemgetter

from odoo.tools import groupby

from ..kernel.levels import ordered
from ..kernel.pegging import HERE, KINDS, NEVER, NOTHING, merge
from .chains import Chains

#: In which order sources are taken.
TURN = attrgetter("kind", "date", "name")
RESERVED, STOCK, INCOMING, DRAFT, MISSING = range(len(KINDS))


class Source:
    """What covers demands of a pool: at hand, coming or asked for.

    :ivar name: id of the move that brings it, minus the purchase line that is asked for, 0: at hand
    """

    __slots__ = ("date", "kind", "lead", "left", "name", "producer")

    def __init__(self, left, kind=STOCK, date=HERE, name=0, producer=0, lead=0.0):
        self.left, self.kind, self.date = left, kind, date
        self.name, self.producer, self.lead = name, producer, lead


class Network:
    """Demands and sources by pool: product, place and owner. :meth:`match` makes the rows that are stored.

    :param wanted, coming, others, links: as :mod:`.gather` reads them
    :param elsewhere: (order, date) of components that are not among the wanted
    """

    def __init__(self, wanted, coming, others, links=(), elsewhere=()):
        self.needs = dict(groupby(wanted, itemgetter(1, 2, 3)))
        self.sources = defaultdict(list)
        self.chains = Chains(wanted, coming, links)
        for name, product, place, owner, quantity, date in others:
            self.sources[product, place, owner].append(Source(quantity, DRAFT if name else STOCK, date, name))
        self._read_coming(coming)
        #: When the last part of an order is there; for those orders that make what somebody wants.
        self.kits = {
            source.producer: HERE for key in self.needs for source in self.sources.get(key, ()) if source.producer}
        self.kits.update((order, date) for order, date in elsewhere if order in self.kits)
        #: When demands are covered whose goods arrive elsewhere, and which pool they leave.
        self.covers = dict.fromkeys(self.chains.departures, HERE)
        self.rows = []

    def _read_coming(self, coming):
        for id_, product, place, owner, quantity, reserved, source, date, producer, lead, draft in coming:
            if source != place:
                self.sources[product, place, owner].append(
                    Source(quantity, DRAFT if draft else INCOMING, date, id_, producer, lead))
            elif reserved > NOTHING and id_ not in self.chains.passing:
                self.sources[product, place, owner].append(Source(reserved))  # it stays where it is at hand

    def match(self):
        """Cover all demands.

        :return: list of (demand, kind, source's name, quantity, date), which add up to each demand
        """
        waits = self._get_waits()
        for key in ordered(self.needs, waits):
            self._match_pool(key, looped=key in waits.get(key, ()))
        return self.rows

    def _get_waits(self):
        """``{pool: pools that decide when its sources come}``."""
        parts, leaves = defaultdict(set), {}
        if self.kits or self.covers:
            for key, rows in self.needs.items():
                for row in rows:
                    if row[6] in self.kits:
                        parts[row[6]].add(key)
                    elif row[0] in self.covers:
                        leaves[row[0]] = key
        waits = {}
        for key in self.needs if parts or leaves else ():
            sources = self.sources.get(key, ())
            waits[key] = {pool for source in sources if source.producer for pool in parts.get(source.producer, ())}
            waits[key].update(
                leaves[id_] for source in sources for id_ in self.chains.sent.get(source.name, ()) if id_ in leaves)
        return waits

    def _match_pool(self, key, looped):
        rows, needs, shares = self.rows, [], self.chains.shares
        for id_, _product, _place, _owner, quantity, reserved, consumer in self.needs[key]:
            if shares:
                reserved += shares.get(id_, 0)
            if reserved > NOTHING:
                rows.append((id_, RESERVED, 0, min(reserved, quantity), HERE))
            if quantity - reserved > NOTHING:
                needs.append([(id_, consumer), quantity - reserved])
        if needs:
            sources = self._get_dated(key)
            if self.chains.fed:
                self._match_fed(needs, sources)
            pegs = merge(needs, [(source, source.left) for source in sources])
            self._add(self._without_own(pegs) if looped else pegs)

    def _get_dated(self, key):
        """The pool's sources in the order in which they are taken, each at the time when what it waits for is there."""
        sources = self.sources.get(key, [])
        for source in sources if self.kits or self.covers else ():
            if source.producer and source.kind == INCOMING:
                source.date = max(source.date, self.kits[source.producer] + source.lead)
            for id_ in self.chains.sent.get(source.name, ()):
                source.date = max(source.date, self.covers[id_])
        return sorted(sources, key=TURN)

    def _match_fed(self, needs, sources):
        """What was made or bought for a demand goes to it, whoever else might claim it."""
        by_name = {source.name: source for source in sources if source.name}
        pegs = []
        for need in needs:
            own = [by_name[name] for name in self.chains.fed.get(need[0][0], ()) if name in by_name]
            for source in sorted(own, key=TURN):
                taken = min(need[1], source.left)
                if taken > NOTHING:
                    need[1] -= taken
                    source.left -= taken
                    pegs.append((need[0], source, taken))
        self._add(pegs)

    def _without_own(self, pegs):
        """An order does not wait for what it makes itself."""
        return [(need, None if source and source.producer and source.producer == need[1] else source, quantity)
                for need, source, quantity in pegs]

    def _add(self, pegs):
        rows, kits, covers = self.rows, self.kits, self.covers
        for (id_, consumer), source, quantity in pegs:
            if source is None:
                kind, name, date = MISSING, 0, NEVER
            else:
                kind, name, date = source.kind, source.name, source.date
            rows.append((id_, kind, name, quantity, date))
            if consumer in kits:
                if date > kits[consumer]:
                    kits[consumer] = date
            elif id_ in covers and date > covers[id_]:
                covers[id_] = date
