#!/usr/bin/env bash
# business-duration 0.68 (PyPI), businessDuration(unit="day"): with working hours given, a day is 24 working hours. Three full
# days from 8 to 17 o'clock are 1.125 days; the same three days without working hours are 3.0. Nothing in the answer says so,
# and a promise of three working days looks kept until the eighth.
# Seen: 1.125 3.0 27.0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --quiet install pandas==2.3.3 numpy==2.4.6
"$place/venv/bin/pip" --quiet install --no-deps business-duration==0.68
seen=$("$place/venv/bin/python" -W ignore - <<'P'
from datetime import time
from business_duration import businessDuration
from pandas import Timestamp
opened = {"starttime": time(8), "endtime": time(17)}
first, last = Timestamp("2026-11-30 08:00"), Timestamp("2026-12-02 17:00")
print(businessDuration(first, last, unit="day", **opened),
      businessDuration(Timestamp("2026-11-30"), Timestamp("2026-12-03"), unit="day"),
      businessDuration(first, last, unit="hour", **opened))
P
)
echo "$seen"
[ "$seen" = "1.125 3.0 27.0" ]
