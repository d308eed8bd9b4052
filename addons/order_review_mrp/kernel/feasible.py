"""The earliest moment at which ordered goods can be there (capable to promise): REV-10.

Moments are seconds since the epoch (UTC), leads are working days of the company's calendar and time zone, quantities
are of the part's own unit, work is in seconds. Nothing here knows a database.

What is asked for comes last in every queue: ``supplies`` hold only what the pegging leaves over. The first line takes
first, a component in the order of its bill. Of a part, what is at hand is taken; for the rest what comes, as long as it
is there no later than a new order could bring the goods; what then is left is ordered anew: made from its parts, or
bought. An order begins when its last part is there, its operations follow each other, and it lasts its lead time at
least.
"""
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from odoo.addons.order_sla.kernel.worktime import NoWorkingTime

#: Less than this of any unit is nothing.
NOTHING = 1e-6
NEVER = inf
#: What leaves a part without a date: nobody sells or makes it, it is made of itself, it comes after the horizon.
DEAD_ENDS = ("none", "loop", "far")


class Operation(NamedTuple):
    """:ivar fixed: seconds once, :ivar cycle: seconds for each so many (``capacity``) pieces, begun ones are whole"""
    centre: Any
    fixed: float
    cycle: float
    capacity: float

    def get_seconds(self, quantity):
        return round(self.fixed + self.cycle * -(-round(quantity / self.capacity, 6) // 1))


class Recipe(NamedTuple):
    """How a part is made.

    :ivar parts: pairs (part, quantity for one)
    :ivar days: lead time in working days, from when the parts are there
    :ivar is_kit: sold and used as its parts, never in stock itself
    :ivar supplier: who makes it of our parts (subcontracting)
    :ivar store: where he keeps them; what is there is in the supplies under ``(store, part)``, and taken first
    """
    parts: tuple
    operations: tuple = ()
    days: float = 0
    is_kit: bool = False
    supplier: Any = None
    store: Any = None


class Offer(NamedTuple):
    """:ivar days: working days from now to the receipt, the company's own days to purchase included"""
    supplier: Any
    days: float


class Want(NamedTuple):
    """A line that is asked for.

    :ivar recipe: how this very line is made, where it differs from its part's
    :ivar after: seconds from ready to delivered
    :ivar floor: moment before which it is not delivered
    """
    key: Any
    part: Any
    quantity: float
    recipe: Recipe | None = None
    after: int = 0
    floor: int = 0


class Obstacle(NamedTuple):
    """What holds a line up.

    :ivar kind: ``buy``, ``incoming``, ``centre``, ``lead``, ``subcontract``, ``delivery``, or a dead end
    :ivar name: supplier, supply or work centre
    :ivar begin, end: the time that it takes
    :ivar slack: seconds for which it could last longer without moving the line
    """
    kind: str
    part: Any
    name: Any = None
    begin: float = 0
    end: float = 0
    slack: float = 0


class Answer(NamedTuple):
    """:ivar kit: when the last component (or the bought part itself) is there, :ivar ready: when it is made,
    :ivar date: when it is delivered; ``NEVER`` each, :ivar obstacles: the constraint first, then who follows"""
    key: Any
    kit: float
    ready: float
    date: float
    obstacles: list


class Plant:
    """What there is and how things are made; each answer takes away what it uses.

    :param calendar: with ``advance_days(moment, days, tz)``
    :param recipes, offers: by part
    :param supplies: ``{part: iterable of (moment, quantity, name)}``, free ones only; at hand is any moment up to now
    :param centres: ``{name: Centre}``
    :param counted: parts of which stock is kept; others that are not made are always there
    """

    def __init__(self, now, calendar, tz, recipes=(), offers=(), supplies=(), centres=(), counted=()):
        self.now, self.calendar, self.tz = now, calendar, tz
        self.recipes, self.offers, self.centres, self.counted = dict(recipes), dict(offers), dict(centres), set(counted)
        self.supplies = {
            part: sorted(([max(date, now), quantity, name] for date, quantity, name in rows), key=itemgetter(0))
            for part, rows in dict(supplies).items()}
        self._undo = []

    def promise(self, wants):
        """Answers in the order of the lines; the first takes first."""
        return [self._answer(want) for want in wants]

    def count_until(self, want, moment, step=1):
        """Most of a line, in whole steps, that can be delivered until the moment. Takes nothing.

        :return: a quantity, verified: 0 to all of it
        """
        def is_in_time(steps):
            mark = len(self._undo)
            part = want.quantity if steps * step >= want.quantity else steps * step
            date = self._answer(want._replace(quantity=part)).date
            self._rollback(mark)
            return date <= moment

        low, high = 0, max(int(-(-round(want.quantity / step, 6) // 1)), 0)
        if is_in_time(high):
            return want.quantity
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_in_time(middle) else (low, middle)
        return low * step

    def _answer(self, want):
        kit, ready, obstacles = self._get(want.part, want.quantity, (), want.recipe)
        date = max(ready + want.after, want.floor)
        if want.quantity > NOTHING and want.floor > max(ready + want.after, self.now):
            obstacles = [obstacle._replace(slack=obstacle.slack + date - ready - want.after) for obstacle in obstacles]
            obstacles.append(Obstacle("delivery", want.part, begin=self.now, end=date))
        return Answer(want.key, kit, ready, date, ranked(obstacles))

    def _get(self, part, quantity, path, recipe=None):
        """So much of a part: (when its parts are there, when it is there, obstacles)."""
        recipe = recipe or self.recipes.get(part)
        if quantity <= NOTHING or not recipe and part not in self.counted:
            return self.now, self.now, []
        if recipe and recipe.is_kit or part not in self.counted:
            return self._make(part, recipe, quantity, path)
        quantity -= self._take(part, quantity, self.now)
        if quantity <= NOTHING:
            return self.now, self.now, []
        return self._choose(part, quantity, path, recipe)

    def _choose(self, part, quantity, path, recipe):
        """Until when to take what comes, so that all is there earliest; of equals the one that orders least anew."""
        steps = sorted({date for date, left, _name in self.supplies.get(part, ()) if left > NOTHING and date < NEVER})
        best, best_step = NEVER, self.now
        for step in (self.now, *steps):
            if step > best:
                break
            mark = len(self._undo)
            outcome, fresh = self._wait(part, quantity, path, recipe, step)
            if not steps:
                return outcome
            self._rollback(mark)
            if outcome[1] <= best:
                best, best_step = outcome[1], step
            if fresh <= step:
                break
        return self._wait(part, quantity, path, recipe, best_step)[0]

    def _wait(self, part, quantity, path, recipe, until):
        """Take what comes until then, and order the rest: (outcome as of :meth:`_get`, when the rest is there)."""
        rest, last, name = quantity, self.now, None
        for row in self.supplies.get(part, ()):
            if row[0] > until or rest <= NOTHING:
                break
            taken = self._take_from(row, rest)
            if taken:
                rest, last, name = rest - taken, row[0], row[2]
        kit, fresh, obstacles = self._order(part, rest, path, recipe) if rest > NOTHING else (self.now, self.now, [])
        ready = max(last, fresh)
        if ready == NEVER:
            return (kit, NEVER, obstacles), fresh
        obstacles = _shifted(obstacles, ready - fresh)
        if last > self.now:
            obstacles.append(Obstacle("incoming", part, name, self.now, last, ready - last))
        return (max(kit, last), ready, obstacles), fresh

    def _order(self, part, quantity, path, recipe):
        if recipe:
            return self._make(part, recipe, quantity, path)
        offer = self.offers.get(part)
        if offer is None:
            return NEVER, NEVER, [Obstacle("none", part)]
        date = self._after(self.now, offer.days)
        kind = "buy" if date < NEVER else "far"
        return date, date, [Obstacle(kind, part, offer.supplier, self.now, date)] if date > self.now else []

    def _make(self, part, recipe, quantity, path):
        if part in path:
            return NEVER, NEVER, [Obstacle("loop", part)]
        path = (*path, part)
        got = [self._get_component(component, quantity * each, path, recipe) for component, each in recipe.parts]
        start = max([self.now, *(date for date, _obstacles in got)])
        if start == NEVER:
            return NEVER, NEVER, [
                obstacle for date, obstacles in got if date == NEVER for obstacle in obstacles]
        obstacles = [obstacle for date, behind in got for obstacle in _shifted(behind, start - date)]
        worked, moment = [], start
        for operation in recipe.operations:
            begin, moment = moment, self._work(operation, quantity, moment)
            if moment == NEVER:
                return start, NEVER, [Obstacle("far", part, operation.centre)]
            worked.append(Obstacle("centre", part, operation.centre, begin, moment))
        ready = max(moment, self._after(start, recipe.days))
        kind = "subcontract" if recipe.supplier else "lead"
        if ready == NEVER:
            return start, NEVER, [Obstacle("far", part, recipe.supplier)]
        if ready > moment:
            worked = [*_shifted(worked, ready - moment), Obstacle(kind, part, recipe.supplier, start, ready)]
        return start, ready, obstacles + worked

    def _get_component(self, part, quantity, path, recipe):
        """So much of a component, what lies at the subcontractor first: (when it is there, obstacles)."""
        if recipe.store is not None:
            quantity -= self._take((recipe.store, part), quantity, self.now)
        return self._get(part, quantity, path)[1:]

    def _work(self, operation, quantity, moment):
        centre = self.centres[operation.centre]
        before = list(centre.busy)
        end = centre.place(moment, operation.get_seconds(quantity))
        self._undo.append(lambda: setattr(centre, "busy", before))
        return end

    def _after(self, moment, days):
        """So many working days later, ``NEVER`` where no calendar reaches."""
        try:
            return self.calendar.advance_days(moment, round(days), self.tz) if days > 0 else moment
        except (NoWorkingTime, OverflowError, ValueError):
            return NEVER

    def _take(self, part, quantity, until):
        taken = 0.0
        for row in self.supplies.get(part, ()):
            if row[0] > until or quantity - taken <= NOTHING:
                break
            taken += self._take_from(row, quantity - taken)
        return taken

    def _take_from(self, row, quantity):
        before, taken = row[1], min(row[1], quantity)
        row[1] -= taken
        self._undo.append(lambda: row.__setitem__(1, before))
        return taken

    def _rollback(self, mark):
        while len(self._undo) > mark:
            self._undo.pop()()


def ranked(obstacles):
    """The constraint, then the others: each name once.

    The constraint is what takes longest of those that have no slack: shortened, it moves the line. Then who would come
    next: the time that each takes, less its slack. Of dead ends each is one.
    """
    order = sorted((obstacle for obstacle in obstacles if _weight(obstacle) > 0 or obstacle.slack <= 0),
                   key=lambda obstacle: (obstacle.slack > 0, -_weight(obstacle)))
    others = sorted(order[1:], key=_weight, reverse=True)
    once = {}
    for obstacle in order[:1] + others:
        once.setdefault((obstacle.kind, obstacle.name if obstacle.kind == "centre" else obstacle.part), obstacle)
    return list(once.values())


def _weight(obstacle):
    return NEVER if obstacle.kind in DEAD_ENDS else obstacle.end - obstacle.begin - obstacle.slack


def _shifted(obstacles, seconds):
    return [obstacle._replace(slack=obstacle.slack + seconds) for obstacle in obstacles] if seconds else list(obstacles)
