"""REC-4: operating characteristic, against fractions, published curves and the other way round."""
from fractions import Fraction
from math import comb, exp, factorial

import pytest

from sampling_kernel import kernel, module

errors, curve, probability = module("errors"), module("curve"), module("probability")


def fixed(lot, size, acceptance, measure=kernel.ITEMS):
    return kernel.fixed_plan(lot, size, acceptance, measure)


def binomial(acceptance, size, share):
    return float(sum(comb(size, found) * share**found * (1 - share)**(size - found) for found in range(acceptance + 1)))


def hypergeometric(acceptance, lot, bad, size):
    ways = sum(comb(bad, found) * comb(lot - bad, size - found) for found in range(min(acceptance, bad, size) + 1)
               if size - found <= lot - bad)
    return float(Fraction(ways, comb(lot, size)))


@pytest.mark.parametrize(("size", "acceptance"), [
    (2, 0), (13, 0), (80, 2), (125, 21), (800, 10), (2000, 21), (3150, 1)])
@pytest.mark.parametrize("percent", ["0.01", "0.5", "1", "2.5", "10", "50", "99"])
def test_binomial_is_exact(size, acceptance, percent):
    """REC-4: clause 12.1, against whole-number fractions."""
    share = Fraction(percent) / 100
    found = probability.binomial(acceptance, size, float(share))
    assert found == pytest.approx(binomial(acceptance, size, share), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("lot", [10, 50, 500, 600, 601, 2000, 20_000])
@pytest.mark.parametrize(("size", "acceptance"), [(1, 0), (8, 0), (10, 3), (50, 1), (125, 5), (500, 21), (600, 3)])
def test_hypergeometric_is_exact(lot, size, acceptance):
    """REC-4: finite lots, on both sides of the size where counting gives way to logarithms."""
    if size > lot:
        pytest.skip("no such sample")
    for bad in sorted({0, 1, 2, 5, lot // 100, lot // 20, lot // 2, lot - size, lot - size + 1, lot - 1, lot}):
        found = probability.hypergeometric(acceptance, lot, bad, size)
        assert found == pytest.approx(hypergeometric(acceptance, lot, bad, size), rel=1e-9, abs=1e-12), bad


@pytest.mark.parametrize("bad", [0, 1, 3, 30, 250, 499, 500])
def test_logarithms_count_as_whole_numbers_do(monkeypatch, bad):
    """REC-4: the same lot of 500 by both ways."""
    cases = [(acceptance, size) for acceptance in (0, 1, 5) for size in (1, 20, 80, 470, 500)]
    counted = [probability.hypergeometric(acceptance, 500, bad, size) for acceptance, size in cases]
    monkeypatch.setattr(probability, "COUNTED", 0)
    assert [probability.hypergeometric(acceptance, 500, bad, size) for acceptance, size in cases] == pytest.approx(
        counted, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.5, 5, 20, 60, 2000])
@pytest.mark.parametrize("acceptance", [0, 1, 5, 21, 44])
def test_poisson_is_exact(acceptance, mean):
    """REC-4: nonconformities per 100 items."""
    exact = sum(Fraction(mean)**found / factorial(found) for found in range(acceptance + 1))
    expected = float(exact) * exp(-mean) if mean < 700 else 0.0
    assert probability.poisson(acceptance, mean) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(("size", "acceptance", "percent", "accepted"), [
    # UK Weights and Measures, SI 1996/2636, schedule 2: SQL is accepted with 95 %, LQ5 with 5 %.
    (80, 1, 0.44, 0.95), (80, 1, 5.8, 0.05), (125, 2, 0.65, 0.95), (125, 2, 5.0, 0.05)])
def test_curve_is_that_of_a_statutory_instrument(size, acceptance, percent, accepted):
    """REC-4: points printed there with two figures."""
    assert kernel.acceptance_probability(fixed(10**6, size, acceptance), percent) == pytest.approx(accepted, abs=0.005)


@pytest.mark.parametrize(("percent", "accepted"), [(1.0, 0.26), (0.10, 0.99)])
def test_curve_is_that_of_the_code_of_federal_regulations(percent, accepted):
    """REC-4: 7 CFR 42.140 on its OC curve 6, n = 500, Ac = 3: "only 26 percent", "about 99 percent"."""
    plan = fixed(10**6, 500, 3, kernel.NONCONFORMITIES)
    assert kernel.acceptance_probability(plan, percent) == pytest.approx(accepted, abs=0.01)


def test_model_follows_what_is_counted():
    """REC-4: items from a process, items of a lot, nonconformities; nothing else fits."""
    items, counted = kernel.single_plan(5000), kernel.single_plan(5000, measure=kernel.NONCONFORMITIES)
    assert curve.model_of(items) == "binomial"
    assert curve.model_of(counted) == "poisson"
    assert curve.model_of(kernel.whole_plan(20)) == "hypergeometric"
    assert curve.model_of(kernel.isolated_plan(500, "5.0")) == "hypergeometric"
    assert curve.model_of(items, "hypergeometric") == "hypergeometric"
    for plan, model in ((items, "poisson"), (counted, "binomial"), (items, "normal")):
        with pytest.raises(errors.UnknownChoice):
            kernel.acceptance_probability(plan, 1, model)


def test_small_shares_are_alike_in_all_models():
    """REC-4: a sample small beside its lot, few nonconforming: the three models agree to the third place."""
    lot = 10**6
    for percent in (0.1, 0.5, 1.0):
        items = fixed(lot, 125, 3)
        known = [kernel.acceptance_probability(items, percent, model) for model in ("binomial", "hypergeometric")]
        known.append(kernel.acceptance_probability(fixed(lot, 125, 3, kernel.NONCONFORMITIES), percent))
        assert max(known) - min(known) < 0.002


def test_curve_falls_from_one_to_the_tail():
    """REC-4: 101 points from quality zero, falling, until 1 % is accepted; a whole lot falls in one step."""
    for plan in (kernel.single_plan(500), kernel.single_plan(500, aql=100, measure=kernel.NONCONFORMITIES),
                 kernel.isolated_plan(500, "5.0"), kernel.zero_acceptance_plan(500, 2)):
        points = kernel.oc_curve(plan)
        assert len(points) == 101
        assert points[0] == (0.0, 1.0)
        assert points[-1][1] == pytest.approx(0.01, rel=0.3)
        assert all(before[0] < after[0] and before[1] > after[1] - 1e-12
                   for before, after in zip(points, points[1:], strict=False))
    whole = kernel.oc_curve(kernel.whole_plan(100, 2), points=101, upto=100)
    assert [chance for _quality, chance in whole] == [1.0] * 3 + [0.0] * 98


def test_curve_takes_its_own_end():
    """REC-4: for several plans in one picture."""
    assert [quality for quality, _chance in kernel.oc_curve(kernel.single_plan(500), 3, upto=5)] == [0, 2.5, 5]
    for wrong in ({"points": 1}, {"points": 2.5}, {"upto": 0}, {"upto": 101}):
        with pytest.raises(errors.InvalidParameter):
            kernel.oc_curve(kernel.single_plan(500), **wrong)


@pytest.mark.parametrize("chance", [0.95, 0.5, 0.1, 0.05])
def test_quality_is_found_back_from_its_probability(chance):
    """REC-4: the consumer's risk quality and its like."""
    for plan in (kernel.single_plan(3000), kernel.single_plan(90, aql=1000, measure=kernel.NONCONFORMITIES)):
        quality = kernel.quality_accepted(plan, chance)
        assert kernel.acceptance_probability(plan, quality) == pytest.approx(chance, abs=1e-9)


def test_quality_of_a_lot_is_a_whole_number_of_items():
    """REC-4: the fewest nonconforming items that are accepted seldom enough; one fewer is not."""
    plan = kernel.isolated_plan(500, "5.0")
    quality = kernel.quality_accepted(plan, 0.1)
    bad = quality * 500 / 100
    assert bad == pytest.approx(round(bad))
    assert hypergeometric(plan.acceptance, 500, round(bad), plan.sample_size) <= 0.1
    assert hypergeometric(plan.acceptance, 500, round(bad) - 1, plan.sample_size) > 0.1


def test_quality_that_no_lot_can_have_is_none():
    """REC-4: one item of two with Ac 0 accepts half of the lots that are half bad, and none that are bad."""
    assert kernel.quality_accepted(fixed(2, 1, 0), 0.1, "hypergeometric") == 100
    assert kernel.quality_accepted(fixed(2, 1, 0), 0.5, "hypergeometric") == 50
    assert kernel.quality_accepted(fixed(100, 2, 1), 0.1) < 100
    for wrong in (0, 1, 2, "x"):
        with pytest.raises(errors.InvalidParameter):
            kernel.quality_accepted(kernel.single_plan(500), wrong)


def test_risks_of_a_plan():
    """REC-4: what the form shows: producer's risk at the AQL, limiting and indifference quality."""
    points = kernel.risk_points(kernel.single_plan(1000, "II", "1.0"))
    assert points["acceptance_at_aql"] == pytest.approx(binomial(2, 80, Fraction(1, 100)))
    assert points["acceptance_at_aql"] + points["producer_risk"] == 1
    assert 0.95 - points["acceptance_at_aql"] < 0.01
    assert 1.0 < points["indifference_quality"] < points["limiting_quality"] < 7
    assert kernel.risk_points(fixed(100, 5, 0))["producer_risk"] is None
    # 100 pieces as good as an AQL of 1.5 have one nonconforming piece, not two.
    whole = kernel.zero_acceptance_plan_for_aql(100, 1.5, 0.2)
    assert kernel.risk_points(whole)["producer_risk"] == pytest.approx(0.2)


@pytest.mark.parametrize("quality", [-0.1, 100.1, "x", None])
def test_quality_out_of_bounds_is_refused(quality):
    """REC-4, bad input; nonconformities per 100 items have no upper bound."""
    with pytest.raises(errors.InvalidParameter):
        kernel.acceptance_probability(kernel.single_plan(500), quality)
    assert kernel.acceptance_probability(kernel.single_plan(500, measure=kernel.NONCONFORMITIES), 1000) < 1e-9


def test_extremes_neither_overflow_nor_vanish():
    """REC-4: millions of items, no and only nonconforming ones."""
    plan = kernel.single_plan(10**8, "III", "0.10")
    for model in ("binomial", "hypergeometric"):
        assert kernel.acceptance_probability(plan, 0, model) == 1
        assert kernel.acceptance_probability(plan, 100, model) == 0
        assert 0 < kernel.acceptance_probability(plan, 0.2, model) < 1
    assert probability.hypergeometric(0, 10**8, 10**7, 3150) == pytest.approx(0.9**3150, rel=1e-2)


def test_outgoing_quality_is_never_worse_than_incoming():
    """REC-4: clause 12.4; a lot inspected whole goes out without nonconforming items."""
    plan = kernel.single_plan(1000)
    for quality in (0.1, 1, 2, 5, 20):
        assert 0 <= kernel.average_outgoing_quality(plan, quality) < quality
    assert kernel.average_outgoing_quality(kernel.whole_plan(50), 4) == 0
