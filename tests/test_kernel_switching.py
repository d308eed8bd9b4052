"""REC-4: switching rules of GB/T 2828.1, clause 9, per series of lots."""
import json
import random

import pytest

from sampling_kernel import kernel, module

errors, switching = module("errors"), module("switching")
State, Switch, Conditions, LotResult = switching.State, switching.Switch, switching.Conditions, switching.LotResult
ACCEPTED, REFUSED = LotResult(True, 1), LotResult(False, 1)
WANTED = Conditions(reduced_desired=True)


def run(results, state=None, conditions=switching.USUAL):
    state = state or switching.start()
    for result in results:
        state = switching.step(state, result, conditions)
    return state


def lots(text):
    """"+-" are lots accepted and not accepted, with Ac 1."""
    return [ACCEPTED if sign == "+" else REFUSED for sign in text]


def reduced():
    return run(lots("+" * 15), conditions=WANTED)


def test_inspection_starts_normal_unless_directed_otherwise():
    """REC-4: clause 9.1."""
    assert switching.start() == State("normal")
    assert switching.start("tightened").severity == "tightened"
    with pytest.raises(errors.UnknownChoice):
        switching.start("strict")


@pytest.mark.parametrize(("lot_series", "severity"), [
    ("--", "tightened"), ("+-+-", "tightened"), ("-+++-", "tightened"), ("-++++-", "normal"), ("++++++-", "normal"),
    ("-++++-++++-", "normal"), ("-++++-+++-", "tightened")])
def test_two_of_five_lots_tighten(lot_series, severity):
    """REC-4: clause 9.3.1, two of five or fewer consecutive lots; the sixth is another five."""
    state = run(lots(lot_series))
    assert state.severity == severity
    if severity == "tightened":
        assert state.history == (Switch(len(lot_series), "normal", "tightened", "two_of_five_not_accepted"),)


def test_lot_submitted_again_does_not_count():
    """REC-4: clause 9.3.1, original inspection only; neither against the supplier nor for him."""
    again = REFUSED._replace(original=False)
    assert run([REFUSED, again, again, again]) == run([REFUSED])
    tightened = switching.start("tightened")
    assert run([ACCEPTED._replace(original=False)] * 9, tightened) == tightened


def test_five_accepted_in_a_row_end_tightened_inspection():
    """REC-4: clause 9.3.2; a lot not accepted begins the row anew, and normal inspection begins afresh."""
    assert run(lots("++++"), switching.start("tightened")).severity == "tightened"
    assert run(lots("++++-++++"), switching.start("tightened")).severity == "tightened"
    state = run(lots("-+++++"), switching.start("tightened"))
    assert (state.severity, state.not_accepted, state.window, state.score) == ("normal", 0, (), 0)
    assert state.history[-1] == Switch(6, "tightened", "normal", "five_accepted")
    assert run(lots("-"), state).severity == "normal"


def test_fifth_lot_not_accepted_discontinues():
    """REC-4: clause 9.4, cumulative, not consecutive; nothing is judged until the improvement is accepted."""
    series = "-++++" * 4
    assert not run(lots(series), switching.start("tightened")).discontinued
    state = run(lots(series + "-"), switching.start("tightened"))
    assert state.discontinued
    assert state.not_accepted == 5
    assert state.history == (Switch(21, "tightened", None, "five_not_accepted"),)
    with pytest.raises(errors.InspectionDiscontinued) as caught:
        switching.step(state, ACCEPTED)
    assert caught.value.data == {"lots": 21, "not_accepted": 5}


def test_cumulative_count_ends_with_tightened_inspection():
    """REC-4: clause 9.4 counts within one period of tightened inspection."""
    state = run(lots("----+++++" + "--" + "----"), switching.start("tightened"))
    assert (state.severity, state.discontinued, state.not_accepted) == ("tightened", False, 4)
    assert run(lots("-"), state).discontinued


def test_inspection_resumes_tightened():
    """REC-4: clause 9.4, as if 9.3.1 had been invoked, with all counts at zero."""
    state = switching.resume(run(lots("-----"), switching.start("tightened")))
    assert state == State("tightened", lots=5, history=state.history)
    assert state.history[-1] == Switch(5, None, "tightened", "improved")
    assert not run(lots("----"), state).discontinued
    with pytest.raises(errors.NotDiscontinued):
        switching.resume(state)


# Reduced inspection

def test_score_of_small_acceptance_numbers():
    """REC-4: clause 9.3.3.2, Ac 0 or 1: two more for a lot accepted, else zero."""
    for acceptance in (0, 1):
        assert switching.score_after(8, LotResult(True, acceptance)) == 10
        assert switching.score_after(8, LotResult(False, acceptance)) == 0


def test_score_of_larger_acceptance_numbers():
    """REC-4: clause 9.3.3.2, Ac 2 or more: three more when the tighter AQL accepts too, else zero even if accepted."""
    assert switching.score_after(9, LotResult(True, 2, True)) == 12
    assert switching.score_after(9, LotResult(True, 2, False)) == 0
    assert switching.score_after(9, LotResult(False, 2, False)) == 0


@pytest.mark.parametrize(("lot", "aql", "found", "accepted", "tighter", "score"), [
    # K, 125: Ac 3 at AQL 1.0, 2 at 0.65 (quality-platform's own cases: 0 gives 3, 3 gives 0; 120 pieces give 2).
    (2000, "1.0", 0, True, True, 3), (2000, "1.0", 2, True, True, 3), (2000, "1.0", 3, True, False, 0),
    (2000, "1.0", 4, False, False, 0), (120, "1.0", 0, True, False, 2), (120, "1.0", 1, False, False, 0),
    (500, "1.0", 1, True, False, 2), (1000, "1.0", 1, True, True, 3), (1000, "1.0", 2, True, False, 0),
    # An arrow up: 200 pieces at L, Ac 21 at AQL 6.5 and 14 at 4.0 of the same sample.
    (600_000, "6.5", 14, True, True, 3), (600_000, "6.5", 15, True, False, 0)])
def test_lot_is_judged_at_the_tighter_aql_too(lot, aql, found, accepted, tighter, score):
    """REC-4: clause 9.3.3.2, from the table, for the sample that was inspected."""
    result = switching.judge(kernel.single_plan(lot, "II", aql), found)
    assert (result.accepted, result.accepted_tighter) == (accepted, tighter)
    assert switching.score_after(0, result) == score


def test_every_plan_can_be_judged():
    """REC-4: left of an Ac of two or more there is a smaller number for the same sample, in every table."""
    for aql in kernel.aqls():
        for severity in kernel.SEVERITIES:
            for lot in (1, 2, 20, 300, 4000, 50_000, 600_000):
                plan = kernel.single_plan(lot, "II", aql, severity, kernel.NONCONFORMITIES)
                assert switching.judge(plan, 0).accepted
                assert switching.judge(plan, 0).accepted_tighter == (plan.acceptance >= 2)
                assert not switching.judge(plan, plan.acceptance).accepted_tighter
                assert not switching.judge(plan, plan.rejection).accepted


@pytest.mark.parametrize(("lot", "number"), [(500, 15), (1000, 10)])
def test_reduced_inspection_begins_at_score_thirty(lot, number):
    """REC-4: clause 9.3.3.1, 15 lots with Ac 1 or 10 with more, steady production and approval."""
    good = switching.judge(kernel.single_plan(lot), 0)
    assert run([good] * (number - 1), conditions=WANTED).severity == "normal"
    state = run([good] * number, conditions=WANTED)
    assert (state.severity, state.score) == ("reduced", 0)
    assert state.history == (Switch(number, "normal", "reduced", "score_reached", 30),)


@pytest.mark.parametrize("conditions", [
    Conditions(),
    Conditions(steady=False, reduced_desired=True),
    Conditions(reduced_desired=True, normal_warranted=True)])
def test_score_alone_does_not_reduce(conditions):
    """REC-4: clause 9.3.3.1 b) and c); when the condition is met later, no further lot is needed."""
    state = run(lots("+" * 20), conditions=conditions)
    assert (state.severity, state.score) == ("normal", 40)
    assert switching.review(state, WANTED).severity == "reduced"
    assert switching.review(run(lots("+" * 14)), WANTED).severity == "normal"


@pytest.mark.parametrize(("result", "conditions", "reason"), [
    (REFUSED, WANTED, "lot_not_accepted"),
    (ACCEPTED, Conditions(steady=False, reduced_desired=True), "production_irregular"),
    (ACCEPTED, Conditions(reduced_desired=True, normal_warranted=True), "other_conditions")])
def test_reduced_inspection_ends(result, conditions, reason):
    """REC-4: clause 9.3.4; the score begins at zero again."""
    state = switching.step(reduced(), result, conditions)
    assert (state.severity, state.score, state.window) == ("normal", 0, ())
    assert state.history[-1][1:4] == ("reduced", "normal", reason)
    assert run(lots("+" * 14), state, WANTED).severity == "normal"
    assert run(lots("+" * 15), state, WANTED).severity == "reduced"


def test_reduced_inspection_ends_between_two_lots():
    """REC-4: clause 9.3.4 b), production stops being steady."""
    assert switching.review(reduced(), Conditions(steady=False)).severity == "normal"
    assert switching.review(reduced(), Conditions()).severity == "reduced"


def test_lots_on_reduced_inspection_go_on_being_accepted():
    """REC-4: reduced inspection has no end of its own."""
    assert run(lots("+" * 100), reduced(), WANTED).severity == "reduced"


# The whole

def reference(series, reduced_desired):
    """Clause 9 once more, from the whole history of lots, without counters: list of severities after each lot."""
    severity, since, found = "normal", [], []
    for result in series:
        since.append(result)
        before = severity
        if severity == "normal":
            last = [lot.accepted for lot in since[-5:]]
            score = 0
            for lot in since:
                good = lot.accepted_tighter if lot.acceptance >= 2 else lot.accepted
                score = score + (3 if lot.acceptance >= 2 else 2) if lot.accepted and good else 0
            if last.count(False) >= 2:
                severity = "tightened"
            elif score >= 30 and reduced_desired:
                severity = "reduced"
        elif severity == "tightened":
            if sum(not lot.accepted for lot in since) >= 5:
                severity = None
            elif len(since) >= 5 and all(lot.accepted for lot in since[-5:]):
                severity = "normal"
        elif not result.accepted:
            severity = "normal"
        if severity != before:
            since = []
        found.append(severity)
        if severity is None:
            break
    return found


@pytest.mark.parametrize("seed", range(30))
def test_long_series_follow_the_rules(seed):
    """REC-4: 200 lots of mixed plans and quality, against a second reading of clause 9."""
    chance = random.Random(seed)
    quality = chance.choice((0.02, 0.1, 0.25, 0.5))
    series = []
    for _lot in range(200):
        acceptance, accepted = chance.choice((0, 1, 2, 5)), chance.random() > quality
        tighter = acceptance >= 2 and accepted and chance.random() > quality / 2
        series.append(LotResult(accepted, acceptance, tighter))
    expected = reference(series, seed % 3 > 0)
    state, found = switching.start(), []
    for result in series[:len(expected)]:
        state = switching.step(state, result, WANTED if seed % 3 else switching.USUAL)
        found.append(None if state.discontinued else state.severity)
    assert found == expected


def test_state_never_changes_and_survives_json():
    """REC-4: a state is kept as JSON beside supplier, product and class; it comes back equal."""
    start = switching.start()
    for state in (start, run(lots("+-")), reduced(), run(lots("-----"), switching.start("tightened"))):
        assert State.from_json(json.loads(json.dumps(state.to_json()))) == state
    assert start == switching.start()
    with pytest.raises(AttributeError):
        start.severity = "reduced"


def test_switching_uses_the_plan_of_its_severity():
    """REC-4: a supplier's path through the three tables, one lot of 1000 after the other."""
    state, sizes = switching.start(), []
    for found in [3, 3] + [0] * 5 + [0] * 10 + [0, 2, 0]:
        plan = kernel.single_plan(1000, "II", "1.0", state.severity)
        sizes.append((plan.sample_size, plan.acceptance))
        state = switching.step(state, switching.judge(plan, found), WANTED)
    assert sizes == [(80, 2)] * 2 + [(80, 1)] * 5 + [(80, 2)] * 10 + [(32, 1)] * 2 + [(80, 2)]
    assert [switch.reason for switch in state.history] == [
        "two_of_five_not_accepted", "five_accepted", "score_reached", "lot_not_accepted"]
