"""REC-4: skip-lot sampling in the shape of GB/T 2828.3, with agreed figures."""
import random

import pytest

from sampling_kernel import module

errors, skip_lot = module("errors"), module("skip_lot")
RULES = skip_lot.checked(skip_lot.Rules(lots_to_qualify=10, intervals=(2, 4), lots_to_next=6, lots_to_requalify=4,
                                        lots_of_interruption=8))


def run(series, state=None):
    """"+-" are inspected lots accepted and not accepted, "." are skipped ones."""
    state = state or skip_lot.SkipState()
    for sign in series:
        state = skip_lot.skip(state) if sign == "." else skip_lot.step(state, RULES, sign == "+")
    return state


SKIPPING = run("+" * 10)


def test_product_is_qualified_by_consecutive_lots():
    """REC-4: clause 5.2; a lot not accepted begins the row anew."""
    assert run("+" * 9).state == "lot_by_lot"
    assert run("+" * 9 + "-" + "+" * 9).state == "lot_by_lot"
    assert (SKIPPING.state, skip_lot.interval(SKIPPING, RULES)) == ("skipping", 2)
    assert SKIPPING.history == (skip_lot.Event(10, "lot_by_lot", "skipping", "qualified", 2),)


def test_lot_submitted_again_does_not_count():
    """REC-4: original inspection only."""
    assert skip_lot.step(SKIPPING, RULES, False, original=False) == SKIPPING


def test_lots_are_inspected_less_often():
    """REC-4: clause 6.3, one lot in two to one in four, never beyond what was agreed; skipped lots prove nothing."""
    assert skip_lot.interval(run("+.+.+.+.+.", SKIPPING), RULES) == 2
    state = run("+.+.+.+.+.+", SKIPPING)
    assert skip_lot.interval(state, RULES) == 4
    assert state.history[-1] == skip_lot.Event(21, "skipping", "skipping", "less_often", 4)
    assert skip_lot.interval(run("+" * 50, state), RULES) == 4


def test_lot_not_accepted_interrupts():
    """REC-4: clause 6.5, every lot is inspected again, whatever the interval was."""
    for before in (SKIPPING, run("+" * 6, SKIPPING)):
        state = run("-", before)
        assert (state.state, state.history[-1].reason) == ("interrupted", "lot_not_accepted")
        assert skip_lot.interval(state, RULES) == 1
        assert skip_lot.inspects(state, RULES, lambda: 0.999)
        with pytest.raises(errors.UnknownChoice):
            skip_lot.skip(state)


def test_product_is_qualified_again():
    """REC-4: clause 6.6, at the first interval."""
    interrupted = run("-", run("+" * 6, SKIPPING))
    assert run("+++", interrupted).state == "interrupted"
    state = run("-++++", interrupted)
    assert (state.state, skip_lot.interval(state, RULES), state.history[-1].reason) == ("skipping", 2, "requalified")


def test_product_is_disqualified():
    """REC-4: clause 6.7, not qualified again in time, or by decision; then the whole qualification is needed."""
    assert run("+++-+++", run("-", SKIPPING)).state == "interrupted"
    state = run("+++-+++-", run("-", SKIPPING))
    assert (state.state, state.history[-1].reason) == ("lot_by_lot", "disqualified")
    assert run("+" * 9, state).state == "lot_by_lot"
    assert run("+" * 10, state).state == "skipping"
    assert skip_lot.disqualify(SKIPPING).state == "lot_by_lot"
    assert skip_lot.disqualify(skip_lot.SkipState()) == skip_lot.SkipState()


@pytest.mark.parametrize("interval", [2, 3, 4, 5])
def test_lots_are_drawn_at_random_in_the_agreed_share(interval):
    """REC-4: clause 6.4; the same seed draws the same lots."""
    rules = RULES._replace(intervals=(interval,))
    draws = [[skip_lot.inspects(SKIPPING, rules, source.random) for _lot in range(10_000)]
             for source in (random.Random(7), random.Random(7), random.Random(8))]
    assert draws[0] == draws[1] != draws[2]
    assert sum(draws[0]) / 10_000 == pytest.approx(1 / interval, abs=0.02)


def test_border_of_the_draw():
    """REC-4: one in four is a draw below a quarter."""
    rules = RULES._replace(intervals=(4,))
    assert skip_lot.inspects(SKIPPING, rules, lambda: 0)
    assert skip_lot.inspects(SKIPPING, rules, lambda: 0.2499)
    assert not skip_lot.inspects(SKIPPING, rules, lambda: 0.25)
    for wrong in (1, -0.1, 7):
        with pytest.raises(errors.InvalidParameter) as caught:
            skip_lot.inspects(SKIPPING, rules, lambda number=wrong: number)
        assert caught.value.data == {"name": "draw", "value": wrong, "low": 0, "high": 1}


@pytest.mark.parametrize(("aql", "severity", "critical", "expected"), [
    ("1.0", "normal", False, None), ("0.025", "normal", False, None), ("0.015", "normal", False, "aql_too_low"),
    ("1.0", "normal", True, "critical_class"), ("1.0", "tightened", False, "not_normal_inspection"),
    ("1.0", "reduced", False, "not_normal_inspection")])
def test_what_keeps_lots_from_being_skipped(aql, severity, critical, expected):
    """REC-4: clause 5.2.1 b) and c); an alternative to reduced inspection, not beside it."""
    assert skip_lot.obstacle(aql, severity, critical) == expected


@pytest.mark.parametrize("change", [
    {"lots_to_qualify": 0}, {"lots_to_next": -1}, {"lots_to_requalify": None}, {"lots_to_qualify": 2.5},
    {"lots_of_interruption": 3}, {"intervals": ()}, {"intervals": (1,)}, {"intervals": (6,)}, {"intervals": (4, 2)},
    {"intervals": (2, 2)}, {"intervals": None}, {"intervals": 3}])
def test_figures_that_cannot_be_followed_are_refused(change):
    """REC-4, bad input: agreed figures are checked before they are used."""
    with pytest.raises(errors.InvalidParameter) as caught:
        skip_lot.checked(RULES._replace(**change))
    assert caught.value.data["name"] in change


@pytest.mark.parametrize("change", [
    {"lots_to_qualify": 1}, {"lots_to_next": 1}, {"lots_to_requalify": 1}, {"lots_to_requalify": 8},
    {"intervals": (2, 3, 4, 5)}, {"intervals": (3,)}])
def test_smallest_figures_can_be_agreed(change):
    """REC-4: the borders of what can be followed."""
    rules = RULES._replace(**change)
    assert skip_lot.checked(rules) is rules


def test_refused_figures_name_their_borders():
    """REC-4, bad input: the error tells what would do."""
    borders = {}
    for change in ({"lots_to_qualify": 0}, {"lots_of_interruption": 3}, {"intervals": (9,)}):
        with pytest.raises(errors.InvalidParameter) as caught:
            skip_lot.checked(RULES._replace(**change))
        borders[caught.value.data["name"]] = (caught.value.data["low"], caught.value.data["high"])
    assert borders == {"lots_to_qualify": (1, None), "lots_of_interruption": (4, None), "intervals": (2, 5)}


def test_fewer_steps_agreed_while_lots_are_skipped():
    """REC-4: the last step that is left holds."""
    state = run("+.+.+.+.+.+", SKIPPING)
    assert skip_lot.interval(state, RULES._replace(intervals=(3,))) == 3


def test_speed_is_told():
    """REC-4: decisions per second, for ``make bench``."""
    rates = module("bench").rates(0.05)
    assert set(rates) == {"plan", "lot", "curve"}
    assert min(rates.values()) > 0
