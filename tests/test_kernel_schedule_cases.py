"""PLN-3: the scheduling kernel: what planners get wrong elsewhere, told with dates; and what it refuses."""
from datetime import date, datetime, timedelta, timezone

import pytest

from odoo.addons.order_sla.kernel.worktime import ElapsedTable, WorkTable, WorkTime
from odoo.addons.project_plan.kernel.network import BadItem, BadLink, Circular, Item, Link, schedule

HOUR = 3600


def at(text):
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=timezone.utc).timestamp())


def told(moment):
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d %H:%M")


def office(days=(0, 1, 2, 3, 4), hours=((8, 12), (13, 17)), off=()):
    """Working time of these weekdays and hours, without the dates that are off."""
    def load(first, last):
        day, intervals = date(first, 1, 1), []
        while day.year <= last:
            if day.weekday() in days and str(day) not in off:
                midnight = at(f"{day} 00:00")
                intervals += [(midnight + start * HOUR, midnight + stop * HOUR) for start, stop in hours]
            day += timedelta(days=1)
        return WorkTable(intervals, at(f"{first}-01-01 00:00"), at(f"{last + 1}-01-01 00:00"))
    return WorkTime(load)


OFFICE = office()
SIX_DAYS = office(days=range(6))
MONDAY = at("2026-03-02 08:00")


def days(key, count, **values):
    return Item(key, f"Item {key}", round(count * 8 * HOUR), values.pop("time", OFFICE), **values)


def spans(items, links=(), begin=MONDAY, **values):
    return {key: f"{told(planned.start)} {told(planned.finish)}"
            for key, planned in schedule(items, links, begin, **values).plans.items()}


@pytest.mark.parametrize(("kind", "expected"), [
    ("fs", "2026-03-04 08:00 2026-03-04 17:00"),
    ("ss", "2026-03-02 08:00 2026-03-02 17:00"),
    ("ff", "2026-03-03 08:00 2026-03-03 17:00"),
    ("sf", "2026-03-02 08:00 2026-03-02 17:00"),
])
def test_kinds_of_links(kind, expected):
    """PLN-3: one day after, beside, at the end of, or up to the beginning of two days."""
    assert spans([days("a", 2), days("b", 1)], [Link("a", "b", kind)])["b"] == expected


def test_lag_is_counted_in_the_time_of_the_predecessor():
    """PLN-3: a day of waiting after Friday's end ends on Saturday where Saturday is worked by the predecessor, else on
    Monday, whatever the successor's hours are; an item without a calendar waits around the clock."""
    for time, expected in ((SIX_DAYS, "2026-03-07 17:00"), (OFFICE, "2026-03-09 17:00")):
        items = [days("a", 5, time=time), Item("b", "B", HOUR, None)]
        assert spans(items, [Link("a", "b", lag=8 * HOUR)])["b"].startswith(expected)
    items = [Item("a", "A", 8 * HOUR, None), days("b", 1)]
    assert spans(items, [Link("a", "b", lag=20 * HOUR)])["b"] == "2026-03-03 13:00 2026-03-04 12:00"


def test_lead_is_counted_back_in_the_time_of_the_predecessor():
    """PLN-3: a day before Monday noon is Friday noon for the office, Saturday noon for who works on Saturday."""
    for time, expected in ((OFFICE, "2026-03-06 13:00"), (SIX_DAYS, "2026-03-07 13:00")):
        items = [Item("m", "M", 0, time, not_before=at("2026-03-09 12:00")), Item("b", "B", HOUR, None)]
        assert spans(items, [Link("m", "b", lag=-8 * HOUR)])["b"].startswith(expected)


def test_milestone_stands_where_its_predecessor_ends():
    """PLN-3: a milestone is not pushed over the weekend, what follows it is; all three are critical."""
    items = [days("a", 5), Item("m", "Approved", 0, OFFICE), days("b", 1)]
    computed = schedule(items, [Link("a", "m"), Link("m", "b")], MONDAY)
    assert told(computed.plans["m"].start) == told(computed.plans["m"].finish) == "2026-03-06 17:00"
    assert told(computed.plans["m"].latest_finish) == "2026-03-06 17:00"
    assert told(computed.plans["b"].start) == "2026-03-09 08:00"
    assert computed.critical_path == ["a", "m", "b"]
    assert all(planned.critical for planned in computed.plans.values())


def test_summary_comes_back_when_its_predecessor_gets_shorter():
    """PLN-3: what a link pushed out comes back when the reason is gone; the summary's span follows its children."""
    def plan(length):
        items = [days("before", length), Item("s", "Summary", 0, OFFICE), days("one", 1, parent="s"),
                 days("two", 2, parent="s")]
        return spans(items, [Link("before", "s"), Link("one", "two")])
    assert plan(10)["s"] == "2026-03-16 08:00 2026-03-18 17:00"
    assert plan(1) == {
        "before": "2026-03-02 08:00 2026-03-02 17:00", "s": "2026-03-03 08:00 2026-03-05 17:00",
        "one": "2026-03-03 08:00 2026-03-03 17:00", "two": "2026-03-04 08:00 2026-03-05 17:00"}


def test_link_from_a_summary_waits_for_its_last_child():
    """PLN-3: the summary's finish is that of its last child, and this child is on the critical path."""
    items = [Item("s", "Summary", 0, OFFICE), days("one", 1, parent="s"), days("two", 2, parent="s"), days("after", 1)]
    computed = schedule(items, [Link("s", "after")], MONDAY)
    assert told(computed.plans["after"].start) == "2026-03-04 08:00"
    assert (computed.plans["after"].driver, computed.critical_path) == ("s", ["two", "after"])
    assert (computed.plans["s"].critical, computed.plans["one"].critical) == (True, False)
    assert computed.plans["one"].total_float == 8 * HOUR


def test_pin_and_deadline_of_a_summary_count_for_its_children():
    """PLN-3: a summary that must not start before Wednesday and must be finished on Thursday evening."""
    items = [Item("s", "Summary", 0, OFFICE, not_before=at("2026-03-04 08:00"), deadline=at("2026-03-05 17:00")),
             days("one", 1, parent="s"), days("long", 10)]
    one = schedule(items, [], MONDAY).plans["one"]
    assert (told(one.start), one.driver) == ("2026-03-04 08:00", "not_before")
    assert told(one.latest_finish) == "2026-03-05 17:00"
    assert one.total_float == 8 * HOUR


def test_holiday_under_a_running_item_moves_its_finish():
    """PLN-3: days off that are entered under an item that has begun make it finish later, at both ends of the plan."""
    for off, finish in (((), "2026-03-06 17:00"), (("2026-03-04", "2026-03-05"), "2026-03-10 17:00")):
        time = office(off=off)
        running = days("a", 5, time=time, actual_start=MONDAY, remaining=4 * 8 * HOUR)
        after = days("b", 1, time=time)
        plans = schedule([running, after], [Link("a", "b")], MONDAY, now=at("2026-03-03 08:00")).plans
        assert told(plans["a"].finish) == finish
        assert (told(plans["a"].start), plans["a"].total_float) == ("2026-03-02 08:00", 0)


def test_forecast_starts_nothing_before_now():
    """PLN-3: what has not begun starts from now on; what was finished early or late stays as it was."""
    items = [days("done", 2, actual_start=MONDAY, actual_finish=at("2026-03-02 12:00")),
             days("next", 1), days("free", 1)]
    computed = schedule(items, [Link("done", "next")], MONDAY, now=at("2026-03-05 10:00"))
    assert told(computed.plans["done"].finish) == "2026-03-02 12:00"
    assert told(computed.plans["next"].start) == told(computed.plans["free"].start) == "2026-03-05 10:00"
    assert [planned.driver for planned in computed.plans.values()] == ["actual", "now", "now"]


def test_begun_item_does_not_wait_any_more():
    """PLN-3: work begun out of its order goes on, its predecessor is free of it; a finish that waits still does."""
    now = at("2026-03-04 08:00")
    items = [days("a", 10), days("b", 2, actual_start=MONDAY, remaining=8 * HOUR)]
    computed = schedule(items, [Link("a", "b")], MONDAY, now=now)
    assert told(computed.plans["b"].finish) == "2026-03-04 17:00"
    assert (computed.plans["a"].critical, computed.plans["b"].critical) == (True, False)
    computed = schedule(items, [Link("a", "b", "ff")], MONDAY, now=now)
    assert computed.plans["b"].finish == computed.plans["a"].finish
    assert computed.plans["b"].critical


def test_finish_that_waits_for_free_time_ends_there():
    """PLN-3: tied to the finish of somebody who works on Saturday, the office ends with him and works no more."""
    items = [days("a", 6, time=SIX_DAYS), days("b", 1)]
    assert spans(items, [Link("a", "b", "ff")])["b"] == "2026-03-06 08:00 2026-03-07 17:00"


def test_promise_that_is_missed_shows_by_how_much():
    """PLN-3: backwards from the promised date: floats below zero by what is missing, in working time."""
    computed = schedule([days("a", 5), days("b", 5), days("c", 1)], [Link("a", "b")], MONDAY,
                        promised=at("2026-03-11 17:00"))
    assert [planned.total_float // HOUR for planned in computed.plans.values()] == [-16, -16, 56]
    assert told(computed.plans["b"].latest_start) == "2026-03-05 08:00"
    assert [planned.critical for planned in computed.plans.values()] == [True, True, False]


def test_promise_with_room_leaves_the_critical_path_in_sight():
    """PLN-3: floats count to the promised date; critical is what moves the finish, also where there is room."""
    computed = schedule([days("a", 5), days("b", 4)], [], MONDAY, promised=at("2026-03-10 17:00"))
    assert [planned.total_float // HOUR for planned in computed.plans.values()] == [16, 24]
    assert [planned.free_float // HOUR for planned in computed.plans.values()] == [0, 8]
    assert [planned.critical for planned in computed.plans.values()] == [True, False]


def test_of_equal_paths_the_first_is_named_and_all_are_critical():
    """PLN-3: two paths of one length: all their items are critical, the path is the one that was given first."""
    items = [days("end", 1), days("x", 2), days("y", 2)]
    for order in (("x", "y"), ("y", "x")):
        computed = schedule(items, [Link(key, "end") for key in order], MONDAY)
        assert computed.critical_path == [order[0], "end"]
        assert computed.plans["end"].driver == order[0]
        assert all(planned.critical for planned in computed.plans.values())


def test_driver_says_what_holds_a_start():
    """PLN-3: a link before a pin, a pin before now, now before the plan's begin, where they lead to the same moment."""
    items = [days("a", 1), days("linked", 1, not_before=at("2026-03-03 08:00")),
             days("pinned", 1, not_before=at("2026-03-03 08:00"))]
    drivers = [planned.driver for planned in schedule(items, [Link("a", "linked")], MONDAY).plans.values()]
    assert drivers == ["begin", "a", "not_before"]
    assert schedule(items[:1], [], MONDAY, now=MONDAY).plans["a"].driver == "now"


@pytest.mark.parametrize(("links", "parents", "expected"), [
    ([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")], {}, ["b", "c"]),
    ([("d", "a"), ("a", "c"), ("c", "d"), ("a", "b")], {}, ["a", "c", "d"]),
    ([("a", "a")], {}, ["a"]),
    ([("a", "b")], {"b": "a"}, ["a", "b"]),
    ([("b", "a")], {"b": "a"}, ["a", "b"]),
    ([], {"a": "b", "b": "c", "c": "a"}, ["a", "c", "b"]),
    ([], {"a": "a"}, ["a"]),
    ([("b", "c"), ("d", "a")], {"b": "a", "d": "c"}, ["a", "b", "c", "d"]),
])
def test_circle_is_named_item_by_item(links, parents, expected):
    """PLN-3, bad input: circles of links, of a summary and its child, of summaries alone, of two crosswise."""
    items = [days(key, 1, parent=parents.get(key)) for key in "abcd"]
    with pytest.raises(Circular) as caught:
        schedule(items, [Link(*ends) for ends in links], MONDAY)
    assert caught.value.keys == expected
    assert str(caught.value) == " → ".join(f"Item {key}" for key in [*expected, expected[0]])


@pytest.mark.parametrize(("changed", "said"), [
    ({"duration": -1}, "the duration must be a whole number of seconds, 0 or more, not -1"),
    ({"duration": 1.5}, "the duration must be a whole number of seconds, 0 or more, not 1.5"),
    ({"remaining": -60}, "the remaining work must be a whole number of seconds, 0 or more, not -60"),
    ({"parent": "nobody"}, "its summary item 'nobody' is not among the items"),
    ({"actual_start": 10, "actual_finish": 5}, "it was finished before it was begun"),
    ({"key": "a"}, "the key 'a' is used twice"),
    ({"time": office(days=())}, "its working hours hold too little time around 2026-03-02"),
])
def test_bad_item_is_named(changed, said):
    """PLN-3, bad input: the item and what is wrong with it."""
    bad = {"key": "b", "name": "Item b", "duration": HOUR, "time": OFFICE} | changed
    with pytest.raises(BadItem) as caught:
        schedule([days("a", 1), Item(**bad)], [], MONDAY)
    assert str(caught.value) == f"Item b: {said}"


@pytest.mark.parametrize(("link", "said"), [
    (Link("a", "x"), "'a' → 'x': 'x' is not among the items"),
    (Link("x", "a"), "'x' → 'a': 'x' is not among the items"),
    (Link("a", "b", "sw"), "'a' → 'b': the kind is 'sw', not one of fs, ss, ff, sf"),
    (Link("a", "b", lag=0.5), "'a' → 'b': the lag must be a whole number of seconds, not 0.5"),
])
def test_bad_link_is_named(link, said):
    """PLN-3, bad input: both ends and what is wrong."""
    with pytest.raises(BadLink) as caught:
        schedule([days("a", 1), days("b", 1)], [link], MONDAY)
    assert str(caught.value) == said


def test_clock_time_given_as_such_is_elapsed_time():
    """PLN-3: an item on ElapsedTable runs through the night like one without a calendar."""
    items = [Item("a", "A", 30 * HOUR, ElapsedTable()), Item("b", "B", 30 * HOUR, None)]
    assert set(spans(items).values()) == {"2026-03-02 08:00 2026-03-03 14:00"}
