#!/usr/bin/env bash
# qualistics 0.1.0 (PyPI), gauge_rr(): the instrument's own variance is shared out over all readings less one, not over the
# degrees of freedom that the cells leave. With two trials, as most plants measure, it comes out at about half (with three, at
# two thirds), so a gauge looks better than it is, and its distinct categories are more. Ten parts, two operators who agree,
# two readings 0.2 apart in each cell: 0.02 by definition (mean square of the repetitions in the analysis of variance).
# Seen: repeatability 0.0103, by definition 0.0200
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install pandas==2.3.3 numpy==2.4.6
"$place/venv/bin/pip" --quiet install --no-deps qualistics==0.1.0
seen=$("$place/venv/bin/python" -W ignore - <<'P'
import statistics
import pandas
from qualistics.gauge import gauge_rr
readings = [(part, operator, part + step) for part in range(10) for operator in "AB" for step in (-0.1, 0.1)]
table = pandas.DataFrame(readings, columns=["Part", "Operator", "Measurement"])
table["Randomised Order"] = range(len(table))
shown = gauge_rr(table)
row = shown[shown["Source"].str.contains("Repeatability")].iloc[0]
print(f"repeatability {row['Variance']}, by definition {statistics.variance([-0.1, 0.1]):.4f}")
P
)
echo "$seen"
[ "$seen" = "repeatability 0.0103, by definition 0.0200" ]
