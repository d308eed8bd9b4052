#!/usr/bin/env bash
# outlier_utils 0.0.5 (PyPI), numpy 2.2.6, pandas 2.3.3: Grubbs' test of eight readings of one torque wrench. The test divides by
# what the container calls its standard deviation: that of a sample in a pandas Series (G = 2.017, below the 2.032 of GB/T 4883 for
# n = 8 and 5 %: no outlier), that of a population in a list or an array (2.157: the highest reading is struck out). And without an
# alpha it takes 0.95 for the level of significance: four of the eight are outliers.
# Seen: list, 5 %: [10.06]; Series, 5 %: []; nothing told: [10.06, 9.98, 9.99, 10.0]
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install outlier_utils==0.0.5 numpy==2.2.6 pandas==2.3.3
seen=$("$place/venv/bin/python" - <<'P'
from outliers import smirnov_grubbs
from pandas import Series
readings = [10.01, 10.02, 9.99, 10.00, 10.01, 9.98, 10.02, 10.06]
def found(values):
    return [float(value) for value in values]
print(f"list, 5 %: {found(smirnov_grubbs.max_test_outliers(readings, alpha=0.05))}; "
      f"Series, 5 %: {found(smirnov_grubbs.max_test_outliers(Series(readings), alpha=0.05))}; "
      f"nothing told: {found(smirnov_grubbs.two_sided_test_outliers(readings))}")
P
)
echo "$seen"
[ "$seen" = "list, 5 %: [10.06]; Series, 5 %: []; nothing told: [10.06, 9.98, 9.99, 10.0]" ]
