"""REC-4: control charts and capability, against tables and results that others published."""
from math import inf, nan, pi, sqrt
from random import Random

import pytest

from odoo.addons.quality_spc.kernel import control_chart as charts
from odoo.addons.quality_spc.kernel import control_constants as constants
from odoo.addons.quality_spc.kernel import errors
from odoo.addons.quality_spc.kernel import run_rules as rules

# Piston ring diameters (mm), 25 subgroups of five: Montgomery, Introduction to Statistical Quality Control, table 6.3.
# As in the data set of the R package qcc; thousandths above or below 74 mm.
PISTON_RINGS = [[74 + value / 1000 for value in row] for row in (
    (30, 2, 19, -8, 8), (-5, -8, 1, 11, 4), (-12, 24, 21, 5, 2), (2, -4, -7, 15, 9), (-8, 7, 15, -11, 14),
    (9, -6, -3, -15, -7), (-5, 6, -6, 0, 5), (-15, 3, -7, 15, -12), (8, -5, 9, 5, 4), (-2, 0, -10, 7, -5),
    (-6, -2, -6, -5, -10), (4, 0, 7, 0, -4), (-17, 2, -2, -3, 12), (6, -33, -6, 0, -16), (12, 14, -2, -1, 7),
    (0, -16, 5, -2, -4), (-6, 12, -14, 5, 7), (6, 10, 18, 3, 0), (-16, 2, 3, 5, -3), (0, 10, 13, 20, 3),
    (-12, 1, 9, 5, -4), (4, -1, -10, 6, 9), (10, -11, -10, 9, 14), (15, 8, -7, 0, 10), (-18, -16, -5, 17, 13))]
# Water content of antifreeze: Wetherill and Brown (1991), p. 120, as printed in the tests of the R package qcc.
ANTIFREEZE = [
    2.23, 2.53, 2.62, 2.63, 2.58, 2.44, 2.49, 2.34, 2.95, 2.54, 2.60, 2.45, 2.17, 2.58, 2.57, 2.44, 2.38, 2.23, 2.23,
    2.54, 2.66, 2.84, 2.81, 2.39, 2.56, 2.70, 3.00, 2.81, 2.77, 2.89, 2.54, 2.98, 2.35, 2.53]
# Viscosity of paint: Montgomery, p. 242.
VISCOSITY = [33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
# Leaking orange juice cans in samples of 50: Montgomery, table 7.1.
ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13,
                9, 6]
# Battery failures in lots of unequal size: SAS/QC sample SHWPEX3.
BATTERIES = [
    (6, 151), (5, 142), (6, 145), (9, 149), (3, 150), (0, 156), (4, 150), (9, 158), (4, 152), (0, 162), (9, 140),
    (7, 161), (6, 154), (1, 144), (5, 154), (3, 151), (8, 148), (2, 143), (4, 150), (4, 147), (0, 150), (2, 154),
    (8, 149), (3, 160), (9, 153)]
# Gap widths, means and ranges of 21 subgroups of five: SAS/QC sample SHWTEST.
GAP_MEANS = [270, 258, 248, 260, 273, 260, 259, 248, 260, 255, 268, 253, 273, 275, 257, 269, 249, 264, 258, 248, 248]
GAP_RANGES = [35, 25, 24, 39, 29, 21, 37, 37, 28, 19, 36, 36, 29, 22, 24, 41, 36, 31, 25, 36, 30]


def broken(deviations, *codes):
    return [(item.rule, item.index) for item in rules.violations(deviations, codes or rules.NELSON)]


# d2 and d3 as printed by Minitab ("Unbiasing constants d2(), d3(), and d4()"), n = 2 .. 25.
MINITAB_D2 = (1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532,
              3.588, 3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931)
MINITAB_D3 = (0.8525, 0.8884, 0.8798, 0.8641, 0.8480, 0.8332, 0.8198, 0.8078, 0.7971, 0.7873, 0.7785, 0.7704, 0.7630,
              0.7562, 0.7499, 0.7441, 0.7386, 0.7335, 0.7287, 0.7242, 0.7199, 0.7159, 0.7121, 0.7084)


@pytest.mark.parametrize("size", range(2, 26))
def test_integrals_meet_the_published_table(size):
    """REC-4: every d2 and d3 of a table printed to four figures."""
    factor = constants.factors(size)
    # Some printed last figures are truncated, not rounded (d2(7) = 2.7044, d3(11) = 0.78731).
    assert factor.d2 == pytest.approx(MINITAB_D2[size - 2], abs=6e-4)
    assert factor.d3 == pytest.approx(MINITAB_D3[size - 2], abs=1.1e-4)


@pytest.mark.parametrize(("size", "d2", "d3"), [
    (2, 2 / sqrt(pi), sqrt(2 - 4 / pi)),
    # E[R] = 3/sqrt(pi) and E[R**2] = 2 + 3 sqrt(3)/pi for three.
    (3, 3 / sqrt(pi), sqrt(2 + 3 * sqrt(3) / pi - 9 / pi))])
def test_integrals_meet_the_closed_forms(size, d2, d3):
    """REC-4: for two and three values the moments of the range are known exactly."""
    factor = constants.factors(size)
    assert factor.d2 == pytest.approx(d2, abs=1e-12)
    assert factor.d3 == pytest.approx(d3, abs=1e-7)


@pytest.mark.parametrize(("size", "a2", "lower", "upper"), [
    # Tables printed by an AIAG SPC calculator and by a SCADA handbook agree on these; GB/T 4091-2001 prints three
    # decimals too.
    (2, 1.880, 0, 3.267), (3, 1.023, 0, 2.575), (4, 0.729, 0, 2.282), (5, 0.577, 0, 2.115), (6, 0.483, 0, 2.004),
    (7, 0.419, 0.076, 1.924), (8, 0.373, 0.136, 1.864), (9, 0.337, 0.184, 1.816), (10, 0.308, 0.223, 1.777),
    (20, 0.180, 0.415, 1.585), (25, 0.153, 0.459, 1.541)])
def test_factors_of_the_limits(size, a2, lower, upper):
    """REC-4: A2, D3 and D4; the last printed figure may differ by one, tables round d2 and d3 first."""
    factor = constants.factors(size)
    assert (factor.a2, factor.lower_range, factor.upper_range) == pytest.approx((a2, lower, upper), abs=1.1e-3)


@pytest.mark.parametrize("size", [0, 1, 26, 2.5, "5", None, True])
def test_subgroup_of_impossible_size_is_refused(size):
    """REC-4: bad input is typed."""
    with pytest.raises(errors.InvalidParameter) as error:
        constants.factors(size)
    assert (error.value.data["low"], error.value.data["high"]) == (2, 25)


def test_xbar_r_of_the_piston_rings():
    """REC-4: centre, spread and limits as the R package qcc gives them for the same data."""
    chart = charts.xbar_r(PISTON_RINGS)
    assert chart.means.center == pytest.approx(74.00118, abs=5e-6)
    # qcc divides by d2 = 2.326 for 2.32593.
    assert chart.sigma == pytest.approx(0.009785039 * 2.326 / constants.factors(5).d2, rel=1e-6)
    assert (chart.means.lower[0], chart.means.upper[0]) == pytest.approx((73.98805, 74.0143), abs=6e-6)
    assert chart.ranges.center == pytest.approx(0.02276, abs=1e-9)
    assert (chart.ranges.lower[0], chart.ranges.upper[0]) == pytest.approx((0, 0.04812533), abs=1e-6)
    assert not any(item.rule == "1" for item in (*chart.means.violations, *chart.ranges.violations))
    assert not chart.preliminary


@pytest.mark.parametrize(("values", "center", "sigma", "lower", "upper"), [
    (VISCOSITY, 33.52333, 0.4261651, 32.24484, 34.80183),
    (ANTIFREEZE, 2.569706, 0.1794541, 2.031344, 3.108068)])
def test_individuals_against_qcc(values, center, sigma, lower, upper):
    """REC-4: charts of single values as the R package qcc gives them, which takes d2 = 1.128 for 1.12838."""
    chart = charts.individuals(values)
    sigma_exact = sigma * 1.128 / constants.factors(2).d2
    assert chart.means.center == pytest.approx(center, rel=2e-7)
    assert chart.sigma == pytest.approx(sigma_exact, rel=1e-6)
    assert (chart.means.lower[0], chart.means.upper[0]) == pytest.approx((lower, upper), rel=1e-4)
    assert len(chart.ranges.values) == len(values) - 1


def test_p_chart_of_the_orange_juice():
    """REC-4: centre, limits and the points beyond them, before and after these are taken out (qcc, Montgomery)."""
    chart = charts.p_chart([(count, 50) for count in ORANGE_JUICE])
    assert chart.center == pytest.approx(0.2313333, abs=5e-8)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((0.05242755, 0.4102391), rel=1e-6)
    assert [item.index for item in chart.violations if item.rule == "1"] == [14, 22]
    chart = charts.p_chart([(count, 50) for place, count in enumerate(ORANGE_JUICE) if place not in (14, 22)])
    assert (chart.center, chart.lower[0], chart.upper[0]) == pytest.approx((0.215, 0.04070284, 0.3892972), rel=1e-6)
    assert [item.index for item in chart.violations if item.rule == "1"] == [19]


def test_p_chart_of_unequal_samples_has_limits_of_each_sample():
    """REC-4: the larger the sample the narrower its limits; they are never below 0 or above 1."""
    chart = charts.p_chart(BATTERIES)
    assert chart.center == pytest.approx(117 / 3773)
    for (bad, size), value, lower, upper in zip(BATTERIES, chart.values, chart.lower, chart.upper, strict=True):
        assert value == bad / size
        assert lower == 0
        assert (upper - chart.center)**2 * size == pytest.approx(9 * chart.center * (1 - chart.center))
    assert not any(item.rule == "1" for item in chart.violations)
    assert charts.p_chart([(1, 2), (2, 2), (1, 1)]).upper == (1, 1, 1)


def test_p_chart_without_nonconforming_items_tells_nothing():
    """REC-4: no spread: no point is beyond, and a later bad one would be."""
    chart = charts.p_chart([(0, 50)] * 8)
    assert (chart.center, set(chart.lower), set(chart.upper), chart.violations) == (0, {0}, {0}, ())


def test_test_5_is_positive_at_sample_14():
    """REC-4: "Test 5 was positive at sample 14, signaling a possible shift in the mean" (SAS/QC, example 17.34)."""
    factor = constants.factors(5)
    center = sum(GAP_MEANS) / len(GAP_MEANS)
    sigma = sum(GAP_RANGES) / len(GAP_RANGES) / factor.d2 / sqrt(5)
    deviations = [(mean - center) / sigma for mean in GAP_MEANS]
    assert broken(deviations, "1", "2", "3", "4", "5") == [("5", 13)]


def test_nelson_1_one_point_beyond_three():
    """REC-4: on the limit is not beyond it."""
    assert broken([0.5, 3.0, -3.0, 3.01, -3.5], "1") == [("1", 3), ("1", 4)]


def test_nelson_2_nine_on_one_side_and_the_handbook_says_eight():
    """REC-4: a point on the line ends the run."""
    run = [0.1] * 8
    assert broken([*run, 0.2], "2") == [("2", 8)]
    assert not broken([*run, 0.0, 0.1], "2")
    assert not broken([-0.1, *run], "2")
    assert broken([-0.1, *run], "WE4") == [("WE4", 8)]
    assert broken([-value for value in [*run, 0.1, 0.1]], "2") == [("2", 8), ("2", 9)]


def test_nelson_3_six_in_a_row_rise_or_fall():
    """REC-4: five steps; standing still ends them."""
    assert broken([-0.5, -0.3, -0.1, 0.1, 0.3, 0.5], "3") == [("3", 5)]
    assert broken([0.5, 0.3, 0.1, -0.1, -0.3, -0.5], "3") == [("3", 5)]
    assert not broken([-0.5, -0.3, -0.1, -0.1, 0.3, 0.5, 0.6], "3")


def test_nelson_4_fourteen_alternate():
    """REC-4: up and down thirteen times, wherever the line is."""
    saw = [0.2, 0.4] * 7
    assert broken(saw, "4") == [("4", 13)]
    assert not broken(saw[:13], "4")
    assert not broken([*saw[:6], saw[5], *saw[6:]], "4")


def test_nelson_5_two_of_three_beyond_two():
    """REC-4: same side; the signal is at the point that completes the pattern."""
    assert broken([2.1, 0, 2.2], "5") == [("5", 2)]
    assert broken([2.1, 2.2], "5") == [("5", 1)]
    assert not broken([2.1, 0, 0, 2.2], "5")
    assert not broken([2.1, -2.2, 0], "5")
    assert not broken([2.0, 2.0, 2.0], "5")


def test_nelson_6_four_of_five_beyond_one():
    """REC-4: same side."""
    assert broken([1.1, 1.2, -3, 1.1, 1.2], "6") == [("6", 4)]
    assert not broken([1.1, 1.2, 0, 0, 1.2, 1.3], "6")
    assert not broken([1.1, 1.2, -1.2, -1.2, -1.3], "6")


def test_nelson_7_fifteen_within_one():
    """REC-4: both sides of the line."""
    near = [0.9, -0.9, 0.1] * 5
    assert broken(near, "7") == [("7", 14)]
    assert not broken([*near[:14], 1.0], "7")


def test_nelson_8_eight_outside_one_on_both_sides():
    """REC-4: on one side only it is another test."""
    far = [1.1, -1.1] * 4
    assert broken(far, "8") == [("8", 7)]
    assert not broken([1.1] * 8, "8")
    assert not broken([*far[:7], 1.0], "8")


def test_a_rule_of_another_book_is_refused():
    """REC-4: bad input is typed."""
    with pytest.raises(errors.UnknownChoice):
        rules.violations([0, 1], ("9",))


def test_random_points_signal_about_as_often_as_they_should():
    """REC-4: beyond three standard deviations lie 27 of 10,000 normal points; tests 2 to 4 are as rare (Nelson)."""
    random = Random(20260302)
    points = [random.gauss(0, 1) for _turn in range(40_000)]
    found = rules.violations(points, ("1", "2", "3", "4"))
    share = {code: sum(item.rule == code for item in found) / len(points) for code in "1234"}
    assert share["1"] == pytest.approx(0.0027, abs=0.0008)
    assert 0.0005 < share["3"] < 0.005
    # One in 256 for nine on a side; 2 E14 / 14! for fourteen alternating (Euler zigzag number 199,360,981).
    assert share["2"] == pytest.approx(1 / 256, abs=0.0015)
    assert share["4"] == pytest.approx(2 * 199_360_981 / 87_178_291_200, abs=0.0015)


def test_ranges_and_shares_are_not_checked_by_symmetric_zones():
    """REC-4: tests 5 to 8 suppose a symmetric distribution."""
    groups = [[0, spread] for spread in (9, 9, 1, 1, 1, 1, 1, 1, 1, 1)]
    chart = charts.xbar_r([[-spread / 2, spread / 2] for _zero, spread in groups])
    assert {item.rule for item in chart.ranges.violations} <= set(rules.ASYMMETRIC)
    assert not chart.means.violations or {item.rule for item in chart.means.violations} <= {"7"}


@pytest.mark.parametrize(("lower", "upper", "cp", "cpk"), [
    (73.95, 74.05, 1.703, 1.663), (73.99, 74.01, 0.3407, 0.3006), (73.99, 74.1, 1.8736, 0.3807)])
def test_capability_of_the_piston_rings(lower, upper, cp, cpk):
    """REC-4: Cp and Cpk as the R package qcc prints them."""
    found = charts.capability(PISTON_RINGS, lower, upper)
    assert (found.cp, found.cpk) == pytest.approx((cp, cpk), rel=5e-4)
    assert found.count == 125


def test_capability_of_one_side():
    """REC-4: CPL and CPU of the same print; Cp needs both sides. Outside are counted the values themselves."""
    low, high = charts.capability(PISTON_RINGS, lower=73.99), charts.capability(PISTON_RINGS, upper=74.01)
    assert (low.cp, low.pp, high.cp, high.pp) == (None,) * 4
    assert (low.cpk, high.cpk) == pytest.approx((0.3807, 0.3006), rel=5e-4)
    # qcc observed 12 % of 125 below 73.99 and 16 % above 74.01.
    assert (low.outside, high.outside) == (15, 20)


def test_performance_is_of_all_values():
    """REC-4: Ppk takes the standard deviation of all values: a drift between subgroups costs Ppk, not Cpk."""
    drift = [[level + step for step in (-1, 0, 1)] for level in (0, 10, 20, 30)]
    found = charts.capability(drift, -20, 50)
    assert found.sigma_overall > 5 * found.sigma_within
    assert found.ppk < 1 < found.cpk
    flat = charts.capability([-1, 0, 1, 0, -1, 0, 1], -3, 3)
    assert flat.sigma_within == pytest.approx(1 / constants.factors(2).d2)


def test_capability_without_spread_has_no_index():
    """REC-4: all values equal: nothing is divided by zero."""
    found = charts.capability([[5, 5], [5, 5]], 4, 6)
    assert (found.cp, found.cpk, found.pp, found.ppk, found.outside) == (None, None, None, None, 0)


@pytest.mark.parametrize(("lower", "upper", "error"), [
    (None, None, "NoTolerance"), (6, 4, "InvalidParameter"), (4, 4, "InvalidParameter"), ("4", 6, "InvalidParameter"),
    (nan, 6, "InvalidParameter"), (4, inf, "InvalidParameter")])
def test_capability_needs_a_tolerance(lower, upper, error):
    """REC-4: bad input is typed."""
    with pytest.raises(getattr(errors, error)):
        charts.capability([[5, 6], [5, 4]], lower, upper)


@pytest.mark.parametrize(("call", "data", "error"), [
    ("xbar_r", [], "TooFewPoints"), ("xbar_r", [[1, 2]], "TooFewPoints"), ("xbar_r", [[1], [2]], "InvalidParameter"),
    ("xbar_r", [[1, 2], [1, 2, 3]], "UnevenSubgroups"), ("xbar_r", [[1, 2], [1, nan]], "InvalidParameter"),
    ("xbar_r", [[1, 2], [1, None]], "InvalidParameter"), ("xbar_r", [[0] * 26] * 2, "InvalidParameter"),
    ("individuals", [1, 2], "TooFewPoints"), ("individuals", [1, 2, "3"], "InvalidParameter"),
    ("p_chart", [(0, 5)], "TooFewPoints"), ("p_chart", [(0, 5), (6, 5)], "InvalidCount"),
    ("p_chart", [(0, 5), (-1, 5)], "InvalidCount"), ("p_chart", [(0, 5), (0, 0)], "InvalidParameter"),
    ("p_chart", [(0, 5), (0.5, 5)], "InvalidCount"), ("histogram", [], "TooFewPoints"),
    ("histogram", [True], "InvalidParameter")])
def test_bad_input_is_typed(call, data, error):
    """REC-4: every refusal has a class, a code and its data."""
    with pytest.raises(getattr(errors, error)) as refused:
        getattr(charts, call)(data)
    assert refused.value.code in str(refused.value)


def test_no_spread_at_all_and_one_that_leaves_it():
    """REC-4: equal values have limits on the line; a subgroup that leaves the line is beyond them."""
    assert not [item for item in charts.xbar_r([[5, 5]] * 6).means.violations if item.rule != "7"]
    chart = charts.xbar_r([[5, 5]] * 6 + [[6, 6]])
    assert [item.index for item in chart.means.violations if item.rule == "1"] == list(range(7))


def test_histogram_counts_every_value_once():
    """REC-4: classes are equal, borders belong to the upper class, Sturges' number of classes by default."""
    values = [value for group in PISTON_RINGS for value in group]
    classes = charts.histogram(values)
    assert len(classes) == 8
    assert sum(count for _low, _high, count in classes) == 125
    assert (classes[0][0], classes[-1][1]) == (min(values), pytest.approx(max(values)))
    assert charts.histogram([0, 1, 2, 3, 4], 4) == [(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 4, 2)]
    assert charts.histogram([7.0, 7.0]) == [(7, 7, 2)]
    with pytest.raises(errors.InvalidParameter):
        charts.histogram([1, 2], 31)
