"""REC-4: computed plans and isolated lots, against a search through all samples and the promise of the standard."""
from fractions import Fraction
from math import ceil, comb

import pytest

from sampling_kernel import kernel, module

errors, tables = module("errors"), module("tables")
hypergeometric = module("probability").hypergeometric


def accepted(acceptance, lot, bad, size):
    ways = sum(comb(bad, found) * comb(lot - bad, size - found) for found in range(min(acceptance, bad, size) + 1)
               if size - found <= lot - bad)
    return Fraction(ways, comb(lot, size))


@pytest.mark.parametrize("lot", [1, 2, 7, 40, 100, 213])
@pytest.mark.parametrize("quality", ["0.5", "1", "2.5", "6.5", "20", "100"])
@pytest.mark.parametrize("beta", ["0.05", "0.10"])
def test_zero_acceptance_sample_is_the_smallest(lot, quality, beta):
    """REC-4: C = 0 by LQ and consumer's risk: one item fewer would risk more."""
    bad, risk = ceil(Fraction(quality) * lot / 100), Fraction(beta)
    plan = kernel.zero_acceptance_plan(lot, quality, beta)
    assert plan.acceptance == 0
    assert plan.sample_size == next(size for size in range(1, lot + 1) if accepted(0, lot, bad, size) <= risk)


@pytest.mark.parametrize("lot", [20, 100, 213])
@pytest.mark.parametrize("aql", ["0.1", "1.0", "4.0"])
def test_zero_acceptance_sample_for_an_aql_is_the_largest(lot, aql):
    """REC-4: C = 0 by AQL and producer's risk: one item more would refuse good lots too often."""
    good, risk = int(Fraction(aql) * lot / 100), Fraction("0.05")
    plan = kernel.zero_acceptance_plan_for_aql(lot, aql, "0.05")
    assert plan.sample_size == max(size for size in range(1, lot + 1) if 1 - accepted(0, lot, good, size) <= risk)


def test_zero_acceptance_can_be_impossible():
    """REC-4: a lot that is 10 % bad at its AQL is refused by one item in ten."""
    with pytest.raises(errors.NoSuchPlan):
        kernel.zero_acceptance_plan_for_aql(100, 10, "0.05")


@pytest.mark.parametrize(("lot", "quality", "aql"), [(100, 10, 1), (213, 6.5, "1.0"), (500, 5, "1.0"), (60, 20, 4)])
def test_two_point_plan_is_the_smallest(lot, quality, aql):
    """REC-4: no smaller sample with any Ac keeps both risks."""
    bad, good = ceil(Fraction(str(quality)) * lot / 100), int(Fraction(str(aql)) * lot / 100)
    plan = kernel.limiting_quality_plan(lot, quality, aql)

    def keeps(size, acceptance):
        return (accepted(acceptance, lot, bad, size) <= Fraction("0.1")
                and 1 - accepted(acceptance, lot, good, size) <= Fraction("0.05"))

    assert keeps(plan.sample_size, plan.acceptance)
    smaller = ((size, acceptance) for size in range(1, plan.sample_size) for acceptance in range(min(size, 12)))
    assert not any(keeps(*one) for one in smaller)


@pytest.mark.parametrize("make", [
    lambda: kernel.zero_acceptance_plan(100, 0), lambda: kernel.zero_acceptance_plan(100, 101),
    lambda: kernel.zero_acceptance_plan(100, 5, 0), lambda: kernel.zero_acceptance_plan(100, 5, 1),
    lambda: kernel.limiting_quality_plan(100, 5, 5), lambda: kernel.limiting_quality_plan(100, 5, 6),
    lambda: kernel.zero_acceptance_plan_for_aql(100, 0)])
def test_risk_or_quality_out_of_bounds_is_refused(make):
    """REC-4, bad input."""
    with pytest.raises(errors.InvalidParameter):
        make()


def test_aql_too_near_to_the_limiting_quality_is_refused():
    """REC-4: instead of searching without end."""
    with pytest.raises(errors.NoSuchPlan):
        kernel.limiting_quality_plan(500_000, 1.1, 1.0)


# Isolated lots

SIZES = [*range(16, 400), *range(400, 3200, 37), 3200, 3201, 5000, 10_000, 10_001, 35_000, 35_001, 150_000, 150_001,
         500_000, 500_001, 3_000_000]


@pytest.mark.parametrize("quality", kernel.LIMITING_QUALITIES[3:])
def test_isolated_lot_keeps_the_promise_of_the_standard(quality):
    """REC-4: ISO 2859-2:1985, scope: the consumer's risk at the LQ is below 13 %; every lot size, exact."""
    for lot in SIZES:
        if quality == "2.0" and 51 <= lot <= 90:
            continue
        plan = kernel.isolated_plan(lot, quality)
        bad = ceil(Fraction(quality) * lot / 100)
        assert hypergeometric(plan.acceptance, lot, bad, plan.sample_size) < 0.13, lot


def test_isolated_plans_are_plans_of_the_aql_tables():
    """REC-4: ISO 2859-2 is made to be compatible: every plan with Ac above 0 stands in table 2-A or 2-B."""
    known = {(cell.sample_size, cell.acceptance) for severity in ("normal", "tightened")
             for cell in tables.plans(severity).values()}
    used = {(plan.planned_size, plan.acceptance) for lot in SIZES for quality in kernel.LIMITING_QUALITIES[3:]
            if not (quality == "2.0" and 51 <= lot <= 90) and (plan := kernel.isolated_plan(lot, quality)).acceptance}
    assert len(used) > 20
    assert used <= known


@pytest.mark.parametrize("quality", kernel.LIMITING_QUALITIES[3:])
def test_isolated_plan_asks_no_more_than_its_promise(quality):
    """REC-4: of the plans with this sample, the next higher Ac of tables 2-A and 2-B would break the 13 %."""
    known = {(cell.sample_size, cell.acceptance) for severity in ("normal", "tightened")
             for cell in tables.plans(severity).values()}
    for lot in (50, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000, 1000000):
        plan = kernel.isolated_plan(lot, quality)
        if not plan.whole_lot:
            size, bad = plan.sample_size, ceil(Fraction(quality) * lot / 100)
            higher = min((ac for number, ac in known if number == size and ac > plan.acceptance), default=1)
            assert hypergeometric(max(higher, plan.acceptance + 1), lot, bad, size) >= 0.13, lot


def test_isolated_sample_grows_with_lot_and_strictness():
    """REC-4: a larger lot never means a smaller sample, nor does a lower LQ; the smallest lots are inspected whole."""
    for quality in kernel.LIMITING_QUALITIES[3:]:
        sizes = [kernel.isolated_plan(lot, quality).sample_size for lot in SIZES
                 if lot > 50 and not (quality == "2.0" and lot <= 90)]
        assert sizes == sorted(sizes)
    for lot in SIZES:
        if not 51 <= lot <= 90:
            sizes = [kernel.isolated_plan(lot, quality).sample_size for quality in kernel.LIMITING_QUALITIES[3:]]
            assert sizes == sorted(sizes, reverse=True)


def test_isolated_sample_that_reaches_the_lot_is_the_lot():
    """REC-4, bad input: 50 of a lot of 40."""
    plan = kernel.isolated_plan(40, 2)
    assert (plan.sample_size, plan.planned_size, plan.whole_lot, plan.limiting_quality) == (40, 50, True, "2.0")


@pytest.mark.parametrize(("lot", "quality", "options", "what"), [
    (500, "0.80", {}, "isolated_lq"), (15, "5.0", {}, "isolated_lot_size"), (1, "5.0", {}, "isolated_lot_size"),
    (51, "2.0", {}, "isolated_cell"), (90, "2.0", {}, "isolated_cell"),
    (500, "5.0", {"procedure": "B"}, "isolated_procedure_b")])
def test_isolated_figure_without_source_is_refused(lot, quality, options, what):
    """REC-4: refused, not guessed; a computed plan for the same risk is there."""
    with pytest.raises(errors.PlanNotVouched) as caught:
        kernel.isolated_plan(lot, quality, **options)
    assert caught.value.data["what"] == what
    assert kernel.zero_acceptance_plan(lot, quality).sample_size <= lot


@pytest.mark.parametrize(("quality", "lower", "higher"), [
    (1, "0.80", "1.25"), (0.1, None, "0.50"), (50, "31.5", None), ("x", None, None), (None, None, None)])
def test_limiting_quality_that_is_not_preferred_names_the_next_ones(quality, lower, higher):
    """REC-4, bad input."""
    with pytest.raises(errors.UnknownLimitingQuality) as caught:
        kernel.isolated_plan(500, quality)
    assert (caught.value.data["lower"], caught.value.data["higher"]) == (lower, higher)
