"""Demands and supplies of one product in one place, matched in the order in which they may claim and come.

Two ordered lists and a pointer into each: linear in what there is to match. Quantities are of the product's unit.
"""
from collections import defaultdict
from collections.abc import Hashable
from math import inf
from typing import Any, NamedTuple

#: Less than this of any unit is nothing: what is left over when kilograms became grams.
NOTHING = 1e-6
#: Available at any time, respectively at none.
HERE, NEVER = -inf, inf
#: What covers a demand, in the order in which it is taken; within a kind in the order of time.
KINDS = ("reserved", "stock", "incoming", "draft", "missing")


class Demand(NamedTuple):
    """What is wanted somewhere.

    :ivar warehouse: any name of the place within which goods count as at hand
    :ivar date: moment of the need, a number
    :ivar priority: more is first
    :ivar reserved: of the quantity, what is set aside for it already
    """
    key: Hashable
    product: Hashable
    warehouse: Hashable
    quantity: float
    date: float = 0
    priority: int = 0
    reserved: float = 0


class Supply(NamedTuple):
    """What is at hand or comes; a negative quantity is a debt that the next supplies settle first.

    :ivar date: from when on it can be used, ``HERE`` and ``NEVER`` are such moments
    :ivar kind: ``stock``, ``incoming`` or ``draft``
    """
    key: Hashable
    product: Hashable
    warehouse: Hashable
    quantity: float
    date: float = HERE
    kind: str = "incoming"


class Peg(NamedTuple):
    """So much of a demand is covered by this supply then; without one: reserved (``HERE``) or missing (``NEVER``)."""
    demand: Any
    supply: Any
    quantity: float
    date: float


def peg(demands, supplies):
    """Cover demands by priority, date and key, from what is reserved, at hand, coming and asked for, in this order.

    :param demands: iterable of :class:`Demand`
    :param supplies: iterable of :class:`Supply`
    :return: list of :class:`Peg`, which add up to each demand
    """
    wanted, offered, pegs = defaultdict(list), defaultdict(list), []
    for demand in demands:
        wanted[demand.product, demand.warehouse].append(demand)
    for supply in supplies:
        offered[supply.product, supply.warehouse].append(supply)
    for pool, claims in wanted.items():
        claims.sort(key=lambda demand: (-demand.priority, demand.date, demand.key))
        needs = []
        for demand in claims:
            reserved = min(max(demand.reserved, 0), demand.quantity)
            if reserved > NOTHING:
                pegs.append(Peg(demand, None, reserved, HERE))
            needs.append([demand, demand.quantity - reserved])
        sources = sorted(offered[pool], key=lambda supply: (KINDS.index(supply.kind), supply.date, supply.key))
        pegs += [
            Peg(demand, supply, quantity, supply.date if supply else NEVER)
            for demand, supply, quantity in merge(needs, [[supply, supply.quantity] for supply in sources])]
    return pegs


def merge(needs, sources):
    """Two pointers: each need takes from the first source that has something left.

    :param needs: list of [what, quantity], those of no quantity take nothing
    :param sources: list of [what, quantity], in the order in which they are taken; negative ones are debts
    :return: list of (need, source or None, quantity)
    """
    debt = -sum(quantity for _source, quantity in sources if quantity < 0)
    left, offers, pegs = 0.0, iter(sources), []
    source = None
    for need, quantity in needs:
        while quantity > NOTHING:
            if left <= NOTHING:
                source, left, debt = _next(offers, debt)
            if source is None:
                pegs.append((need, None, quantity))
                break
            taken = quantity if quantity < left else left
            pegs.append((need, source, taken))
            quantity -= taken
            left -= taken
    return pegs


def _next(offers, debt):
    """The next source with something left once debts are settled: (source, quantity, debt that remains)."""
    for source, quantity in offers:
        settled = min(debt, quantity) if quantity > 0 else 0.0
        debt -= settled
        if quantity - settled > NOTHING:
            return source, quantity - settled, debt
    return None, 0.0, debt
