#!/usr/bin/env bash
# python-controlchart 0.2.0, nelsoncheck 0.4, shewhart 0.1.1 (PyPI): Nelson's eight rules on a chart with centre 10.0 and limits 9.4 and
# 10.6. The first library has them all by name and checks two: a trend of seven and two of three beyond two sigma are in order; a
# first reading of 10.7 is so, too, as each rule begins one point late. Readings that go up and down by way of the centre are "nine on
# one side". To the second seven equal readings, as a gauge of full microns gives them, are a trend. No error, no rule left out aloud.
# Seen: controlchart: trend -, 2 of 3 -, first point -, about the centre 2, equal -; nelsoncheck: trend 3, 2 of 3 5, first point 1, about the centre -, equal 3; shewhart: trend 3, 2 of 3 5, first point 1, about the centre -, equal -
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip --quiet install python-controlchart==0.2.0 nelsoncheck==0.4 shewhart==0.1.1
seen=$(venv/bin/python - <<'P'
import controlchart
import pandas
import shewhart
from NelsonCheck.NelsonCheck import NelsonCheck
CENTRE, LOW, HIGH = 10.0, 9.4, 10.6
STATS = {"i_center": CENTRE, "sigma_within": 0.2, "mr_center": 0.2 * 1.128}
READINGS = {
    "trend": [9.9, 9.75, 9.8, 9.85, 9.9, 10.0, 10.1, 10.15, 9.9, 10.1],
    "2 of 3": [9.9, 10.1, 9.9, 10.5, 10.1, 10.5, 9.9, 10.1],
    "first point": [10.7, 9.9, 10.1, 9.9, 10.1, 9.9, 10.1, 9.9],
    "about the centre": [10.2, 10.0, 9.8, 10.0, 10.2, 10.0, 9.8, 10.0, 10.2, 10.0, 9.8],
    "equal": [10.1, 9.9, 9.85, 9.85, 9.85, 9.85, 9.85, 9.85, 9.85, 10.1],
}
NAMES = {name: str(number) for number, name in enumerate(controlchart.RULES_NELSON, 1)}
def by_controlchart(values):
    chart = controlchart.Spc(
        values, controlchart.CHART_X_MR_X, rules=controlchart.RULES_NELSON, stats_custom=(CENTRE, LOW, HIGH))
    return {NAMES[name] for name in chart.get_violating_points()}
def by_nelsoncheck(values):
    return {str(found.rule.num) for found in NelsonCheck(values, CL=CENTRE, LCL=LOW, UCL=HIGH).violations}
def by_shewhart(values):
    limits = shewhart.Baseline(chart="imr", stats=STATS, n=30, created_at="2026-11-30", version=shewhart.__version__)
    signals = shewhart.imr(values, rules="nelson", limits=limits).signals
    return {signal.rule.removeprefix("nelson_") for signal in signals if signal.rule.startswith("nelson_")}
told = [f"{name}: " + ", ".join(f"{what} {' '.join(sorted(check(values))) or '-'}" for what, values in READINGS.items())
        for name, check in (("controlchart", by_controlchart), ("nelsoncheck", by_nelsoncheck), ("shewhart", by_shewhart))]
print("; ".join(told))
P
)
echo "$seen"
[ "$seen" = "controlchart: trend -, 2 of 3 -, first point -, about the centre 2, equal -; nelsoncheck: trend 3, 2 of 3 5, first point 1, about the centre -, equal 3; shewhart: trend 3, 2 of 3 5, first point 1, about the centre -, equal -" ]
