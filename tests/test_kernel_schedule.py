"""PLN-3: the scheduling kernel: dates, floats and the critical path against a plan computed the slow way."""
import random

import pytest

from odoo.addons.order_sla.kernel.worktime import WorkTable, WorkTime
from odoo.addons.project_plan.kernel.network import Item, Link, schedule

from naive_network import Elapsed, Strip, plan

FIRST, LAST = -400, 900
NETWORKS = 2_000


def random_times(rng):
    """Three working times with holes of their own, as the naive plan and as the kernel see them."""
    times = [(Elapsed(), None)]
    for _time in range(3):
        seconds = ""
        while len(seconds) < LAST - FIRST:
            seconds += "#" * rng.randint(1, 6) + "." * rng.choice((0, 1, 2, 5))
        strip = Strip(seconds, FIRST)
        table = WorkTable(strip.intervals(), FIRST, FIRST + len(seconds))
        times.append((strip, WorkTime(lambda _first, _last, table=table: table)))
    return times


def random_network(rng, summaries=True, actual=True):
    """Items with calendars, pins, deadlines and dates of their past, and links that go from earlier to later ones."""
    times, items, strips = random_times(rng), [], {}
    for key in range(rng.randint(2, 9)):
        strips[key], time = rng.choice(times)
        item = Item(key, f"item {key}", rng.choice((0, 1, 2, 3, 7)), time)
        if rng.random() < 0.15:
            item.not_before = rng.randint(0, 30)
        if actual and rng.random() < 0.2:
            item.actual_start = rng.randint(0, 12)
            if rng.random() < 0.5:
                item.actual_finish = item.actual_start + rng.randint(0, 9)
            else:
                item.remaining = rng.choice((None, 0, 1, 5))
        items.append(item)
    leaves = list(range(len(items)))
    if summaries and rng.random() < 0.5:
        _add_summary(rng, items, strips, times)
    links = []
    for _link in range(rng.randint(0, 2 * len(items))):
        source, target = sorted(rng.sample(leaves, 2)) if rng.random() < 0.7 else _any_pair(rng, items)
        if source != target and not _related(items, source, target):
            kind, lag = rng.choice(("fs", "fs", "ss", "ff", "sf")), rng.choice((0, 0, 1, 4, -1, -3))
            links.append(Link(source, target, kind, lag))
    return items, links, strips


def _add_summary(rng, items, strips, times):
    """A summary over neighbours, sometimes inside another one: links between its children and others stay acyclic."""
    first = rng.randrange(len(items))
    last = rng.randint(first, len(items) - 1)
    for level in range(rng.randint(1, 2)):
        strip, time = rng.choice(times)
        key = ("summary", level)
        items.append(Item(key, f"summary {level}", 0, time, not_before=rng.choice((None, None, 15))))
        strips[key] = strip
        for item in items[first:last + 1] if not level else [items[-2]]:
            item.parent = key


def _span(items, key):
    """First and last place of what stands below the key."""
    below = {key}
    for _level in range(3):
        below |= {item.key for item in items if item.parent in below}
    numbers = [number for number in below if isinstance(number, int)]
    return min(numbers), max(numbers)


def _any_pair(rng, items):
    one, other = rng.sample([item.key for item in items], 2)
    return (one, other) if _span(items, one) < _span(items, other) else (other, one)


def _related(items, source, target):
    """Links inside one summary and to it would run in a circle; so would links against the order."""
    return _span(items, source)[1] >= _span(items, target)[0]


def dates(computed, keys):
    return {key: (computed.plans[key].start, computed.plans[key].finish) for key in keys}


def test_dates_are_those_of_the_slow_plan():
    """PLN-3: forwards pass of 2,000 random networks: four kinds of links, leads and lags, calendars, pins, summaries,
    what has begun or is finished, with and without a moment of now."""
    rng = random.Random(310)
    kinds = set()
    for _network in range(NETWORKS):
        items, links, strips = random_network(rng)
        now = rng.choice((None, 8))
        expected = plan(items, links, strips, 0, now)
        assert dates(schedule(items, links, 0, now), expected) == expected, (items, links)
        kinds |= {(link.kind, link.lag > 0, link.lag < 0) for link in links}
    assert len(kinds) == 12


def test_summaries_reach_from_their_first_to_their_last_child():
    """PLN-3: the span of a summary is that of its children, in 2,000 random networks."""
    rng = random.Random(311)
    seen = 0
    for _network in range(NETWORKS):
        items, links, _strips = random_network(rng)
        plans = schedule(items, links, 0, 5).plans
        for summary in items:
            children = [plans[item.key] for item in items if item.parent == summary.key]
            if children:
                seen += 1
                assert plans[summary.key].start == min(child.start for child in children)
                assert plans[summary.key].finish == max(child.finish for child in children)
                assert plans[summary.key].critical == any(child.critical for child in children)
    assert seen > NETWORKS / 2


def delayed(items, key, planned, seconds):
    """The items, one of which cannot start before so many of its working seconds after its planned start."""
    result = []
    for item in items:
        if item.key == key:
            time = item.time
            moment = planned.start + seconds if time is None else time.advance(planned.start, seconds)
            if item.duration and time is not None:
                moment = time.advance(moment, 1) - 1
            item = Item(item.key, item.name, item.duration, time, max(moment, item.not_before or 0), item.deadline,
                        parent=item.parent)
        result.append(item)
    return result


def test_total_float_is_exactly_the_delay_that_a_plan_bears():
    """PLN-3: delayed by its total float an item keeps all promises, by one second more it breaks one; so the float is
    right for every kind of link, lag and calendar, and an item is critical when no second is left."""
    rng = random.Random(312)
    for _network in range(NETWORKS // 4):
        items, links, strips = random_network(rng, summaries=False, actual=False)
        base = schedule(items, links, 0)
        promised = base.finish + rng.choice((0, 0, 3, 11))
        if rng.random() < 0.4:
            item = rng.choice(items)
            item.deadline = base.plans[item.key].finish + rng.randint(0, 6)
        computed = schedule(items, links, 0, promised=promised)

        limits = {item.key: promised if item.deadline is None else min(promised, item.deadline) for item in items}

        def kept(key, planned, seconds, items=items, links=links, strips=strips, limits=limits):
            changed = plan(delayed(items, key, planned, seconds), links, strips, 0)
            return all(finish <= limits[other] for other, (_start, finish) in changed.items())

        for key, planned in computed.plans.items():
            assert planned.total_float >= 0
            assert kept(key, planned, planned.total_float), (items, links, key)
            assert not kept(key, planned, planned.total_float + 1), (items, links, key)


def test_free_float_is_exactly_the_delay_that_moves_nothing_else():
    """PLN-3: delayed by its free float an item moves no other, by one second more it does, or the plan's finish."""
    rng = random.Random(313)
    for _network in range(NETWORKS // 4):
        items, links, strips = random_network(rng, summaries=False, actual=False)
        computed = schedule(items, links, 0)

        def unmoved(key, planned, seconds, items=items, links=links, strips=strips, computed=computed):
            changed = plan(delayed(items, key, planned, seconds), links, strips, 0)
            former = dates(computed, changed)
            return max(finish for _start, finish in changed.values()) <= computed.finish and all(
                changed[other] == former[other] for other in changed if other != key)

        for key, planned in computed.plans.items():
            assert 0 <= planned.free_float <= planned.total_float
            assert unmoved(key, planned, planned.free_float), (items, links, key)
            assert not unmoved(key, planned, planned.free_float + 1), (items, links, key)


def test_latest_dates_are_the_earliest_ones_later_by_the_float():
    """PLN-3: start and finish are as far from their latest ones, in working time of the item; critical means equal."""
    rng = random.Random(314)
    for _network in range(NETWORKS // 2):
        items, links, strips = random_network(rng, summaries=False)
        now = rng.choice((None, 6))
        for promised in (None, 40):
            for key, planned in schedule(items, links, 0, now, promised).plans.items():
                item = items[key]
                worked = item.time.worked if item.time else lambda start, stop: stop - start
                if item.actual_finish is None:
                    assert worked(planned.finish, planned.latest_finish) == planned.total_float
                    if item.actual_start is None:
                        assert worked(planned.start, planned.latest_start) == planned.total_float
                    if promised is None:
                        assert planned.critical == (planned.total_float <= 0)
                        assert planned.total_float or planned.finish == planned.latest_finish
                else:
                    assert (planned.total_float, planned.critical) == (0, False)


def test_critical_path_holds_the_finish():
    """PLN-3: the path ends with the item that finishes last, each of its items is driven by the one before it, and it
    is the same whenever it is computed."""
    rng = random.Random(315)
    longer = 0
    for _network in range(NETWORKS // 2):
        items, links, _strips = random_network(rng, summaries=False, actual=False)
        computed = schedule(items, links, 0)
        path = computed.critical_path
        assert computed.plans[path[-1]].finish == computed.finish
        assert [computed.plans[key].driver for key in path[1:]] == path[:-1]
        assert isinstance(computed.plans[path[0]].driver, str)
        assert schedule(items, links, 0) == computed
        longer += len(path) > 2
        if len({id(item.time) for item in items}) == 1:  # with several, the night of one can be the day of another
            assert all(computed.plans[key].critical for key in path)
    assert longer > 100


@pytest.mark.parametrize("count", [0, 1])
def test_plan_of_next_to_nothing(count):
    """PLN-3, bad input: a plan without items has no finish, a single milestone finishes where it begins."""
    computed = schedule([Item("m", "milestone", 0)][:count], [], 50)
    assert computed.finish == (50 if count else None)
    assert list(computed.plans) == computed.critical_path == ["m"][:count]
