"""REC-4: plans by lot size, level, AQL and severity; 100 %, percentage, fixed; bad input."""
import math
from decimal import Decimal
from fractions import Fraction

import pytest

from sampling_kernel import kernel, module

errors = module("errors")


def figures(plan):
    return plan.sample_size, plan.acceptance, plan.rejection


@pytest.mark.parametrize(("lot", "level", "aql", "severity", "expected"), [
    # Questions for quality engineers in China: p719.cn 26948340 (examples 1 and 2), ixiawen.com 27005649.
    (2000, "II", 1.5, "normal", (125, 5, 6)),
    (1000, "I", 0.25, "tightened", (80, 0, 1)),
    (50, "II", 1.0, "normal", (13, 0, 1)),
    # bruniglass.com, "Statistische Kontrolle" (table 1, level II, AQL 0.065, 2.5, 6.5).
    (10_000, "II", 0.065, "normal", (200, 0, 1)),
    (35_000, "II", 2.5, "normal", (315, 14, 15)),
    (35_000, "II", 6.5, "normal", (200, 21, 22)),
    (150_000, "II", 0.065, "normal", (800, 1, 2)),
    # IFS Cloud 25R2, "Acceptance Sampling": code letter K, 125 items.
    (2000, "II", 0.65, "normal", (125, 2, 3)),
])
def test_plan_is_the_published_one(lot, level, aql, severity, expected):
    """REC-4: plans that others have published, named above."""
    assert figures(kernel.single_plan(lot, level, aql, severity)) == expected


def test_arrow_takes_the_sample_of_the_plan_it_leads_to():
    """REC-4: clause 10.3, letter and sample size change together; both letters are kept."""
    plan = kernel.single_plan(500, "I", "0.65")
    assert (plan.first_letter, plan.letter, plan.table) == ("F", "F", "2-A")
    plan = kernel.single_plan(500, "II", "0.65")
    assert (plan.first_letter, plan.letter, figures(plan)) == ("H", "J", (80, 1, 2))


def test_same_lot_under_the_three_severities():
    """REC-4: a lot of 1000, level II, AQL 1.0: 80/2, tightened 80/1, reduced 32/1."""
    assert [figures(kernel.single_plan(1000, "II", "1.0", severity)) for severity in kernel.SEVERITIES] == [
        (80, 2, 3), (80, 1, 2), (32, 1, 2)]


def test_every_lot_level_aql_and_severity_has_a_plan():
    """REC-4: levels S-1 to III, AQL 0.010 to 1000, all severities; a sample never exceeds its lot."""
    for lot in (1, 2, 8, 9, 25, 26, 500, 501, 150_000, 500_001, 10**8):
        for level in kernel.LEVELS:
            for aql in kernel.aqls():
                for severity in kernel.SEVERITIES:
                    plan = kernel.single_plan(lot, level, aql, severity, kernel.NONCONFORMITIES)
                    assert 1 <= plan.sample_size <= lot
                    assert plan.sample_size == min(lot, plan.planned_size)


def test_sample_as_large_as_the_lot_is_the_whole_lot():
    """REC-4, bad input: 13 of a lot of 8 means all 8; 13 of 13 is the whole lot, 13 of 14 is not. Ac stays."""
    for lot, whole in ((8, True), (13, True), (14, False)):
        plan = kernel.single_plan(lot, "II", "1.0")
        assert (plan.sample_size, plan.planned_size, plan.acceptance, plan.whole_lot) == (min(13, lot), 13, 0, whole)


def test_lot_of_one_is_inspected_whole():
    """REC-4, bad input: table 1 starts at two; a single item is inspected and must be good, whatever the AQL."""
    for aql in ("0.010", "1.0", "1000"):
        plan = kernel.single_plan(1, "S-1", aql, measure=kernel.NONCONFORMITIES)
        assert figures(plan) == (1, 0, 1)
        assert plan.whole_lot
        assert plan.letter is None


@pytest.mark.parametrize("lot", [0, -1, 0.5, 2.5, math.nan, math.inf, "500", None, True, False, [500]])
def test_lot_that_is_no_number_of_items_is_refused(lot):
    """REC-4, bad input: zero, negative, part of an item, nothing."""
    for make in (kernel.single_plan, kernel.whole_plan, lambda size: kernel.percentage_plan(size, 10),
                 lambda size: kernel.fixed_plan(size, 5), lambda size: kernel.zero_acceptance_plan(size, 5),
                 lambda size: kernel.isolated_plan(size, "5.0")):
        with pytest.raises(errors.InvalidLotSize) as caught:
            make(lot)
        assert caught.value.code == "invalid_lot_size"
        assert caught.value.data["minimum"] == 1


@pytest.mark.parametrize("lot", [500, 500.0, Decimal(500), Fraction(500)])
def test_lot_size_may_come_as_any_number(lot):
    """REC-4: Odoo's quantities are floats."""
    assert figures(kernel.single_plan(lot)) == (50, 1, 2)


@pytest.mark.parametrize("aql", ["1.0", "1", 1, 1.0, Decimal("1.00"), " 1.0 "])
def test_aql_may_be_written_in_any_way(aql):
    """REC-4: the plan keeps the AQL as the standard prints it."""
    assert kernel.single_plan(500, "II", aql).aql == "1.0"


@pytest.mark.parametrize(("aql", "lower", "higher"), [
    (1.1, "1.0", "1.5"), ("0.5", "0.40", "0.65"), (0, None, "0.010"), (-1, None, "0.010"), (2000, "1000", None),
    ("abc", None, None), (None, None, None), (False, None, None), (True, None, None), (math.nan, None, None)])
def test_aql_that_is_not_preferred_names_the_next_ones(aql, lower, higher):
    """REC-4, bad input: clause 5.3 has a series; no plan is made up between its values."""
    with pytest.raises(errors.UnknownAql) as caught:
        kernel.single_plan(500, "II", aql)
    assert (caught.value.data["lower"], caught.value.data["higher"]) == (lower, higher)


def test_percentage_above_ten_is_no_aql_of_items():
    """REC-4: clause 5.2, an AQL above 10 counts nonconformities."""
    with pytest.raises(errors.AqlOnlyForNonconformities) as caught:
        kernel.single_plan(500, "II", 15)
    assert caught.value.data == {"aql": "15", "highest": "10"}
    assert figures(kernel.single_plan(500, "II", 10)) == (50, 10, 11)
    assert figures(kernel.single_plan(500, "II", 15, measure=kernel.NONCONFORMITIES)) == (50, 14, 15)


@pytest.mark.parametrize("choice", [{"level": "IV"}, {"level": None}, {"severity": "loose"}, {"measure": "kg"}])
@pytest.mark.parametrize("lot", [1, 500])
def test_unknown_choice_names_the_known_ones(lot, choice):
    """REC-4, bad input: level, severity, measure; also for a lot of one."""
    with pytest.raises(errors.UnknownChoice) as caught:
        kernel.single_plan(lot, **choice)
    assert {caught.value.data["name"]: caught.value.data["value"]} == choice
    assert caught.value.data["known"]


def test_lot_is_accepted_up_to_ac():
    """REC-4: clause 11.1.1."""
    plan = kernel.single_plan(500, "II", "1.0")
    assert [plan.accepts(count) for count in (0, 1, 2, 50)] == [True, True, False, False]


def test_more_nonconforming_items_than_inspected_are_refused():
    """REC-4, bad input: items are at most as many as the sample; an item may have several nonconformities."""
    plan = kernel.single_plan(500)
    for count in (-1, 51, 1.5, None, True):
        with pytest.raises(errors.InvalidCount):
            plan.accepts(count)
    counted = kernel.single_plan(500, aql=100, measure=kernel.NONCONFORMITIES)
    assert counted.accepts(counted.acceptance)
    assert counted.acceptance > counted.sample_size
    assert not counted.accepts(1000)


@pytest.mark.parametrize(("lot", "percent", "expected"), [
    (100, 10, 10), (101, 10, 11), (70, 10, 7), (3, 10, 1), (1, 0.001, 1), (1000, 0.1, 1), (1001, 0.1, 2),
    (30, 10.0, 3), (7, 100, 7), (1000, "12.5", 125), (2900, 0.07, 3)])
def test_percentage_is_rounded_up(lot, percent, expected):
    """REC-4: a part of an item is an item, at least one; 0.07 is seven hundredths, not its neighbour in binary."""
    assert kernel.percentage_plan(lot, percent).sample_size == expected


@pytest.mark.parametrize("percent", [0, -5, 100.1, "x", None, math.nan])
def test_percentage_out_of_bounds_is_refused(percent):
    """REC-4, bad input."""
    with pytest.raises(errors.InvalidParameter) as caught:
        kernel.percentage_plan(100, percent)
    assert caught.value.data["name"] == "percent"


def test_fixed_sample_never_exceeds_its_lot():
    """REC-4, bad input: five of a lot of three are three."""
    assert figures(kernel.fixed_plan(100, 5)) == (5, 0, 1)
    plan = kernel.fixed_plan(3, 5)
    assert (plan.sample_size, plan.planned_size, plan.whole_lot) == (3, 5, True)
    assert figures(kernel.whole_plan(40)) == (40, 0, 1)


@pytest.mark.parametrize(("size", "acceptance", "name"), [
    (0, 0, "sample_size"), (-1, 0, "sample_size"), (2.5, 0, "sample_size"), ("5", 0, "sample_size"),
    (5, -1, "acceptance"), (5, 5, "acceptance"), (5, 0.5, "acceptance"), (5, None, "acceptance")])
def test_fixed_plan_out_of_bounds_is_refused(size, acceptance, name):
    """REC-4, bad input: a plan that accepts all that it inspects is none."""
    with pytest.raises(errors.InvalidParameter) as caught:
        kernel.fixed_plan(100, size, acceptance)
    assert caught.value.data["name"] == name


def test_agreed_plan_never_accepts_a_lot_of_nothing_but_faults():
    """REC-4: Ac 2 of a fixed sample of 5 is Ac 1 of a lot of 2, and Ac 0 of a single item."""
    assert [kernel.fixed_plan(lot, 5, 2).acceptance for lot in (10, 5, 3, 2, 1)] == [2, 2, 2, 1, 0]
    assert kernel.percentage_plan(10, 10, 3).acceptance == 0
    assert kernel.fixed_plan(2, 5, 4, kernel.NONCONFORMITIES).acceptance == 4
    for aql in kernel.aqls()[:16]:
        for lot in range(1, 30):
            for level in kernel.LEVELS:
                for severity in kernel.SEVERITIES:
                    plan = kernel.single_plan(lot, level, aql, severity)
                    assert not plan.accepts(plan.sample_size), plan


@pytest.mark.parametrize(("refuse", "what"), [(kernel.double_plan, "double"), (kernel.squeglia_plan, "squeglia"),
                                              (module("skip_lot").standard_rules, "skip_lot_figures")])
def test_figures_that_nobody_vouches_for_are_refused(refuse, what):
    """REC-4: no figure from doubtful memory; the error says which standard, which table, and why."""
    with pytest.raises(errors.PlanNotVouched) as caught:
        refuse()
    standard, clause, reason = kernel.REFUSED[what]
    assert caught.value.data == {"what": what, "standard": standard, "clause": clause, "reason": reason}


def test_errors_are_codes_and_data():
    """REC-4: the Odoo layer words and translates; every code is used once."""
    kinds = [kind for kind in vars(errors).values()
             if isinstance(kind, type) and issubclass(kind, errors.SamplingError)]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.code.replace("_", "").isalpha() and kind.code.islower() for kind in kinds)
    assert str(errors.InvalidLotSize(lot_size=0, minimum=1)) == "invalid_lot_size, lot_size=0, minimum=1"
