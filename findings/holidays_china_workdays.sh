#!/usr/bin/env bash
# holidays 0.108 (PyPI), China(years=2027): 19 holidays although no notice names any day of 2027, none marked as an
# estimate, no make-up day; `weekend_workdays` of 2026 holds six days of other years among its twelve.
# Seen: 19 0 6 12
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install holidays==0.108
seen=$("$place/venv/bin/python" -c '
import holidays
china = holidays.China(years=2027)
work = holidays.China(years=2026).weekend_workdays
print(len(china), sum("estimated" in name.lower() for name in china.values()),
      sum(day.year != 2026 for day in work), len(work))')
echo "$seen"
[ "$seen" = "19 0 6 12" ]
